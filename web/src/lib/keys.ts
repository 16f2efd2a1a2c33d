import { useEffect, useRef, useSyncExternalStore } from "react"

export type Binding = {
  /** `e`, `?`, `Enter`, `Escape`, `g d` (one after the other), `mod+Enter` (⌘ or Ctrl). */
  keys: string
  label: string
  run: (event: KeyboardEvent) => void
  /** Acts again while the key is held (moving in a list). */
  repeats?: boolean
  /** False: shown in the help, does nothing now. */
  enabled?: boolean
}

export type Layer = { section: string; bindings: () => readonly Binding[]; opaque: boolean; since: number; settleMs: number }

const SEQUENCE_MS = 1_000

let layers: readonly Layer[] = []
let singleLetters = true
let prefix: { key: string; at: number } | null = null
const listeners = new Set<() => void>()

/**
 * Keys of one screen, listed under `section` in the help. The layer mounted last wins.
 * `opaque` hides every layer below (a dialog); `settleMs` ignores keys for that long after mounting, so that the key
 * which opened a screen cannot also act on it (held keys only repeat, and repeats never act).
 */
export function useKeys(section: string, bindings: readonly Binding[], options: { opaque?: boolean; settleMs?: number } = {}): void {
  const { opaque = false, settleMs = 0 } = options
  const latest = useRef(bindings)
  useEffect(() => {
    latest.current = bindings
  })
  useEffect(() => {
    const layer: Layer = { section, bindings: () => latest.current, opaque, since: performance.now(), settleMs }
    return push(layer)
  }, [section, opaque, settleMs])
}

/** Keys of the layers below do nothing while mounted. */
export const useKeyBarrier = (): void => useKeys("", [], { opaque: true })

/** The person's choice; keys with ⌘ or Ctrl, Enter and Escape always work. */
export function switchSingleLetters(on: boolean): void {
  singleLetters = on
  changed()
}

export function useKeyLayers(): readonly Layer[] {
  return useSyncExternalStore(subscribe, () => layers)
}

/** How a key is written on this machine's keyboard. */
export function keyCaps(keys: string): string[] {
  const mac = /Mac|iPhone|iPad/.test(navigator.userAgent)
  const caps: Record<string, string> = { mod: mac ? "⌘" : "Ctrl", Enter: "⏎", Escape: "Esc", ArrowUp: "↑", ArrowDown: "↓" }
  return keys.split(/[ +]/).map((key) => caps[key] ?? key)
}

function push(layer: Layer): () => void {
  if (layers.length === 0) window.addEventListener("keydown", onKeyDown)
  layers = [...layers, layer]
  changed()
  return () => {
    layers = layers.filter((each) => each !== layer)
    if (layers.length === 0) window.removeEventListener("keydown", onKeyDown)
    changed()
  }
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  const pressed = nameOf(event)
  if (pressed === null || !mayAct(pressed, event)) return
  const sequence = prefix && performance.now() - prefix.at < SEQUENCE_MS ? `${prefix.key} ${pressed}` : null
  prefix = null
  const found = (sequence && find(sequence, event)) ?? find(pressed, event)
  if (found) {
    event.preventDefault()
    found.run(event)
  } else if (startsSequence(pressed)) {
    prefix = { key: pressed, at: performance.now() }
  }
}

function* reachable(): Generator<Layer> {
  for (const layer of layers.toReversed()) {
    yield layer
    if (layer.opaque) return
  }
}

function find(keys: string, event: KeyboardEvent): Binding | null {
  for (const layer of reachable()) {
    const binding = layer.bindings().find((each) => each.keys === keys && each.enabled !== false)
    if (!binding) continue
    if (event.repeat && !binding.repeats) return null
    return performance.now() - layer.since >= layer.settleMs ? binding : null
  }
  return null
}

const startsSequence = (key: string): boolean => [...reachable()].some((layer) => layer.bindings().some((each) => each.keys.startsWith(`${key} `)))

/** `mod+k`, `Enter`, `e`, `?`; null for a modifier alone and for combinations that belong to the browser. */
function nameOf(event: KeyboardEvent): string | null {
  if (["Shift", "Control", "Alt", "Meta"].includes(event.key) || event.altKey) return null
  if (event.ctrlKey || event.metaKey) return `mod+${event.key}`
  return event.key.length === 1 && event.key !== "?" ? event.key.toLowerCase() : event.key
}

function mayAct(pressed: string, event: KeyboardEvent): boolean {
  if (pressed.startsWith("mod+") || pressed === "Escape") return true
  if (isTyping(event.target)) return false
  if (pressed === "Enter") return !isControl(event.target)
  return singleLetters || pressed.length > 1
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button]), [role=combobox], [role=textbox], [role=menu] *, [role=listbox] *"))

/** Enter on a button or link is that control's own. */
const isControl = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.closest("a[href], button, summary, [role=button], [role=menuitem]") !== null

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

function changed(): void {
  for (const listener of listeners) listener()
}
