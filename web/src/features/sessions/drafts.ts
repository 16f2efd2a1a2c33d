import { useState } from "react"

const PREFIX = "resolutionflow.draft."

/**
 * State that survives reloads and failures in this tab until it is sent. The name holds the person and the session,
 * so nobody meets somebody else's words. Where storage is refused, it lasts as long as the page.
 */
export function useDraft<Draft>(name: string, empty: Draft): readonly [Draft, (next: Draft | ((before: Draft) => Draft)) => void] {
  const [draft, setDraft] = useState(() => recallDraft(name, empty))
  const change = (next: Draft | ((before: Draft) => Draft)) =>
    setDraft((before) => {
      const after = typeof next === "function" ? (next as (before: Draft) => Draft)(before) : next
      keepDraft(name, after, empty)
      return after
    })
  return [draft, change]
}

/** What was kept, with what it lacks taken from `empty`: it may have been written by an older version of this page. */
export function recallDraft<Draft>(name: string, empty: Draft): Draft {
  try {
    const kept = sessionStorage.getItem(PREFIX + name)
    if (kept === null) return empty
    const draft: unknown = JSON.parse(kept)
    if (typeof empty === "string") return (typeof draft === "string" ? draft : empty) as Draft
    return typeof draft === "object" && draft !== null ? { ...empty, ...(draft as Partial<Draft>) } : empty
  } catch {
    return empty
  }
}

export function keepDraft<Draft>(name: string, draft: Draft, empty: Draft): void {
  try {
    const text = JSON.stringify(draft)
    if (text === JSON.stringify(empty)) sessionStorage.removeItem(PREFIX + name)
    else sessionStorage.setItem(PREFIX + name, text)
  } catch {
    // Private windows may refuse.
  }
}
