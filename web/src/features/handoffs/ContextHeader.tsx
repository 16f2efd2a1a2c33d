import { kindName } from "@/features/sessions/kinds"
import { Badge, PriorityBadge, RelativeTime, TicketBadge, Icon } from "@/ui"
import type { Case } from "./case"
import { ClientWaitingBadge, ReopenedBadge, TargetBadge } from "./caseBadges"

const AFFECTED = { one: null, several: "Several people affected", site: "A whole site affected" } as const

/** Client, contact (the phone is a tap away), device, and whether somebody waits on the line. */
export function Whom({ theCase: { problem } }: { theCase: Case }) {
  const { client_name: client, contact, device, affects } = problem
  return (
    <div className="flex min-w-0 grow flex-wrap items-center gap-x-3 gap-y-1 text-ink-dim">
      <span className="text-heading font-semibold text-ink">{client ?? "Client not named"}</span>
      {contact?.name && <span>{contact.name}</span>}
      {contact?.phone && (
        <a href={`tel:${contact.phone.replace(/[^+\d]/g, "")}`} className="inline-flex items-center gap-1 rounded-small text-accent underline underline-offset-2 pointer-coarse:min-h-10">
          <Icon name="phone" />
          {contact.phone}
        </a>
      )}
      {contact?.email && (
        <a href={`mailto:${contact.email}`} className="rounded-small text-accent underline underline-offset-2">
          {contact.email}
        </a>
      )}
      <ClientWaitingBadge {...problem} />
      {device && (
        <span className="inline-flex items-center gap-1">
          <Icon name="device" />
          <span className="font-mono text-[13px]">{device}</span>
        </span>
      )}
      {affects && AFFECTED[affects] && (
        <Badge tone="amber" icon="people">
          {AFFECTED[affects]}
        </Badge>
      )}
    </div>
  )
}

/** What is needed, in the words of whoever needs it. */
export function Ask({ theCase: { by, problem, intent }, myId }: { theCase: Case; myId: string }) {
  const who = by.id === myId ? "You" : by.name
  if (problem.ask === null) return intent === "park" ? <p className="text-ink-dim">Parked by {who}.</p> : null
  return (
    <p className="w-fit max-w-full rounded border border-accent/30 bg-accent-dim px-3 py-1.5 text-heading [overflow-wrap:anywhere]">
      <span className="text-ink-dim">{intent === "handover" ? `${who} handed it over` : who === "You" ? "You need" : `${who} needs`}: </span>
      <span className="font-medium">{problem.ask}</span>
    </p>
  )
}

export function CaseMeta({ theCase, myId, news }: { theCase: Case; myId: string; news: number }) {
  const { problem, stepCount, tried, at } = theCase
  return (
    <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-small text-ink-dim">
      <PriorityBadge priority={problem.priority} />
      <TargetBadge card={theCase} myId={myId} />
      <ReopenedBadge card={theCase} />
      <TicketBadge ticket={problem.ticket_id} />
      {problem.domain && <Badge>{kindName(problem.domain)}</Badge>}
      <span>{tried.length === 0 ? "Nothing tried yet" : `${tried.length} tried`}</span>
      {stepCount > 0 && <span>{stepCount === 1 ? "1 step" : `${stepCount} steps`}</span>}
      <span>
        sent <RelativeTime at={at} ago />
      </span>
      {news > 0 && (
        <a href="#since-then" className="rounded-small text-accent underline underline-offset-2">
          {news} new since then
        </a>
      )}
    </p>
  )
}
