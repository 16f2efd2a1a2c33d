import type { Handoff } from "@/lib/api/types"
import type { Departure, LiveQueue } from "./queue"

/** Why a case does not wait (any more); `how` is null where that is not told to this person. */
export type Settled = { how: Departure["how"] | "parked" | "handed_over" | null; by: { id: string | null; name: string } | null; at: string | null }

/** Whether the session's latest escalation can still be started, as far as its handoffs and the queue say. */
export function settledOf(latest: Handoff | null, sessionId: string, queue: LiveQueue | undefined): Settled | null {
  const card = queue?.items.find((each) => each.session_id === sessionId)
  if (card?.status === "open" && (latest === null || card.handoff_id === null || card.handoff_id === latest.id)) return null
  if (card?.claimed_by) return { how: "claimed", by: card.claimed_by, at: card.claimed_at }
  const departure = queue?.departures.findLast((each) => each.card.session_id === sessionId && (latest === null || (each.card.handoff_id ?? latest.id) === latest.id))
  if (departure) return { how: departure.how, by: departure.by, at: null }
  if (latest === null) return { how: null, by: null, at: null }
  return endOf(latest)
}

function endOf(handoff: Handoff): Settled | null {
  const by = handoff.claimed_by_name === null ? null : { id: handoff.claimed_by, name: handoff.claimed_by_name }
  const sender = { id: handoff.handed_off_by, name: handoff.handed_off_by_name }
  if (handoff.intent !== "escalate") return { how: handoff.intent === "park" ? "parked" : "handed_over", by: sender, at: handoff.created_at }
  switch (handoff.status) {
    case "open":
      return null
    case "claimed":
      return { how: "claimed", by, at: handoff.claimed_at }
    case "withdrawn":
      return { how: "withdrawn", by: sender, at: handoff.withdrawn_at }
    case "returned":
      return { how: "returned", by, at: handoff.ended_at }
    case "closed":
      return { how: "closed", by, at: handoff.ended_at }
  }
}

/** One sentence for whoever wanted to start. */
export function settledWords({ how, by }: Settled, myId: string): string {
  const who = by === null ? "Somebody" : by.id === myId ? "You" : by.name
  switch (how) {
    case "claimed":
      return `${who} picked it up`
    case "withdrawn":
      return `${who} took it back`
    case "returned":
      return `${who} advised and handed it back`
    case "resolved":
      return `${who} solved it`
    case "parked":
      return `${who} parked it`
    case "handed_over":
      return `${who} handed it over`
    case "closed":
    case null:
      return "This case is not waiting any more"
  }
}
