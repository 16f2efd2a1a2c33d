import { useSyncExternalStore } from "react"

const BURST_MS = 5_000
const BURST = 3

let spoken = ""
const listeners = new Set<() => void>()
const recent = new Map<string, number[]>()

/** Says a sentence through the page's polite live region. A repeated sentence is said again. */
export function announce(sentence: string): void {
  spoken = sentence === spoken ? `${sentence}\u00a0` : sentence
  for (const listener of listeners) listener()
}

/** Says each arrival; from the fourth within five seconds on, how many there were. */
export function announceArrival(kind: string, sentence: string, asNumber: (count: number) => string): void {
  const now = Date.now()
  const times = [...(recent.get(kind) ?? []).filter((time) => now - time < BURST_MS), now]
  recent.set(kind, times)
  announce(times.length > BURST ? asNumber(times.length) : sentence)
}

export const useSpoken = (): string =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => spoken,
  )
