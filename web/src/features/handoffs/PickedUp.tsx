import { Link } from "@tanstack/react-router"
import type { QueueCard } from "@/lib/api/types"
import { Icon, RelativeTime, TicketBadge } from "@/ui"
import { WhomLine } from "./caseBadges"

/** What somebody works on already, folded: who, and since when. */
export function PickedUp({ cards, myId }: { cards: readonly QueueCard[]; myId: string }) {
  if (cards.length === 0) return null
  return (
    <details className="group">
      <summary className="flex w-fit items-center gap-2 rounded-small text-small font-medium text-ink-dim hover:text-ink">
        <Icon name="chevronRight" className="transition-transform duration-100 group-open:rotate-90" />
        Picked up <span className="tabular-nums">{cards.length}</span>
      </summary>
      <ul className="mt-2 divide-y rounded border bg-surface">
        {cards.map((card) => (
          <li key={card.session_id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
            <div className="min-w-0 grow basis-64">
              <p className="truncate font-medium">
                {card.claimed_by?.id === myId || card.owner.id === myId ? (
                  <Link to="/pilot/$sessionId" params={{ sessionId: card.session_id }} className="hover:underline">
                    {card.title}
                  </Link>
                ) : (
                  card.title
                )}
              </p>
              <p className="truncate text-small text-ink-dim">
                <WhomLine {...card} />
              </p>
            </div>
            <TicketBadge ticket={card.psa_ticket_id} />
            <span className="text-ink-dim">
              {card.claimed_by?.id === myId ? "You" : (card.claimed_by?.name ?? "Somebody")}
              {card.claimed_at !== null && (
                <>
                  {" · "}
                  <RelativeTime at={card.claimed_at} ago />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}
