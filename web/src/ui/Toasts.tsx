import { useEffect, useState } from "react"
import { dismiss, useToasts, type Toast } from "@/lib/toast"
import { Button, IconButton } from "./Button"
import { cx } from "./cx"
import { Icon, type IconName } from "./icons"

const SHOWN_MS = 7_000
const LOOK: Record<Toast["tone"], { icon: IconName; colour: string }> = {
  accent: { icon: "bell", colour: "text-accent" },
  green: { icon: "check", colour: "text-green" },
  amber: { icon: "clock", colour: "text-amber" },
  red: { icon: "warning", colour: "text-red" },
}

/** The corner where toasts stand; they stay while pointer or focus is on them. Spoken by the live region, not here. */
export function Toasts() {
  const toasts = useToasts()
  const [held, setHeld] = useState(false)
  if (toasts.length === 0) return null
  return (
    <section
      aria-label="Messages"
      className="fixed right-4 bottom-4 z-40 grid w-90 max-w-[calc(100vw-2rem)] gap-2"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {toasts.map((each) => (
        <ToastCard key={each.id} toast={each} held={held} />
      ))}
    </section>
  )
}

function ToastCard({ toast: { id, text, tone, action }, held }: { toast: Toast; held: boolean }) {
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => dismiss(id), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [id, held])
  return (
    <div className="flex animate-arrive items-center gap-2 rounded border bg-surface py-2 pr-1 pl-3 shadow-float">
      <Icon name={LOOK[tone].icon} className={cx("shrink-0", LOOK[tone].colour)} />
      <p className="min-w-0 grow">{text}</p>
      {action && (
        <Button
          size="small"
          onClick={() => {
            dismiss(id)
            action.run()
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton label="Dismiss" icon={<Icon name="cross" />} onClick={() => dismiss(id)} />
    </div>
  )
}
