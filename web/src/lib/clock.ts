import { useSyncExternalStore } from "react"

/** Below this the two clocks count as one: the Date header has whole seconds only. */
const SKEW_NOTICED_MS = 2_000

let skew = 0
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

/** The server's time as far as this browser knows, so that a wrong clock here does not show wrong waiting times. */
export const now = (): number => Date.now() + skew

export function learnServerTime(response: Response): void {
  const said = Date.parse(response.headers.get("Date") ?? "")
  if (Number.isNaN(said)) return
  const difference = said - Date.now()
  skew = Math.abs(difference) > SKEW_NOTICED_MS ? difference : 0
}

/** The time rounded down to `step` milliseconds; renders again only when that changes. One timer serves the whole page. */
export function useNow(step: number): number {
  return useSyncExternalStore(subscribe, () => Math.floor(now() / step) * step)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    for (const each of listeners) each()
  }, 1_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      clearInterval(timer)
      timer = undefined
    }
  }
}
