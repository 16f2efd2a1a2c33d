import { useQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { useId } from "react"
import { useMe } from "@/features/accounts/me"
import type { QueueCard } from "@/lib/api/types"
import { Badge, Card, EmptyState, ErrorState, PriorityBadge, RelativeTime, Skeleton, TicketBadge } from "@/ui"
import { isUrgent } from "./board"
import { ClientWaitingBadge, WhomLine } from "./caseBadges"
import { isWaiting, queueQuery } from "./queue"

const SHOWN = 5

/** The dashboard's look at the queue: who waits longest, what is urgent first. */
export function WaitingList() {
  const { user } = useMe()
  const title = useId()
  const { data, error, refetch, isFetching } = useQuery(queueQuery)
  const waiting = data?.items.filter(isWaiting).toSorted((a, b) => Number(isUrgent(b)) - Number(isUrgent(a)))
  return (
    <Card as="section" aria-labelledby={title} className="min-w-0 !p-0">
      <div className="flex items-center justify-between border-b px-4 py-2.5">
        <h2 id={title} className="font-medium">
          Waiting for a senior
        </h2>
        <Link to="/escalations" className="rounded-small text-small text-accent underline underline-offset-2">
          {waiting && waiting.length > SHOWN ? `All ${waiting.length}` : "Open the queue"}
        </Link>
      </div>
      {waiting === undefined ? (
        error ? (
          <ErrorState error={error} retry={() => void refetch()} retrying={isFetching} />
        ) : (
          <Skeleton what="Loading the queue" className="p-4" />
        )
      ) : waiting.length === 0 ? (
        <EmptyState icon="check" title="Nobody is waiting">
          New escalations appear here by themselves.
        </EmptyState>
      ) : (
        <ul className="divide-y">
          {waiting.slice(0, SHOWN).map((card) => (
            <WaitingRow key={card.session_id} card={card} isMine={card.escalated_by.id === user.id} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function WaitingRow({ card, isMine }: { card: QueueCard; isMine: boolean }) {
  return (
    <li className="relative grid grid-cols-[minmax(0,1fr)] gap-0.5 px-4 py-2.5 hover:bg-sunken">
      <div className="flex items-center gap-2 text-small text-ink-dim">
        <p className="min-w-0 grow truncate">
          <WhomLine {...card} />
        </p>
        <RelativeTime at={card.created_at} />
      </div>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Link
          to="/pilot/$sessionId"
          params={{ sessionId: card.session_id }}
          search={isMine ? {} : { pickup: true }}
          className="min-w-0 grow basis-64 truncate font-medium after:absolute after:inset-0"
        >
          {card.title}
        </Link>
        <PriorityBadge priority={card.priority} />
        <ClientWaitingBadge {...card} />
        {isMine && <Badge>Yours</Badge>}
        <TicketBadge ticket={card.psa_ticket_id} />
      </div>
    </li>
  )
}
