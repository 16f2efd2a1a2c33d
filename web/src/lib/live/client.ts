import type { QueryClient } from "@tanstack/react-query"
import { authorizedFetch } from "@/lib/api/client"
import { Problem } from "@/lib/api/problem"
import type { Frame, LiveHandlers, LoggedEvent } from "./events"
import { SeenLog } from "./log"
import { setLiveState } from "./state"
import { openStream, type StreamState } from "./stream"
import { joinTabs, type Tabs } from "./tabs"

export type LiveOptions = {
  accountId: string
  personId: string
  handlers: readonly LiveHandlers[]
  cache: QueryClient
  fetch?: (request: Request) => Promise<Response>
  locks?: LockManager | undefined
  channel?: (name: string) => BroadcastChannel | undefined
}

type Message = { kind: "frame"; frame: Frame } | { kind: "ping"; state: StreamState; position: number | null } | { kind: "hello" }

const PING_MS = 15_000
const CATCH_UP_TRIES = 5

let log = new SeenLog()

/** A snapshot with every event applied that arrived while it was on its way; asked for again where events are missing between. */
export async function caughtUp<Snapshot extends { last_event_id: number }>(
  load: () => Promise<Snapshot>,
  apply: (snapshot: Snapshot, event: LoggedEvent) => Snapshot,
): Promise<Snapshot> {
  for (let tries = 0; tries < CATCH_UP_TRIES; tries += 1) {
    const snapshot = await load()
    const missed = log.after(snapshot.last_event_id)
    if (missed) return missed.reduce(apply, snapshot)
  }
  throw new Problem(0, "behind", "The list could not be brought up to date. Please try again.")
}

/** Feeds the handlers from the one stream of this browser until stopped. */
export function startLive(options: LiveOptions): () => void {
  const { handlers, cache, fetch = authorizedFetch } = options
  const seen = (log = new SeenLog())
  let state: StreamState = "connecting"
  let leading = false

  const show = (next: StreamState) => {
    state = next
    setLiveState(next)
  }
  const reload = (lastEventId: number) => {
    for (const each of handlers) each.reload?.(cache, lastEventId)
  }
  const refetch = () => {
    for (const each of handlers) each.refetch?.(cache)
  }
  const take = (frame: Frame) => {
    if (frame.event === "ready" || frame.event === "resync") {
      const { last_event_id: lastEventId } = frame.data as { last_event_id: number }
      if (frame.event === "resync" || seen.position === null) {
        seen.restart(lastEventId)
        reload(lastEventId)
      }
      if (frame.event === "ready") refetch()
      return
    }
    if (frame.id !== null) {
      const news = seen.add(frame.data as LoggedEvent)
      if (news === "seen") return
      if (news === "hole") reload(frame.id)
    }
    for (const each of handlers) handlerOf(each, frame.event)?.(frame.data, cache)
  }
  const ping = (): Message => ({ kind: "ping", state, position: seen.position })

  const name = `resolutionflow-live:${options.accountId}:${options.personId}`
  const tabs: Tabs<Message> = joinTabs<Message>({
    name,
    locks: "locks" in options ? options.locks : navigator.locks,
    channel: (options.channel ?? openChannel)(name),
    lead: () => {
      leading = true
      const tell = (message: Message) => queueMicrotask(() => tabs.tell(message))
      const timer = setInterval(() => tell(ping()), PING_MS)
      const stream = openStream({
        fetch,
        position: () => seen.position,
        onBytes: () => tell(ping()),
        onState: (next) => {
          show(next)
          tell(ping())
        },
        onFrame: (frame) => {
          take(frame)
          tell({ kind: "frame", frame })
        },
      })
      return () => {
        leading = false
        clearInterval(timer)
        stream.close()
      }
    },
    follow: () => tabs.tell({ kind: "hello" }),
    onMessage: (message) => {
      if (message.kind === "hello") {
        if (leading) tabs.tell(ping())
        return
      }
      if (leading) return
      tabs.heard()
      if (message.kind === "frame") takeFromLeader(message.frame)
      else {
        show(message.state)
        catchUpWith(message.position)
      }
    },
  })

  /** A follower learns its place from the leader's pings, not from `ready`, which speaks of the head before the replay. */
  function takeFromLeader(frame: Frame): void {
    if (frame.event === "ready") refetch()
    else take(frame)
  }
  function catchUpWith(position: number | null): void {
    if (position === null || (seen.position !== null && seen.position >= position)) return
    seen.restart(position)
    reload(position)
  }

  const onVisible = () => {
    if (!document.hidden) refetch()
  }
  show("connecting")
  document.addEventListener("visibilitychange", onVisible)
  return () => {
    document.removeEventListener("visibilitychange", onVisible)
    tabs.leave()
    setLiveState("off")
  }
}

const openChannel = (name: string): BroadcastChannel | undefined => ("BroadcastChannel" in globalThis ? new BroadcastChannel(name) : undefined)

/** The one place where a name from the wire chooses a handler; its data has the shape the catalogue promises for that name. */
function handlerOf(handlers: LiveHandlers, name: string): ((data: unknown, cache: QueryClient) => void) | undefined {
  if (name === "reload" || name === "refetch") return undefined
  return (handlers as Record<string, ((data: unknown, cache: QueryClient) => void) | undefined>)[name]
}
