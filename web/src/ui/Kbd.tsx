import { keyCaps } from "@/lib/keys"
import { cx } from "./cx"

/** A key or a sequence of keys. Decoration: the action's own name is said elsewhere. */
export function Kbd({ keys, className, onColour = false }: { keys: string; className?: string; onColour?: boolean }) {
  return (
    <span aria-hidden="true" className={cx("inline-flex gap-0.5 font-sans", className)}>
      {keyCaps(keys).map((cap, index) => (
        <kbd
          key={index}
          className={cx("min-w-4 rounded-small border px-1 text-center font-sans text-[11px] leading-4", onColour ? "border-current/40 opacity-90" : "border-line bg-sunken text-ink-dim")}
        >
          {cap}
        </kbd>
      ))}
    </span>
  )
}
