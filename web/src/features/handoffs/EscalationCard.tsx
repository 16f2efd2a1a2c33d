import { Link } from "@tanstack/react-router"
import { memo } from "react"
import { Badge, cx, Kbd, PriorityBadge, RelativeTime, TicketBadge } from "@/ui"
import { departureWords, type Row } from "./board"
import { ClientWaitingBadge, ReopenedBadge, TargetBadge, WhomLine } from "./caseBadges"
import { WithdrawButton } from "./WithdrawButton"

type Props = { row: Row; myId: string }

/** A waiting case. The whole card opens it; opening claims nothing. Off screen it costs no layout: hundreds may wait. */
export const EscalationCard = memo(
  function EscalationCard({ row, myId }: Props) {
    const { key, card, leaving, arrived } = row
    const isMine = card.escalated_by.id === myId
    return (
      <li
        data-key={key}
        className={cx(
          "group relative rounded border bg-surface px-4 py-3 [contain-intrinsic-size:auto_104px] [content-visibility:auto]",
          "outline-accent has-[[data-open]:focus-visible]:outline-2 has-[[data-open]:focus-visible]:-outline-offset-2",
          arrived && !leaving && "animate-arrive border-accent/40",
          leaving ? "animate-[appear_500ms_ease-in_2s_reverse_forwards] bg-sunken" : "hover:border-line-strong",
        )}
      >
        <div className="grid gap-1">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-ink-dim">
            <PriorityBadge priority={card.priority} />
            <ClientWaitingBadge {...card} />
            <p className="min-w-0 grow basis-48 truncate">
              <WhomLine {...card} />
            </p>
            <RelativeTime at={card.created_at} className="shrink-0 text-small text-ink-dim tabular-nums" />
          </div>
          <h3 className="text-heading font-semibold [overflow-wrap:anywhere]">
            {leaving ? (
              card.title
            ) : (
              <Link
                to="/pilot/$sessionId"
                params={{ sessionId: card.session_id }}
                search={isMine ? {} : { pickup: true }}
                data-open=""
                className="outline-none after:absolute after:inset-0 after:rounded"
              >
                {card.title}
              </Link>
            )}
          </h3>
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-ink-dim">
            <p className={cx("min-w-0 grow basis-64 [overflow-wrap:anywhere] max-sm:basis-full", leaving && "font-medium text-ink")}>
              {leaving ? (
                departureWords(leaving)
              ) : (
                <>
                  {isMine ? "You need" : `${card.escalated_by.name} needs`}: <span className="text-ink">{card.ask ?? "not said"}</span>
                </>
              )}
            </p>
            <ReopenedBadge card={card} />
            <TargetBadge card={card} myId={myId} />
            <TicketBadge ticket={card.psa_ticket_id} />
            <span className="min-w-0 text-small [overflow-wrap:anywhere]">
              {card.tried_count} tried{card.likely_cause !== null && ` · likely ${card.likely_cause} (${card.confidence ?? "low"})`}
            </span>
            {card.question_pending && <Badge icon="question">Asked back</Badge>}
            {isMine && !leaving && (
              <span className="relative z-10 flex items-center gap-2">
                <Badge>Yours</Badge>
                {card.handoff_id !== null && <WithdrawButton sessionId={card.session_id} handoffId={card.handoff_id} />}
              </span>
            )}
            {!isMine && !leaving && (
              <span aria-hidden="true" className="inline-flex items-center gap-1.5 text-small font-medium text-accent">
                <Kbd keys="Enter" className="invisible group-has-[[data-open]:focus-visible]:visible pointer-coarse:hidden" /> Open
              </span>
            )}
          </div>
        </div>
      </li>
    )
  },
  (before, after) => before.myId === after.myId && before.row.card === after.row.card && before.row.leaving === after.row.leaving && before.row.arrived === after.row.arrived,
)
