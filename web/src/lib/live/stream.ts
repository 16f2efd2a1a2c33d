import { Problem } from "@/lib/api/problem"
import { backoff } from "./backoff"
import type { Frame } from "./events"
import { readFrames } from "./frames"

export type StreamState = "connecting" | "live" | "reconnecting" | "offline" | "off"

export type StreamOptions = {
  /** Throws a Problem for refusals. */
  fetch: (request: Request) => Promise<Response>
  /** The id to go on after; null starts with the present. */
  position: () => number | null
  onFrame: (frame: Frame) => void
  onState: (state: StreamState) => void
  /** Every sign of life, heartbeats included. */
  onBytes?: () => void
}

const URL_PATH = "/api/v1/ai-sessions/escalations/stream"
const CONNECT_MS = 15_000
const HEARTBEATS_MISSED = 2
const SLACK_MS = 2_000
/** The server ends a stream after 10 minutes: before that the next one is opened, so that nothing waits for it. */
const ROTATE_MS = 8.5 * 60_000
const ROTATE_SPREAD_MS = 60_000
const QUIET_MS = 3_000

/** Keeps one stream open until closed: reconnects with growing pauses, at once when the page comes online or into view. */
export function openStream(options: StreamOptions): { close: () => void } {
  const closed = new AbortController()
  void keepOpen(options, closed.signal)
  return { close: () => closed.abort() }
}

async function keepOpen({ onState, ...options }: StreamOptions, closed: AbortSignal): Promise<void> {
  let attempt = 0
  let outgoing: Connection | null = null
  let grace: ReturnType<typeof setTimeout> | undefined
  closed.addEventListener("abort", () => clearTimeout(grace))
  onState(navigator.onLine ? "connecting" : "offline")
  while (!isOver(closed)) {
    const previous: Connection | null = outgoing
    const connection: Connection = connect(options, closed, () => {
      attempt = 0
      clearTimeout(grace)
      previous?.abort()
      outgoing = null
      onState("live")
    })
    const end: Ending = await connection.ended
    if (isOver(closed)) return
    if (end.kind === "refused") {
      onState("off")
      return
    }
    if (end.kind === "rotate") {
      outgoing = connection
      continue
    }
    clearTimeout(grace)
    const lost = () => onState(navigator.onLine ? "reconnecting" : "offline")
    if (end.kind === "finished") grace = setTimeout(lost, QUIET_MS)
    else lost()
    await pause(Math.max(backoff(attempt++), end.retryAfterMs ?? 0), closed, lost)
  }
}

/** A call, because the type checker believes that a property once read stays as it is. */
const isOver = (signal: AbortSignal): boolean => signal.aborted

type Ending = { kind: "rotate" | "finished" | "lost" | "refused"; retryAfterMs?: number }
type Connection = { ended: Promise<Ending>; abort: () => void }

function connect(options: Omit<StreamOptions, "onState">, closed: AbortSignal, onReady: () => void): Connection {
  const controller = new AbortController()
  const abort = () => controller.abort()
  closed.addEventListener("abort", abort, { signal: controller.signal })
  window.addEventListener("offline", abort, { signal: controller.signal })
  let watchdog = setTimeout(abort, CONNECT_MS)
  let rotation: ReturnType<typeof setTimeout> | undefined
  let silenceMs = CONNECT_MS
  const watch = () => {
    clearTimeout(watchdog)
    watchdog = setTimeout(abort, silenceMs)
  }
  const ended = new Promise<Ending>((resolve) => {
    const onFrame = (frame: Frame) => {
      if (controller.signal.aborted) return
      if (frame.event === "ready") {
        silenceMs = HEARTBEATS_MISSED * heartbeatMs(frame) + SLACK_MS
        watch()
        rotation = setTimeout(() => resolve({ kind: "rotate" }), ROTATE_MS + Math.random() * ROTATE_SPREAD_MS)
        options.onFrame(frame)
        onReady()
      } else options.onFrame(frame)
    }
    const onBytes = () => {
      watch()
      options.onBytes?.()
    }
    void read(options, controller.signal, onFrame, onBytes)
      .then(resolve)
      .finally(() => {
        clearTimeout(watchdog)
        clearTimeout(rotation)
        controller.abort()
      })
  })
  return { ended, abort }
}

async function read(
  options: Omit<StreamOptions, "onState">,
  signal: AbortSignal,
  onFrame: (frame: Frame) => void,
  onBytes: () => void,
): Promise<Ending> {
  const position = options.position()
  const headers: Record<string, string> = { Accept: "text/event-stream", ...(position === null ? {} : { "Last-Event-ID": String(position) }) }
  try {
    const response = await options.fetch(new Request(new URL(URL_PATH, location.origin), { headers, signal, cache: "no-store" }))
    if (!response.body) return { kind: "lost" }
    await readFrames(response.body, onFrame, onBytes)
    return { kind: "finished" }
  } catch (error) {
    if (error instanceof Problem && (error.status === 401 || error.status === 403)) return { kind: "refused" }
    return { kind: "lost", retryAfterMs: error instanceof Problem ? (error.retryAfterSeconds ?? 0) * 1000 : 0 }
  }
}

/** Waits, but not once the page comes online or into view. */
function pause(ms: number, closed: AbortSignal, onOffline: () => void): Promise<void> {
  return new Promise((resolve) => {
    const over = new AbortController()
    const wake = () => {
      clearTimeout(timer)
      over.abort()
      resolve()
    }
    const timer = setTimeout(wake, ms)
    const listen = { signal: over.signal }
    closed.addEventListener("abort", wake, listen)
    window.addEventListener("online", wake, listen)
    window.addEventListener("offline", onOffline, listen)
    document.addEventListener("visibilitychange", () => document.hidden || wake(), listen)
  })
}

function heartbeatMs(ready: Frame): number {
  const seconds = (ready.data as { heartbeat_seconds?: unknown }).heartbeat_seconds
  return (typeof seconds === "number" && seconds > 0 ? seconds : 25) * 1000
}
