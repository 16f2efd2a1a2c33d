import { useQuery } from "@tanstack/react-query"
import { Problem } from "@/lib/api/problem"
import { EmptyState, ErrorState, Skeleton } from "@/ui"
import { Dialog } from "@/ui/Dialog"
import { documentationQuery } from "./queries"
import { Written } from "./Written"

/** The latest documentation of a session. */
export function DocumentationDialog({ sessionId, onClose }: { sessionId: string; onClose: () => void }) {
  const { data, error, refetch, isFetching } = useQuery(documentationQuery(sessionId))
  return (
    <Dialog title="Documentation" size="wide" onClose={onClose}>
      {data ? (
        <Written documentation={data} />
      ) : error instanceof Problem && error.status === 404 ? (
        <EmptyState icon="menu" title="Nothing has been written yet">
          A note is written when a session is escalated or resolved.
        </EmptyState>
      ) : error ? (
        <ErrorState error={error} retry={() => void refetch()} retrying={isFetching} />
      ) : (
        <Skeleton what="Reading the documentation" lines={8} />
      )}
    </Dialog>
  )
}
