import { memo, type ReactNode } from "react"
import { Badge, Button, cx, Icon, OutcomeBadge, type IconName } from "@/ui"
import { authorOf, type Entry, type FactEntry, type TriedEntry } from "./ledger"
import { Byline, Headline, TriedLine } from "./LedgerRows"
import { Reply, UnderReply } from "./Message"

export type Correctable = TriedEntry | FactEntry

type Props = {
  entry: Entry
  where: (target: string | null) => string
  /** Written by somebody else while this page was open. */
  isNew: boolean
  onCorrect: ((entry: Correctable) => void) | null
}

const anchorOf = (stepId: string): string => `step-${stepId}`

/** Brings an entry into view and puts focus on it. */
export function goToEntry(stepId: string): void {
  const row = document.getElementById(anchorOf(stepId))
  row?.scrollIntoView({ block: "center" })
  row?.focus({ preventScroll: true })
}

/** One step of the session; what was corrected later gives way to a line that leads to its correction. */
export const EntryRow = memo(function EntryRow({ entry, where, isNew, onCorrect }: Props) {
  const { step, correctedBy } = entry
  return (
    <li
      id={anchorOf(step.id)}
      tabIndex={-1}
      className={cx("scroll-mt-32 px-4 py-2.5 focus:bg-accent-dim focus:outline-hidden", isNew && "animate-arrive border-l-2 !border-l-accent", entry.is === "proposal" && entry.outcome === null && "bg-accent-dim/50")}
    >
      {correctedBy ? <Corrected text={shortOf(entry)} by={correctedBy.author_name} correction={correctedBy.id} /> : <Body entry={entry} where={where} isNew={isNew} onCorrect={onCorrect} />}
    </li>
  )
})

function Body({ entry, where, isNew, onCorrect }: Props) {
  const { step } = entry
  const badges = (
    <>
      {isNew && <Badge tone="accent">New</Badge>}
      {step.amends !== null && <Badge>Correction</Badge>}
      {step.after_pickup && <Badge tone="amber">After pickup</Badge>}
    </>
  )
  const correct = (correctable: Correctable) =>
    onCorrect && (
      <Button size="small" variant="quiet" className="-my-1.5 opacity-0 group-hover/ledger:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100" aria-label={`Correct: ${shortOf(correctable)}`} onClick={() => onCorrect(correctable)}>
        Correct
      </Button>
    )
  const byline = (actions?: ReactNode) => <Byline who={authorOf(step)} at={step.created_at} badges={badges} actions={actions} />
  const isAsked = step.turn_id !== null
  switch (entry.is) {
    case "tried":
      return <TriedLine row={entry.row} where={where} badges={badges} actions={correct(entry)} />
    case "fact":
      return (
        <Said icon="pin" what="Fact" byline={byline(correct(entry))}>
          <span className="text-ink-dim">{entry.name}:</span> <span className="font-medium">{entry.value}</span>
        </Said>
      )
    case "proposal":
      return (
        <Said icon="help" what={step.kind === "advice" ? "Advice" : "To do"} byline={!isAsked && byline()} badge={<OutcomeBadge outcome={entry.outcome} />}>
          <span className="font-medium">{step.content}</span>
        </Said>
      )
    case "question":
      return (
        <Said icon="question" what="Question" byline={isAsked ? entry.answer && <Byline who={authorOf(entry.answer)} at={entry.answer.created_at} badges={badges} /> : byline()} badge={<QuestionBadge isAsked={isAsked} isAnswered={entry.answer !== null} />}>
          <span className={isAsked && entry.answer ? "text-ink-dim" : "font-medium"}>{step.content}</span>
          {isAsked && entry.answer && <span className="font-medium"> {entry.answer.content}</span>}
        </Said>
      )
    case "answer":
      return (
        <Said icon="check" what="Answer" byline={byline()}>
          {entry.question !== null && <span className="text-ink-dim">{entry.question} </span>}
          <span className="font-medium">{step.content}</span>
        </Said>
      )
    case "reply":
      return (
        <div className="flex items-start gap-2">
          <Icon name="assistant" className="mt-0.5 text-accent" />
          <div className="flex min-w-0 grow flex-wrap justify-end gap-x-3 gap-y-1">
            <div className="min-w-0 grow basis-60">
              <span className="sr-only">Reply: </span>
              <Reply text={step.content ?? ""} where={where(null)} />
              <UnderReply step={step} />
            </div>
            <span className="max-sm:w-full">{byline()}</span>
          </div>
        </div>
      )
    case "said":
      return (
        <Said icon={step.kind === "message" ? "person" : "menu"} what={SAID[step.kind] ?? "Note"} byline={byline()}>
          <span className={cx(step.kind === "message" && "block max-w-[680px]")}>{step.content ?? step.observed}</span>
        </Said>
      )
  }
}

function QuestionBadge({ isAsked, isAnswered }: { isAsked: boolean; isAnswered: boolean }) {
  if (!isAnswered) return <Badge icon="question">Open</Badge>
  return !isAsked && <Badge icon="check">Answered</Badge>
}

const SAID: Partial<Record<Entry["step"]["kind"], string>> = { note: "Note", message: "Message", system: "Event" }

function Said({ icon, what, badge, byline, children }: { icon: IconName; what: string; badge?: ReactNode; byline: ReactNode; children: ReactNode }) {
  return (
    <div className="flex items-start gap-2">
      <Icon name={icon} className="mt-0.5 text-ink-faint" />
      <Headline
        byline={
          <>
            {byline}
            {badge}
          </>
        }
      >
        <span className="sr-only">{what}: </span>
        {children}
      </Headline>
    </div>
  )
}

function Corrected({ text, by, correction }: { text: string; by: string | null; correction: string }) {
  return (
    <p className="flex items-baseline gap-2 text-small text-ink-faint">
      <del className="min-w-0 truncate">{text}</del>
      <button type="button" onClick={() => goToEntry(correction)} className="shrink-0 rounded-small text-accent hover:underline">
        Corrected{by !== null && ` by ${by}`}
      </button>
    </p>
  )
}

/** The entry in a few words. */
function shortOf(entry: Entry): string {
  if (entry.is === "tried") return entry.row.what
  if (entry.is === "fact") return `${entry.name}: ${entry.value}`
  return entry.step.content ?? ""
}
