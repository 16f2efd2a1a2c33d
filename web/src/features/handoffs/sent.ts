import { useSyncExternalStore } from "react"
import type { Handoff } from "@/lib/api/types"

/** What this page has just escalated, until the person has seen enough of it. What became of it stands in the queue. */
let sent: Handoff | null = null
const listeners = new Set<() => void>()

export function rememberSent(handoff: Handoff | null): void {
  sent = handoff
  for (const listener of listeners) listener()
}

export const useSent = (): Handoff | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => sent,
  )
