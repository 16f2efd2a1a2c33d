import { Link } from "@tanstack/react-router"
import { useTitle } from "@/lib/title"
import { EmptyState, PageHeader } from "@/ui"

/** Also for what one may not read: the server tells no difference, so this says both. */
export function NotFoundPage() {
  useTitle("Not found")
  return (
    <>
      <PageHeader title="Not found" />
      <EmptyState icon="search" title="There is nothing here">
      <p>
        The page does not exist, or it is not shared with you. A session that was escalated can be read by everybody in the account while it waits, and by engineers once it is
        resolved.
      </p>
      <p className="mt-4 flex justify-center gap-4">
        <Link to="/" className="text-accent underline underline-offset-2">
          Dashboard
        </Link>
        <Link to="/escalations" className="text-accent underline underline-offset-2">
          Escalations
        </Link>
      </p>
      </EmptyState>
    </>
  )
}
