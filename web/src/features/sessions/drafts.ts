import { useEffect, useState } from "react"

const PREFIX = "resolutionflow.draft."

type Setter = (update: (before: unknown) => unknown) => void
/** Who shows a draft now: one may be written from two places of a page. */
const shown = new Map<string, Set<Setter>>()

/**
 * State that survives reloads and failures in this tab until it is sent. The name holds the person and the session,
 * so nobody meets somebody else's words. Where storage is refused, it lasts as long as the page.
 */
export function useDraft<Draft>(name: string, empty: Draft): readonly [Draft, (next: Draft | ((before: Draft) => Draft)) => void] {
  const [draft, setDraft] = useState(() => recallDraft(name, empty))
  useEffect(() => {
    const setters = shown.get(name) ?? new Set()
    shown.set(name, setters.add(setDraft as Setter))
    return () => {
      setters.delete(setDraft as Setter)
      if (setters.size === 0) shown.delete(name)
    }
  }, [name])
  const change = (next: Draft | ((before: Draft) => Draft)) => {
    const update = (before: unknown) => {
      const after = typeof next === "function" ? (next as (before: Draft) => Draft)(before as Draft) : next
      keepDraft(name, after, empty)
      return after
    }
    for (const set of new Set([...(shown.get(name) ?? []), setDraft as Setter])) set(update)
  }
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
