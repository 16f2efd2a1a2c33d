import { useInfiniteQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { isEngineer, useMe } from "@/features/accounts/me"
import type { SessionSummary } from "@/lib/api/types"
import { Card, EmptyState, ErrorState, PriorityBadge, RelativeTime, Skeleton, StatusBadge, TicketBadge } from "@/ui"
import { sessionListQuery } from "./queries"

const SHOWN = 8

/** The dashboard's list: what is not resolved stands first. Viewers own nothing and see what they may read. */
export function YourSessions() {
  const { user } = useMe()
  const works = isEngineer(user)
  const list = useInfiniteQuery(sessionListQuery(works ? "mine" : "account"))
  const sessions = list.data?.pages[0]?.items
  return (
    <Card as="section" aria-labelledby="your-sessions" className="min-w-0 overflow-clip p-0">
      <h2 id="your-sessions" className="border-b px-4 py-2.5 font-medium">
        {works ? "Your sessions" : "Sessions you can read"}
      </h2>
      {sessions === undefined ? (
        list.isError ? (
          <ErrorState error={list.error} retry={() => void list.refetch()} retrying={list.isFetching} />
        ) : (
          <Skeleton what="Reading the sessions" lines={5} className="p-4" />
        )
      ) : sessions.length === 0 ? (
        <EmptyState title="Nothing here yet">{works ? "Type above what is wrong, and press Enter. What you find out is kept here." : "A session stands here while it waits for a senior."}</EmptyState>
      ) : (
        <ul className="divide-y">
          {openFirst(sessions)
            .slice(0, SHOWN)
            .map((session) => (
              <Item key={session.id} session={session} />
            ))}
        </ul>
      )}
    </Card>
  )
}

function Item({ session }: { session: SessionSummary }) {
  return (
    <li>
      <Link to="/pilot/$sessionId" params={{ sessionId: session.id }} className="grid grid-cols-[minmax(0,1fr)] gap-1 px-4 py-2.5 hover:bg-sunken">
        <span className="flex items-start gap-2">
          <span className="min-w-0 grow truncate">
            {session.client_name !== null && <span className="text-ink-dim">{session.client_name} · </span>}
            <span className="font-medium">{session.title}</span>
          </span>
          <StatusBadge status={session.status} />
        </span>
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-small text-ink-faint">
          <TicketBadge ticket={session.psa_ticket_id} />
          <PriorityBadge priority={session.priority} />
          <span>{session.tried_count === 1 ? "1 thing tried" : `${session.tried_count} things tried`}</span>
          <RelativeTime at={session.updated_at} ago />
        </span>
      </Link>
    </li>
  )
}

/** Resolved ones go last; else the order stays. */
const openFirst = (sessions: readonly SessionSummary[]): SessionSummary[] => [...sessions].sort((a, b) => Number(a.status === "resolved") - Number(b.status === "resolved"))
