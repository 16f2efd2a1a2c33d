import { useLiveState } from "@/lib/live/state"
import type { StreamState } from "@/lib/live/stream"
import { cx } from "@/ui"

const WORDS: Record<StreamState, { word: string; dot: string; ink: string }> = {
  live: { word: "Live", dot: "bg-green", ink: "text-ink-dim" },
  connecting: { word: "Connecting", dot: "bg-ink-faint animate-pulse", ink: "text-ink-dim" },
  reconnecting: { word: "Reconnecting", dot: "bg-amber animate-pulse", ink: "text-amber" },
  offline: { word: "Offline", dot: "bg-red", ink: "text-red" },
  off: { word: "Not live", dot: "bg-ink-faint", ink: "text-ink-dim" },
}

/** How current this page is, in a word. */
export function LiveState() {
  const { word, dot, ink } = WORDS[useLiveState()]
  return (
    <span role="status" className={cx("flex items-center gap-1.5 px-2 text-small", ink)}>
      <span aria-hidden="true" className={cx("size-2 rounded-full forced-colors:border", dot)} />
      {word}
    </span>
  )
}
