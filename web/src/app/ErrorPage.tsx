import { useRouter, type ErrorComponentProps } from "@tanstack/react-router"
import { useState } from "react"
import { Problem } from "@/lib/api/problem"
import { ErrorState, later, PageHeader } from "@/ui"

const NotFoundPage = later(() => import("./NotFoundPage").then((module) => module.NotFoundPage))

/** What a page shows when it cannot be shown. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const [retrying, setRetrying] = useState(false)
  if (error instanceof Problem && error.status === 404) return <NotFoundPage />
  const retry = async () => {
    if (!(error instanceof Problem)) {
      // A new version may have replaced the files this page was made of.
      location.reload()
      return
    }
    setRetrying(true)
    await router.invalidate()
    setRetrying(false)
    reset()
  }
  return (
    <>
      <PageHeader title="Something failed" />
      <ErrorState title="This page could not be shown" error={error} retry={() => void retry()} retrying={retrying} />
    </>
  )
}
