import { describe, expect, it } from "vitest"
import type { LoggedEvent } from "@/lib/live/events"
import { applyEvent, fresh, type LiveQueue } from "./queue"
import { aCard, aClaim, Desk, seeded } from "./tests/desk"

const ROUNDS = 200
const MOVES = 40

const itemsOf = ({ items }: Pick<LiveQueue, "items">) => [...items].sort((a, b) => a.session_id.localeCompare(b.session_id))

describe("the queue", () => {
  it("is after any events what it would be when loaded afresh", () => {
    for (let seed = 1; seed <= ROUNDS; seed += 1) {
      const random = seeded(seed)
      const desk = new Desk(random)
      let queue = fresh(desk.load())
      for (let move = 0; move < MOVES; move += 1) {
        const events = desk.move()
        queue = events.reduce(applyEvent, queue)
        expect(itemsOf(queue), `seed ${seed}, move ${move}`).toEqual(itemsOf(desk.load()))
      }
    }
  })

  it("is right when its snapshot knows more than its last event says", () => {
    for (let seed = 1; seed <= ROUNDS; seed += 1) {
      const random = seeded(seed)
      const desk = new Desk(random)
      for (let move = 0; move < 10; move += 1) desk.move()
      const before = desk.load().last_event_id
      const later = Array.from({ length: 10 }, () => desk.move()).flat()
      const torn = fresh({ ...desk.load(), last_event_id: before })
      const queue = later.reduce(applyEvent, torn)
      expect(itemsOf(queue), `seed ${seed}`).toEqual(itemsOf(desk.load()))
    }
  })

  it("ignores events that it contains already", () => {
    const queue = fresh({ items: [aCard({ session_id: "s-1" })], last_event_id: 7 })
    expect(applyEvent(queue, aClaim(7, "s-1"))).toBe(queue)
  })

  it("remembers who took a card", () => {
    const queue = applyEvent(fresh({ items: [aCard({ session_id: "s-1" })], last_event_id: 7 }), aClaim(8, "s-1"))
    expect(queue.departures).toMatchObject([{ eventId: 8, how: "claimed", by: { name: "Ana" }, card: { session_id: "s-1", status: "open" } }])
  })

  it("gives a legacy card the handoff that its pickup made", () => {
    const queue = applyEvent(fresh({ items: [aCard({ session_id: "s-1", handoff_id: null })], last_event_id: 7 }), aClaim(8, "s-1"))
    expect(queue.items).toMatchObject([{ handoff_id: "h-s-1", status: "claimed", claimed_by: { name: "Ana" } }])
  })

  it("stays oldest first when a card comes back", () => {
    const [older, newer] = [aCard({ session_id: "s-1", created_at: "2026-01-01T08:00:00Z" }), aCard({ session_id: "s-2", created_at: "2026-01-01T09:00:00Z" })]
    const event: LoggedEvent = { event_id: 8, type: "handoff_reopened", occurred_at: "2026-01-01T10:00:00Z", card: { ...older, reopened_count: 1 } }
    expect(applyEvent(fresh({ items: [newer], last_event_id: 7 }), event).items.map(({ session_id }) => session_id)).toEqual(["s-1", "s-2"])
  })
})
