import { useInfiniteQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { sentenceOf } from "@/lib/api/problem"
import type { SessionSummary } from "@/lib/api/types"
import { Badge, Button, Icon, Skeleton, TicketBadge, type IconName } from "@/ui"
import { sessionListQuery } from "./queries"

/** What one owns and what one holds, newest activity first, for the sidebar. */
export function SessionList() {
  const list = useInfiniteQuery(sessionListQuery("mine"))
  const sessions = list.data?.pages.flatMap((page) => page.items)
  return (
    <section>
      <h2 id="session-list" className="px-2 pb-1 text-small font-medium text-ink-faint">
        Your sessions
      </h2>
      {sessions === undefined ? (
        list.isError ? (
          <div className="grid justify-items-start gap-1 px-2 text-small text-ink-dim">
            {sentenceOf(list.error)}
            <Button size="small" pending={list.isFetching} onClick={() => void list.refetch()}>
              Try again
            </Button>
          </div>
        ) : (
          <Skeleton what="Reading your sessions" lines={4} className="px-2" />
        )
      ) : sessions.length === 0 ? (
        <p className="px-2 text-small text-ink-faint">What you work on stands here.</p>
      ) : (
        <ul className="grid gap-0.5">
          {sessions.map((session) => (
            <Item key={session.id} session={session} />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button size="small" variant="quiet" className="mt-1 w-full" pending={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          Older ones
        </Button>
      )}
    </section>
  )
}

function Item({ session }: { session: SessionSummary }) {
  const summary = [session.client_name, session.problem_summary].filter(Boolean).join(" · ")
  return (
    <li>
      <Link
        to="/pilot/$sessionId"
        params={{ sessionId: session.id }}
        className="grid grid-cols-[minmax(0,1fr)] gap-0.5 rounded px-2 py-1.5 hover:bg-sunken pointer-coarse:py-2.5"
        activeProps={{ className: "bg-accent-dim" }}
      >
        <span className="truncate font-medium">{session.title}</span>
        {summary !== "" && <span className="truncate text-small text-ink-dim">{summary}</span>}
        <Signs session={session} />
      </Link>
    </li>
  )
}

const QUIET: Partial<Record<SessionSummary["status"], { icon: IconName; word: string }>> = {
  parked: { icon: "clock", word: "Parked" },
  resolved: { icon: "check", word: "Resolved" },
}

function Signs({ session: { status, psa_ticket_id: ticket } }: { session: SessionSummary }) {
  const inTransit = status === "escalated" || status === "requesting_escalation"
  const quiet = QUIET[status]
  if (!ticket && !inTransit && !quiet) return null
  return (
    <span className="flex items-center gap-1.5 text-small text-ink-faint">
      <TicketBadge ticket={ticket} />
      {inTransit && (
        <Badge tone="amber" icon="escalate">
          Escalated
        </Badge>
      )}
      {quiet && (
        <span className="inline-flex items-center gap-1">
          <Icon name={quiet.icon} className="size-3" /> {quiet.word}
        </span>
      )}
    </span>
  )
}
