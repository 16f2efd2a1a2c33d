import type { ReactNode } from "react"
import type { Outcome, Priority, SessionStatus } from "@/lib/api/types"
import { cx } from "./cx"
import { Icon, type IconName } from "./icons"

export type Tone = "neutral" | "accent" | "amber" | "red" | "green"

const TONES: Record<Tone, string> = {
  neutral: "bg-sunken text-ink-dim border-line",
  accent: "bg-accent-dim text-accent border-accent/25",
  amber: "bg-amber-dim text-amber border-amber/25",
  red: "bg-red-dim text-red border-red/25",
  green: "bg-green-dim text-green border-green/25",
}

/** A word on a tint; the colour repeats what the word and the sign say. */
export function Badge({ tone = "neutral", icon, children, className }: { tone?: Tone; icon?: IconName; children: ReactNode; className?: string }) {
  return (
    <span className={cx("inline-flex h-5 shrink-0 items-center gap-1 rounded-full border px-1.5 text-small whitespace-nowrap", TONES[tone], className)}>
      {icon && <Icon name={icon} className="size-3" />}
      {children}
    </span>
  )
}

const STATUS: Record<SessionStatus, { tone: Tone; icon: IconName; word: string }> = {
  active: { tone: "accent", icon: "circle", word: "Active" },
  parked: { tone: "neutral", icon: "clock", word: "Parked" },
  requesting_escalation: { tone: "amber", icon: "escalate", word: "Escalated" },
  escalated: { tone: "amber", icon: "escalate", word: "Escalated" },
  resolved: { tone: "green", icon: "check", word: "Resolved" },
}

export function StatusBadge({ status }: { status: SessionStatus }) {
  const { word, ...look } = STATUS[status]
  return <Badge {...look}>{word}</Badge>
}

/** Normal and low need no attention and show nothing unless asked. */
export function PriorityBadge({ priority, always = false }: { priority: Priority; always?: boolean }) {
  if (priority === "critical")
    return (
      <Badge tone="red" icon="warning">
        Critical
      </Badge>
    )
  if (priority === "high")
    return (
      <Badge tone="amber" icon="warning">
        High
      </Badge>
    )
  return always ? <Badge>{priority === "low" ? "Low" : "Normal"}</Badge> : null
}

export const OUTCOMES: Record<Outcome | "open", { tone: Tone; icon: IconName; word: string }> = {
  worked: { tone: "green", icon: "check", word: "Worked" },
  failed: { tone: "red", icon: "cross", word: "Failed" },
  inconclusive: { tone: "amber", icon: "tilde", word: "Inconclusive" },
  skipped: { tone: "neutral", icon: "minus", word: "Skipped" },
  open: { tone: "neutral", icon: "question", word: "Open" },
}

export function OutcomeBadge({ outcome }: { outcome: Outcome | null }) {
  const { word, ...look } = OUTCOMES[outcome ?? "open"]
  return <Badge {...look}>{word}</Badge>
}

/** `#12345` in monospace; nothing without a ticket. */
export function TicketBadge({ ticket }: { ticket: string | null }) {
  if (!ticket) return null
  return <span className="shrink-0 rounded-small bg-sunken px-1 font-mono text-small text-ink-dim">#{ticket}</span>
}

/** How many, beside what they are; nothing at zero. */
export function Count({ value, what, tone = "neutral" }: { value: number; what: string; tone?: Tone }) {
  if (value === 0) return null
  return (
    <span className={cx("inline-grid h-5 min-w-5 place-items-center rounded-full border px-1 text-small tabular-nums", TONES[tone])}>
      <span aria-hidden="true">{value > 99 ? "99+" : value}</span>
      <span className="sr-only">
        {value} {what}
      </span>
    </span>
  )
}
