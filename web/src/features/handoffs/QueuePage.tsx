import type { ReactNode } from "react"
import { PageHeader } from "@/ui"

export function QueuePage({ metric }: { metric: ReactNode }) {
  return (
    <>
      <PageHeader title="Escalations" />
      {metric}
    </>
  )
}
