import { PageHeader } from "@/ui"

export function PilotPage({ sessionId }: { sessionId: string; pickup: boolean }) {
  return <PageHeader title={sessionId} />
}
