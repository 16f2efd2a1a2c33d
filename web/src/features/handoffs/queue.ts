import { queryOptions } from "@tanstack/react-query"
import { api, read } from "@/lib/api/client"
import type { Queue, QueueCard } from "@/lib/api/types"
import { caughtUp } from "@/lib/live/client"
import type { LoggedEvent } from "@/lib/live/events"

/** How a card stopped waiting, while this page looked: so that screens can say who took it. */
export type Departure = { eventId: number; card: QueueCard; how: "claimed" | "withdrawn" | "returned" | "closed" | "resolved"; by: { id: string; name: string } }

export type LiveQueue = Queue & { departures: readonly Departure[] }

const DEPARTURES_KEPT = 50

const queueKey = ["queue"] as const

export const queueQuery = queryOptions({
  queryKey: queueKey,
  queryFn: ({ signal, client }) =>
    caughtUp(async () => fresh(await read(api.GET("/api/v1/ai-sessions/escalations", { signal })), client.getQueryData<LiveQueue>(queueKey)?.departures), applyEvent),
})

export const fresh = (queue: Queue, departures: readonly Departure[] = []): LiveQueue => ({ ...queue, departures })

/** The queue after one more event of the log; events that it contains already change nothing. */
export function applyEvent(queue: LiveQueue, event: LoggedEvent): LiveQueue {
  if (event.event_id <= queue.last_event_id) return queue
  return { ...changed(queue, event), last_event_id: event.event_id }
}

function changed(queue: LiveQueue, event: LoggedEvent): LiveQueue {
  switch (event.type) {
    case "handoff_created":
    case "handoff_reopened":
    case "handoff_updated":
      return { ...queue, items: withCard(queue.items, event.card) }
    case "handoff_claimed": {
      const card = cardOf(queue, event)
      if (!card) return queue
      const { handoff_id, claimed_by, claimed_at } = event
      const claimed: QueueCard = { ...card, handoff_id, claimed_by, claimed_at, status: "claimed" }
      return { ...queue, items: withCard(queue.items, claimed), departures: departed(queue, { eventId: event.event_id, card, how: "claimed", by: claimed_by }) }
    }
    case "handoff_question":
    case "handoff_answer": {
      const card = cardOf(queue, event)
      return card ? { ...queue, items: withCard(queue.items, { ...card, question_pending: event.question_pending }) } : queue
    }
    case "handoff_withdrawn":
    case "handoff_returned":
    case "handoff_closed": {
      const card = cardOf(queue, event)
      if (!card) return queue
      const departure: Departure = { eventId: event.event_id, card, how: event.resolved ? "resolved" : ENDINGS[event.type], by: event.by }
      return { ...queue, items: queue.items.filter((each) => each !== card), departures: departed(queue, departure) }
    }
    case "handoff_assessment_ready": // the card that shows it comes with `handoff_updated`
    default:
      // A newer server may know more; what it says is in the next card.
      return queue
  }
}

const ENDINGS = { handoff_withdrawn: "withdrawn", handoff_returned: "returned", handoff_closed: "closed" } as const

/** A card whose session has been handed on by another handoff since is not meant. Legacy cards have no handoff yet. */
const cardOf = (queue: LiveQueue, about: { session_id: string; handoff_id: string }): QueueCard | undefined =>
  queue.items.find((card) => card.session_id === about.session_id && (card.handoff_id === null || card.handoff_id === about.handoff_id))

/** Replaced in place, or put where its age belongs: the list stays oldest first. */
function withCard(items: readonly QueueCard[], card: QueueCard): QueueCard[] {
  const others = items.filter((each) => each.session_id !== card.session_id)
  const before = others.findIndex((each) => isOlder(card, each))
  return before === -1 ? [...others, card] : others.toSpliced(before, 0, card)
}

function isOlder(one: QueueCard, other: QueueCard): boolean {
  if (one.created_at === other.created_at) return one.session_id < other.session_id
  return Date.parse(one.created_at) < Date.parse(other.created_at)
}

const departed = (queue: LiveQueue, departure: Departure): readonly Departure[] => [...queue.departures, departure].slice(-DEPARTURES_KEPT)

export const isWaiting = (card: QueueCard): boolean => card.status === "open"

/** What one can pick up: one's own are withdrawn instead. */
export const waitsForMe = (card: QueueCard, myId: string): boolean => isWaiting(card) && card.escalated_by.id !== myId
