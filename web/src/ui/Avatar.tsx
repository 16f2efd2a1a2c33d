import { cx } from "./cx"

/** Initials; the name stands beside it or is said by what contains it. */
export function Avatar({ name, className }: { name: string; className?: string }) {
  return (
    <span aria-hidden="true" className={cx("grid size-6 shrink-0 place-items-center rounded-full bg-accent-dim text-[10px] font-semibold text-accent select-none", className)}>
      {initials(name)}
    </span>
  )
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean)
  const first = words[0]?.[0] ?? "?"
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? "") : (words[0]?.[1] ?? "")
  return (first + last).toUpperCase()
}
