import { expect, test } from "vitest"
import type { LoggedEvent } from "./events"
import { SeenLog } from "./log"

const event = (event_id: number) => ({ event_id }) as LoggedEvent
const ids = (events: LoggedEvent[] | null) => events?.map((each) => each.event_id) ?? null

test("an event is new once, and seen after that", () => {
  const log = new SeenLog()
  log.restart(41)
  expect([log.add(event(42)), log.add(event(42)), log.add(event(41))]).toEqual(["new", "seen", "seen"])
})

test("a jump in the ids is a hole", () => {
  const log = new SeenLog()
  log.restart(41)
  expect(log.add(event(44))).toBe("hole")
  expect(log.position).toBe(44)
})

test("a snapshot gets exactly what came after it", () => {
  const log = new SeenLog()
  log.restart(41)
  for (const id of [42, 43, 44]) log.add(event(id))
  expect([ids(log.after(42)), ids(log.after(44)), ids(log.after(41))]).toEqual([[43, 44], [], [42, 43, 44]])
})

test("a snapshot older than what this tab knows cannot be completed", () => {
  const log = new SeenLog()
  log.restart(41)
  expect(log.after(40)).toBeNull()
})

test("what fell out of memory is not claimed to be known", () => {
  const log = new SeenLog()
  log.restart(0)
  for (let id = 1; id <= 600; id += 1) log.add(event(id))
  expect(log.after(10)).toBeNull()
  expect(log.after(590)).toHaveLength(10)
})
