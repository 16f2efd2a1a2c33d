import { useSyncExternalStore } from "react"
import type { StreamState } from "./stream"

let state: StreamState = "off"
const listeners = new Set<() => void>()

export function setLiveState(next: StreamState): void {
  state = next
  for (const listener of listeners) listener()
}

/** How current this page is: live, connecting, reconnecting, offline, or off for people without a queue. */
export const useLiveState = (): StreamState =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => state,
  )
