import { Link } from "@tanstack/react-router"
import { isEngineer, useMe } from "@/features/accounts/me"
import { useTitle } from "@/lib/title"
import { EmptyState, PageHeader, RelativeTime } from "@/ui"
import { settledWords, type Settled } from "./pickup"

const LINK = "inline-flex h-8 items-center rounded border px-3 font-medium hover:bg-sunken pointer-coarse:h-10"

/** A link to an escalation that was dealt with before it was opened: what became of it, and the way on. */
export function NotWaiting({ sessionId, settled, mayRead }: { sessionId: string; settled: Settled; mayRead: boolean }) {
  const { user } = useMe()
  useTitle("Not waiting any more")
  return (
    <>
      <PageHeader title="Escalation" />
      <EmptyState
        icon={settled.how === "resolved" || settled.how === "returned" ? "check" : "people"}
        title={`${settledWords(settled, user.id)}.`}
        action={
          <span className="flex flex-wrap justify-center gap-2">
            {mayRead && (
              <Link to="/pilot/$sessionId" params={{ sessionId }} search={{}} className={LINK}>
                Open the session
              </Link>
            )}
            <Link to={isEngineer(user) ? "/escalations" : "/"} className={LINK}>
              {isEngineer(user) ? "Back to the queue" : "Dashboard"}
            </Link>
          </span>
        }
      >
        {settled.at !== null && (
          <p>
            That was <RelativeTime at={settled.at} ago />.
          </p>
        )}
        {!mayRead && <p>{settled.how === null ? "It was picked up, withdrawn or handed back, or the link is wrong." : "While a colleague works on a session it is theirs to read."} Once it is resolved, every engineer can read it.</p>}
      </EmptyState>
    </>
  )
}
