import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { Problem } from "@/lib/api/problem"
import { advance, settle, StreamServer } from "@/test/streams"
import { backoff } from "./backoff"
import type { Frame } from "./events"
import { openStream, type StreamState } from "./stream"

let server: StreamServer
let frames: Frame[]
let states: StreamState[]
let position: number | null
let stream: { close: () => void }

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"] })
  vi.spyOn(Math, "random").mockReturnValue(0)
  server = new StreamServer()
  frames = []
  states = []
  position = null
})
afterEach(() => {
  stream.close()
  vi.useRealTimers()
})

async function open() {
  stream = openStream({
    fetch: server.fetch,
    position: () => position,
    onFrame: (frame) => frames.push(frame),
    onState: (state) => states.push(state),
  })
  await settle()
}

async function goLive() {
  await open()
  server.latest.ready(41)
  await settle()
}

const goOnline = (online: boolean) => {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(online)
  window.dispatchEvent(new Event(online ? "online" : "offline"))
}

test("frames cut anywhere by the network arrive whole, heartbeats and foreign lines do not", async () => {
  await goLive()
  const { latest } = server
  latest.text('id: 42\nevent: handoff_cl')
  latest.heartbeat()
  await settle()
  expect(frames.map((frame) => frame.event)).toEqual(["ready"])
  latest.text("\n")
  latest.text('id: 43\nevent: handoff_updated\nda')
  latest.text('ta: {"event_id": 43}\n\nevent: broken\ndata: {not json\n\n')
  await settle()
  expect(frames.slice(1)).toEqual([{ event: "handoff_updated", id: 43, data: { event_id: 43 } }])
})

test("it is live from `ready` on, not before", async () => {
  await open()
  expect(states).toEqual(["connecting"])
  server.latest.ready(41)
  await settle()
  expect(states).toEqual(["connecting", "live"])
})

test("the first connection starts with the present, every later one goes on where this page is", async () => {
  await goLive()
  position = 57
  server.latest.end()
  await advance(1_000)
  expect(server.connections.map((each) => each.lastEventId)).toEqual([null, "57"])
})

test("pauses double from one second to thirty and begin anew after `ready`", async () => {
  await open()
  const pauses: number[] = []
  for (let attempt = 0; attempt < 7; attempt += 1) {
    const before = server.connections.length
    server.latest.end()
    await settle()
    let waited = 0
    while (server.connections.length === before) {
      await advance(500)
      waited += 500
    }
    pauses.push(waited / 1000)
  }
  expect(pauses).toEqual([1, 2, 4, 8, 16, 24, 24])
  server.latest.ready(41)
  await settle()
  server.latest.end()
  await advance(1_000)
  expect(server.connections).toHaveLength(9)
})

test("jitter adds at most a quarter, and the longest pause is thirty seconds", () => {
  expect([backoff(0, () => 0), backoff(0, () => 1), backoff(99, () => 1)]).toEqual([1_000, 1_250, 30_000])
})

test("two missed heartbeats end a connection that only looks alive", async () => {
  await open()
  server.latest.ready(41, 25)
  await settle()
  for (let beat = 0; beat < 3; beat += 1) {
    await advance(25_000)
    server.latest.heartbeat()
    await settle()
  }
  expect(server.connections.map((each) => each.aborted)).toEqual([false])
  await advance(52_000)
  expect(server.connections[0]?.aborted).toBe(true)
  expect(states.at(-1)).toBe("reconnecting")
})

test("a connection that never says `ready` is given up", async () => {
  await open()
  await advance(15_000)
  expect(server.connections[0]?.aborted).toBe(true)
})

test("coming online reconnects at once, whatever the pause", async () => {
  await goLive()
  goOnline(false)
  await settle()
  expect(server.latest.aborted).toBe(true)
  expect(states.at(-1)).toBe("offline")
  goOnline(true)
  await settle()
  expect(server.connections).toHaveLength(2)
})

test("coming into view reconnects at once", async () => {
  await goLive()
  server.refusal = new Problem(503, "unavailable", "The database is away.", {}, 20)
  server.latest.end()
  await advance(1_500)
  server.refusal = null
  document.dispatchEvent(new Event("visibilitychange"))
  await settle()
  expect(server.connections).toHaveLength(2)
})

test("a server that says how long to wait is obeyed", async () => {
  await goLive()
  server.refusal = new Problem(429, "too_many_requests", "Too many streams.", {}, 20)
  server.latest.end()
  await advance(1_000)
  server.refusal = null
  await advance(19_000)
  expect(server.connections).toHaveLength(1)
  await advance(1_000)
  expect(server.connections).toHaveLength(2)
})

test("whoever may not stream is not asked again", async () => {
  server.refusal = new Problem(403, "forbidden", "Engineer or admin access required")
  await open()
  await advance(120_000)
  expect(states.at(-1)).toBe("off")
  expect(server.connections).toHaveLength(0)
})

test("before the server ends a stream the next one is open, and the old one closes when it is ready", async () => {
  await goLive()
  for (let beat = 0; beat < 20; beat += 1) {
    await advance(25_000)
    server.connections[0]?.heartbeat()
    await settle()
  }
  await advance(10_000)
  expect(server.connections.map((each) => each.aborted)).toEqual([false, false])
  server.latest.ready(41)
  await settle()
  expect(server.connections.map((each) => each.aborted)).toEqual([true, false])
  expect(states).not.toContain("reconnecting")
})

test("closing ends the connection and everything that waits", async () => {
  await goLive()
  stream.close()
  await advance(120_000)
  expect(server.latest.aborted).toBe(true)
  expect(server.connections).toHaveLength(1)
})
