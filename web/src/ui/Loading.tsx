import { useEffect, useState } from "react"
import { cx } from "./cx"

const WORD_AFTER_MS = 1_000

export function Spinner({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 16 16" className={cx("size-3.5 animate-spin motion-reduce:animate-pulse", className)} aria-hidden="true">
      <circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" strokeWidth="2" opacity="0.3" />
      <path d="M14.5 8A6.5 6.5 0 0 0 8 1.5" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
    </svg>
  )
}

/** A spinner that gets its word after one second. */
export function Loading({ what, className }: { what: string; className?: string }) {
  const late = useLate()
  return (
    <div role="status" className={cx("flex min-h-10 items-center gap-2 text-ink-dim", className)}>
      <Spinner />
      {late && <span className="animate-appear">{what}</span>}
    </div>
  )
}

/** Grey lines where text will stand; `what` is said to screen readers and shown after a second. */
export function Skeleton({ lines = 3, what, className }: { lines?: number; what: string; className?: string }) {
  const late = useLate()
  return (
    <div role="status" className={cx("grid gap-2", className)}>
      {Array.from({ length: lines }, (_, index) => (
        <div key={index} aria-hidden="true" className="h-4 animate-pulse rounded-small bg-line/70" style={{ width: `${92 - ((index * 23) % 50)}%` }} />
      ))}
      <span className={late ? "animate-appear text-small text-ink-dim" : "sr-only"}>{what}</span>
    </div>
  )
}

function useLate(): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), WORD_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  return late
}
