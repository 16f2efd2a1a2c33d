import { useEffect, useRef, useState, type ReactNode, type RefObject } from "react"
import { Kbd } from "./Kbd"

const DELAY_MS = 400
const GAP = 6

/** A word for a control that shows none: on hover after a moment, on keyboard focus at once, gone with Escape. Not for anything one must read. */
export function Tooltip({ text, keys, children }: { text: string; keys?: string | undefined; children: ReactNode }) {
  const anchor = useRef<HTMLSpanElement>(null)
  const [shown, setShown] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const show = (delay: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setShown(true), delay)
  }
  const hide = () => {
    clearTimeout(timer.current)
    setShown(false)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  return (
    <span
      ref={anchor}
      className="inline-flex"
      onPointerEnter={(event) => event.pointerType === "mouse" && show(DELAY_MS)}
      onPointerLeave={hide}
      onPointerDown={hide}
      onFocus={(event) => event.target.matches(":focus-visible") && show(0)}
      onBlur={hide}
      onKeyDown={(event) => event.key === "Escape" && hide()}
    >
      {children}
      {shown && <Bubble anchor={anchor} text={text} keys={keys} />}
    </span>
  )
}

function Bubble({ anchor, text, keys }: { anchor: RefObject<HTMLElement | null>; text: string; keys: string | undefined }) {
  const place = (bubble: HTMLSpanElement | null) => {
    if (!bubble || !anchor.current) return
    // In the top layer it can stand above dialogs without knowing them.
    if ("showPopover" in bubble) bubble.showPopover()
    const target = (anchor.current.firstElementChild ?? anchor.current).getBoundingClientRect()
    const { width, height } = bubble.getBoundingClientRect()
    const below = target.bottom + GAP + height < innerHeight
    bubble.style.left = `${Math.max(GAP, Math.min(innerWidth - width - GAP, target.left + target.width / 2 - width / 2))}px`
    bubble.style.top = `${below ? target.bottom + GAP : target.top - GAP - height}px`
  }
  return (
    <span
      ref={place}
      popover="manual"
      role="tooltip"
      aria-hidden="true"
      className="pointer-events-none fixed inset-auto m-0 animate-appear items-center gap-1.5 rounded border border-line bg-surface px-2 py-1 text-small text-ink shadow-float [&:popover-open]:flex"
    >
      {text}
      {keys !== undefined && <Kbd keys={keys} />}
    </span>
  )
}
