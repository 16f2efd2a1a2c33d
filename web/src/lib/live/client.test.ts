import { QueryClient } from "@tanstack/react-query"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { FakeChannels, FakeLocks, type FakeChannel } from "@/test/browser"
import { advance, settle, StreamServer } from "@/test/streams"
import { caughtUp, startLive } from "./client"
import type { LiveHandlers } from "./events"

type Tab = { seen: number[]; reloads: number[]; refetches: number; close: () => void; channel: FakeChannel | undefined }

let server: StreamServer
let locks: FakeLocks
let channels: FakeChannels
let tabs: Tab[]

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"] })
  vi.spyOn(Math, "random").mockReturnValue(0)
  server = new StreamServer()
  locks = new FakeLocks()
  channels = new FakeChannels()
  tabs = []
})
afterEach(() => {
  for (const tab of tabs) tab.close()
  vi.useRealTimers()
})

async function openTab({ person = "u-jane", coordinated = true } = {}): Promise<Tab> {
  const tab: Tab = { seen: [], reloads: [], refetches: 0, close: () => undefined, channel: undefined }
  const handlers: LiveHandlers = {
    handoff_claimed: (event) => tab.seen.push(event.event_id),
    reload: (_, lastEventId) => tab.reloads.push(lastEventId),
    refetch: () => (tab.refetches += 1),
  }
  tab.close = startLive({
    accountId: "a-1",
    personId: person,
    handlers: [handlers],
    cache: new QueryClient(),
    fetch: server.fetch,
    locks: coordinated ? locks.manager() : undefined,
    channel: (name) => {
      const channel = channels.open(name)
      tab.channel = channel as unknown as FakeChannel
      return channel
    },
  })
  tabs.push(tab)
  await settle()
  return tab
}

async function say(what: (connection: StreamServer["latest"]) => void) {
  what(server.latest)
  await settle()
}

test("the first `ready` asks for a fresh snapshot, a resumed one does not", async () => {
  const tab = await openTab()
  await say((stream) => stream.ready(41))
  await say((stream) => stream.claimed(42))
  await say((stream) => stream.end())
  await advance(1_000)
  await say((stream) => stream.ready(42))
  expect(tab).toMatchObject({ reloads: [41], refetches: 2, seen: [42] })
  expect(server.latest.lastEventId).toBe("42")
})

test("an event that comes twice is handled once", async () => {
  const tab = await openTab()
  await say((stream) => stream.ready(41))
  for (const id of [42, 42, 43]) await say((stream) => stream.claimed(id))
  expect(tab.seen).toEqual([42, 43])
})

test("`resync` reloads and goes on with what follows", async () => {
  const tab = await openTab()
  await say((stream) => stream.ready(41))
  await say((stream) => stream.send("resync", { reason: "too_old", last_event_id: 90 }))
  await say((stream) => stream.claimed(91))
  expect(tab).toMatchObject({ reloads: [41, 90], seen: [91] })
})

test("three tabs of one person share one stream and all see every event once", async () => {
  const three = [await openTab(), await openTab(), await openTab()]
  await say((stream) => stream.ready(41))
  for (const id of [42, 43]) await say((stream) => stream.claimed(id))
  expect(server.connections).toHaveLength(1)
  expect(three.map((tab) => tab.seen)).toEqual([
    [42, 43],
    [42, 43],
    [42, 43],
  ])
})

test("two people in one browser do not share a stream", async () => {
  await openTab({ person: "u-jane" })
  await openTab({ person: "u-sam" })
  expect(server.connections).toHaveLength(2)
})

test("closing the tab that holds the stream hands it over at the exact place", async () => {
  const first = await openTab()
  const second = await openTab()
  await say((stream) => stream.ready(41))
  await say((stream) => stream.claimed(42))
  first.close()
  await settle()
  expect(server.connections.map((each) => [each.aborted, each.lastEventId])).toEqual([
    [true, null],
    [false, "42"],
  ])
  await say((stream) => stream.ready(43))
  await say((stream) => stream.claimed(43))
  expect(second.seen).toEqual([42, 43])
})

test("a tab opened later asks the leader where it stands and reloads from there", async () => {
  await openTab()
  await say((stream) => stream.ready(41))
  await say((stream) => stream.claimed(42))
  const late = await openTab()
  expect(late.reloads).toEqual([42])
  await say((stream) => stream.claimed(43))
  expect(late.seen).toEqual([43])
})

test("a follower that missed a message notices it with the next one and reloads", async () => {
  await openTab()
  const follower = await openTab()
  await say((stream) => stream.ready(41))
  if (follower.channel) channels.frozen.add(follower.channel)
  await say((stream) => stream.claimed(42))
  channels.frozen.clear()
  await say((stream) => stream.claimed(43))
  expect(follower).toMatchObject({ reloads: [41, 42], seen: [43] })
})

test("a leader that says nothing for a minute is replaced, and follows when it wakes", async () => {
  const frozen = await openTab()
  const follower = await openTab()
  await say((stream) => stream.ready(41))
  if (frozen.channel) channels.frozen.add(frozen.channel)
  for (let beat = 0; beat < 14; beat += 1) {
    await advance(5_000)
    server.connections[0]?.heartbeat()
  }
  await settle()
  expect(server.connections.map((each) => each.aborted)).toEqual([true, false])
  channels.frozen.clear()
  await say((stream) => stream.ready(41))
  await say((stream) => stream.claimed(42))
  expect([frozen.seen, follower.seen]).toEqual([[42], [42]])
})

test("where tabs cannot be coordinated each has its own stream", async () => {
  await openTab({ coordinated: false })
  await openTab({ coordinated: false })
  expect(server.connections).toHaveLength(2)
})

test("a snapshot that was under way while events came gets them applied", async () => {
  await openTab()
  await say((stream) => stream.ready(41))
  const load = async () => {
    await say((stream) => stream.claimed(42))
    await say((stream) => stream.claimed(43))
    return { last_event_id: 42, applied: [] as number[] }
  }
  const snapshot = await caughtUp(load, (state, event) => ({ last_event_id: event.event_id, applied: [...state.applied, event.event_id] }))
  expect(snapshot).toEqual({ last_event_id: 43, applied: [43] })
})

test("a snapshot from before the stream began is read again", async () => {
  await openTab()
  const answers = [39, 41]
  const load = async () => {
    const last_event_id = answers.shift() ?? 0
    if (last_event_id === 39) await say((stream) => stream.ready(41))
    return { last_event_id }
  }
  expect(await caughtUp(load, (state) => state)).toEqual({ last_event_id: 41 })
})
