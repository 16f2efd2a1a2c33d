import { now } from "@/lib/clock"
import type { QueueCard, Snapshot } from "@/lib/api/types"
import { clockTime } from "@/lib/time"
import { Badge } from "@/ui"

type Waiting = Pick<Snapshot["problem"], "client_waiting" | "callback_by">

/** Whether somebody at the client waits right now; nothing where nobody does. */
export function ClientWaitingBadge({ client_waiting: waiting, callback_by: by }: Waiting) {
  if (waiting === "no") return null
  if (waiting === "on_phone")
    return (
      <Badge tone="red" icon="phone">
        On the phone
      </Badge>
    )
  return (
    <Badge tone="amber" icon="phone">
      {by === null ? "Waits for a call back" : `Call back by ${clockTime(by, now())}`}
    </Badge>
  )
}

/** `For Sam`, seen from whoever reads. */
export function TargetBadge({ card, myId }: { card: Pick<QueueCard, "target_user_id" | "target_user_name">; myId: string }) {
  if (card.target_user_id === null) return null
  return <Badge tone="accent">{card.target_user_id === myId ? "For you" : `For ${card.target_user_name ?? "a colleague"}`}</Badge>
}

const TIMES = ["", "Second", "Third", "Fourth", "Fifth"]

/** That it was picked up before, and by whom last. */
export function ReopenedBadge({ card }: { card: Pick<QueueCard, "reopened_count" | "last_claim"> }) {
  if (card.reopened_count === 0) return null
  const times = TIMES[card.reopened_count]
  return (
    <Badge tone="amber" icon="undo">
      {times === undefined ? `${card.reopened_count + 1} times` : `${times} time`} in the queue{card.last_claim && ` · ${card.last_claim.name} ${card.last_claim.went_quiet ? "went quiet" : "had it"}`}
    </Badge>
  )
}

/** `Northwind · Ana Lee · NW-LT-114`: whom it is about, the client first. */
export function WhomLine({ client_name: client, contact, device }: Pick<QueueCard, "client_name" | "contact" | "device">) {
  const rest = [contact?.name ?? contact?.phone, device].filter(Boolean)
  return (
    <>
      <span className="font-medium text-ink">{client ?? "Client not named"}</span>
      {rest.map((part) => (
        <span key={part}> · {part}</span>
      ))}
    </>
  )
}
