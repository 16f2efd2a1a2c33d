import { useSyncExternalStore } from "react"
import { recall, remember } from "./storage"

export type Theme = "system" | "light" | "dark"

const prefersDark = matchMedia("(prefers-color-scheme: dark)")
const listeners = new Set<() => void>()
let chosen: Theme = parse(recall("theme"))

prefersDark.addEventListener("change", paint)

export function chooseTheme(theme: Theme): void {
  chosen = theme
  remember("theme", theme === "system" ? null : theme)
  paint()
  for (const listener of listeners) listener()
}

export const useTheme = (): Theme =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => chosen,
  )

/** The first paint is done by /theme.js before this module is loaded. */
function paint(): void {
  const dark = chosen === "dark" || (chosen === "system" && prefersDark.matches)
  document.documentElement.dataset["theme"] = dark ? "dark" : "light"
}

function parse(value: string | null): Theme {
  return value === "light" || value === "dark" ? value : "system"
}
