import { useSyncExternalStore } from "react"
import { announce } from "./announce"

export type Toast = {
  id: number
  tone: "accent" | "green" | "amber" | "red"
  text: string
  /** Where a click leads. */
  action?: { label: string; run: () => void }
}

const KEPT = 4

let toasts: readonly Toast[] = []
let lastId = 0
const listeners = new Set<() => void>()

/** Tells in a corner what happened, and says it (unless somebody else does). Never the only place where a failure is shown. */
export function toast(text: string, options: { tone?: Toast["tone"]; action?: Toast["action"]; spoken?: boolean } = {}): number {
  const { tone = "accent", action, spoken = true } = options
  lastId += 1
  change([...toasts.slice(1 - KEPT), { id: lastId, tone, text, ...(action && { action }) }])
  if (spoken) announce(text)
  return lastId
}

export const dismiss = (id: number): void => change(toasts.filter((each) => each.id !== id))

export const useToasts = (): readonly Toast[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => toasts,
  )

function change(next: readonly Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}
