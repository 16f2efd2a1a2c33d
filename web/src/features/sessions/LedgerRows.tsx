import { useId, useState, type ReactNode } from "react"
import { now } from "@/lib/clock"
import type { Outcome } from "@/lib/api/types"
import { clockTime, fullTime } from "@/lib/time"
import { CommandBlock, cx, Icon, OutcomeBadge, OUTCOMES } from "@/ui"
import type { TriedRow } from "./ledger"

const ORDER: readonly (Outcome | "open")[] = ["worked", "failed", "inconclusive", "skipped", "open"]
const SHORT_LINES = 4
const SHORT_LENGTH = 320

type Rows = { rows: readonly TriedRow[]; where: (target: string | null) => string; fold?: number; className?: string }

/** What was tried, in the order given; from `fold` rows on, the rest is folded by outcome. */
export function LedgerRows({ rows, where, fold = Infinity, className }: Rows) {
  const rest = rows.slice(fold)
  return (
    <div className={className}>
      <ol className="divide-y">
        {rows.slice(0, fold).map((row) => (
          <li key={row.step_id} id={`row-${row.step_id}`} tabIndex={-1} className="py-2 focus:bg-accent-dim focus:outline-hidden">
            <TriedLine row={row} where={where} foldsCommand />
          </li>
        ))}
      </ol>
      {ORDER.map((outcome) => {
        const folded = rest.filter((row) => (row.outcome ?? "open") === outcome)
        return folded.length > 0 && <Folded key={outcome} outcome={outcome} rows={folded} where={where} />
      })}
    </div>
  )
}

function Folded({ outcome, rows, where }: Rows & { outcome: Outcome | "open" }) {
  const { icon, word } = OUTCOMES[outcome]
  return (
    <details className="group border-t">
      <summary className="flex items-center gap-2 rounded-small py-2 text-ink-dim select-none hover:text-ink">
        <Icon name="chevronRight" className="transition-transform duration-100 group-open:rotate-90" />
        <Icon name={icon} /> {rows.length} more {word.toLowerCase()}
      </summary>
      <LedgerRows rows={rows} where={where} className="pl-6" />
    </details>
  )
}

type Line = {
  row: TriedRow
  where: (target: string | null) => string
  badges?: ReactNode
  actions?: ReactNode
  /** Commands unfold, so that a whole case stands on one screen. */
  foldsCommand?: boolean
}

/** One thing that was tried: what and where, by whom and when, its outcome in a word, what was seen. */
export function TriedLine({ row, where, badges, actions, foldsCommand = false }: Line) {
  const command = row.command !== null && <CommandBlock command={row.command} where={where(row.target)} className="mt-1" />
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-0.5">
      <Headline
        byline={
          <>
            <Byline who={row.author_name} at={row.at} badges={badges} actions={actions} />
            <OutcomeBadge outcome={row.outcome} />
          </>
        }
      >
        <span className="font-medium">{row.what}</span>
        {row.target !== null && <span className="text-ink-dim"> on {row.target}</span>}
      </Headline>
      {row.expected !== null && <Labelled label="Expected" text={row.expected} />}
      {row.observed !== null && row.observed.trim() !== "" && <Labelled label="Seen" text={row.observed} />}
      {command && foldsCommand ? (
        <details>
          <summary className="w-fit rounded-small text-small text-ink-dim hover:text-ink">Command</summary>
          {command}
        </details>
      ) : (
        command
      )}
    </div>
  )
}

/** What was said, and at the end of its line, or under it where there is no room, by whom and what became of it. */
export function Headline({ children, byline }: { children: ReactNode; byline: ReactNode }) {
  return (
    <div className="flex min-w-0 grow flex-wrap items-start justify-end gap-x-3 gap-y-1">
      <p className="min-w-0 grow basis-60 [overflow-wrap:anywhere] whitespace-pre-line">{children}</p>
      <span className="flex shrink-0 items-center gap-3 max-sm:w-full max-sm:flex-row-reverse max-sm:justify-end">{byline}</span>
    </div>
  )
}

/** Who and when, small, with what can be done about it. */
export function Byline({ who, at, badges, actions }: { who: string | null; at: string; badges?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="flex h-5 items-center gap-x-2 text-small whitespace-nowrap text-ink-faint">
      {actions}
      {badges}
      <span>
        {who ?? "ResolutionFlow"} ·{" "}
        <time dateTime={at} title={fullTime(at)}>
          {clockTime(at, now())}
        </time>
      </span>
    </div>
  )
}

/** A short text runs on; output of a command keeps its lines and is folded when it is long. */
function Labelled({ label, text }: { label: string; text: string }) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const isOutput = text.includes("\n")
  const isLong = text.length > SHORT_LENGTH || text.split("\n").length > SHORT_LINES
  return (
    <div className={cx("text-ink-dim", isOutput && "grid gap-1")}>
      <span className="text-small text-ink-faint">{label} </span>
      <span id={id} className={cx("[overflow-wrap:anywhere] whitespace-pre-wrap", isOutput && "rounded-small bg-sunken px-2 py-1 font-mono text-[13px]", isLong && !open && "line-clamp-4")}>
        {text}
      </span>
      {isLong && (
        <button type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)} className="justify-self-start rounded-small text-small text-accent hover:underline">
          {open ? "Show less" : "Show all"}
        </button>
      )}
    </div>
  )
}
