import type { QueueCard } from "@/lib/api/types"
import { isWaiting, type Departure, type LiveQueue } from "./queue"

/** What one screen makes of the queue: what arrived while somebody looks, what waits to be shown, what is just leaving. */
export type Board = {
  queue: LiveQueue
  /** By `keyOf` a waiting card. */
  places: ReadonlyMap<string, Place>
  leaving: readonly Leaving[]
  /** Somebody points at or works in the list: nothing may come in. */
  held: boolean
}

/** `arrivedAt` is null for what has settled among the waiting. */
type Place = { arrivedAt: number | null; hidden: boolean }
type Leaving = { departure: Departure; key: string; place: Place; until: number }

export type Row = { key: string; card: QueueCard; leaving: Departure | null; arrived: boolean }
export type Groups = { fresh: Row[]; waiting: Row[]; pickedUp: QueueCard[]; hidden: number }

export type Change = { now: number; myId: string } & (
  | { kind: "queue"; queue: LiveQueue }
  | { kind: "hold"; held: boolean }
  /** The person asked for what is hidden. */
  | { kind: "show" }
  | { kind: "sort in" }
  | { kind: "tick" }
)

export const SETTLES_MS = 5 * 60_000
export const LEAVES_MS = 2_500

/** A case that comes back to the queue arrives anew. */
export const keyOf = (card: QueueCard): string => `${card.session_id}/${card.handoff_id ?? ""}/${card.reopened_count}`

/** Everything that waited already when the screen was opened has settled. */
export const openBoard = (queue: LiveQueue): Board => ({
  queue,
  places: new Map(queue.items.filter(isWaiting).map((card) => [keyOf(card), { arrivedAt: null, hidden: false }])),
  leaving: [],
  held: false,
})

export function boardAfter(board: Board, change: Change): Board {
  switch (change.kind) {
    case "queue":
      return withQueue(board, change.queue, change.now, change.myId)
    case "hold":
      if (change.held === board.held) return board
      return change.held ? { ...board, held: true } : settled(shown({ ...board, held: false }, change.now), change.now)
    case "show":
      return shown(board, change.now)
    case "sort in":
      return mapPlaces(board, (place) => (place.hidden ? place : { ...place, arrivedAt: null }))
    case "tick":
      return settled({ ...board, leaving: board.leaving.filter(({ until }) => until > change.now) }, change.now)
  }
}

function withQueue(board: Board, queue: LiveQueue, now: number, myId: string): Board {
  if (queue === board.queue) return board
  const arrival = { arrivedAt: now, hidden: board.held }
  const places = new Map(queue.items.filter(isWaiting).map((card) => [keyOf(card), board.places.get(keyOf(card)) ?? arrival]))
  const news = queue.departures.filter(({ eventId, by }) => eventId > board.queue.last_event_id && by.id !== myId)
  const leaving = [...board.leaving, ...news.flatMap((departure) => leavingFrom(board, departure, now))]
  return { ...board, queue, places, leaving }
}

/** Nothing leaves a screen on which it was not seen. */
function leavingFrom(board: Board, departure: Departure, now: number): Leaving[] {
  const key = keyOf(departure.card)
  const place = board.places.get(key)
  return place && !place.hidden ? [{ departure, key, place, until: now + LEAVES_MS }] : []
}

const shown = (board: Board, now: number): Board => mapPlaces(board, (place) => (place.hidden ? { arrivedAt: now, hidden: false } : place))

function settled(board: Board, now: number): Board {
  if (board.held) return board
  return mapPlaces(board, (place) => (place.arrivedAt !== null && !place.hidden && now - place.arrivedAt >= SETTLES_MS ? { ...place, arrivedAt: null } : place))
}

const mapPlaces = (board: Board, change: (place: Place) => Place): Board => ({ ...board, places: new Map([...board.places].map(([key, place]) => [key, change(place)])) })

/** When the board changes by itself next, or null. */
export function nextTick(board: Board): number | null {
  const settles = board.held ? [] : [...board.places.values()].flatMap(({ arrivedAt, hidden }) => (arrivedAt === null || hidden ? [] : [arrivedAt + SETTLES_MS]))
  const times = [...settles, ...board.leaving.map(({ until }) => until)]
  return times.length === 0 ? null : Math.min(...times)
}

/** New, newest first; waiting, oldest first; what is urgent on top of both. A leaving card keeps its place until it has gone. */
export function groupsOf(board: Board): Groups {
  const rows = [
    ...board.queue.items.filter(isWaiting).map((card) => ({ key: keyOf(card), card, leaving: null, place: board.places.get(keyOf(card)) })),
    ...board.leaving.map(({ departure, key, place }) => ({ key, card: departure.card, leaving: departure, place })),
  ]
  const visible = rows.filter(({ place }) => place && !place.hidden)
  const row = ({ key, card, leaving, place }: (typeof rows)[number]): Row => ({ key, card, leaving, arrived: typeof place?.arrivedAt === "number" })
  const arrivedAt = (key: string) => board.places.get(key)?.arrivedAt ?? board.leaving.find((each) => each.key === key)?.place.arrivedAt ?? 0
  const all = visible.map(row)
  return {
    fresh: all.filter(({ arrived }) => arrived).sort((a, b) => byUrgency(a.card, b.card) || arrivedAt(b.key) - arrivedAt(a.key) || byAge(b.card, a.card)),
    waiting: all.filter(({ arrived }) => !arrived).sort((a, b) => byUrgency(a.card, b.card) || byAge(a.card, b.card)),
    pickedUp: board.queue.items.filter((card) => card.status === "claimed").sort((a, b) => Date.parse(b.claimed_at ?? b.created_at) - Date.parse(a.claimed_at ?? a.created_at)),
    hidden: rows.length - visible.length,
  }
}

export const isUrgent = (card: QueueCard): boolean => card.priority === "critical" || card.client_waiting === "on_phone"

const byUrgency = (a: QueueCard, b: QueueCard): number => Number(isUrgent(b)) - Number(isUrgent(a))
const byAge = (a: QueueCard, b: QueueCard): number => Date.parse(a.created_at) - Date.parse(b.created_at) || a.session_id.localeCompare(b.session_id)

/** `Picked up by Sam`: why a card is not in the list any more. */
export function departureWords({ how, by }: Pick<Departure, "how" | "by">): string {
  const words = { claimed: "Picked up by", withdrawn: "Withdrawn by", returned: "Advised and handed back by", closed: "Taken out of the queue by", resolved: "Solved by" }
  return `${words[how]} ${by.name}`
}
