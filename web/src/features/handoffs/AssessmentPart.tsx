import { useId, type ReactNode } from "react"
import { useMe } from "@/features/accounts/me"
import { whereOf } from "@/features/sessions/about"
import { EMPTY_DRAFT, EMPTY_TRIED } from "@/features/sessions/composer"
import { useDraft } from "@/features/sessions/drafts"
import type { Handoff } from "@/lib/api/types"
import { Badge, Button, Card, CommandBlock, Icon, Loading } from "@/ui"
import type { Answered, Case } from "./case"

type Rows = { theCase: Case; answers: readonly Answered[] }
type Props = Rows & { mayTake: boolean }
type Assessment = NonNullable<Handoff["ai_assessment_data"]>
type Suggested = Assessment["suggested_steps"][number]

const WRITER = { playbook: "Built-in assistant", model: "Model" } as const
const CONFIDENCE = { low: "Low confidence", medium: "Medium confidence", high: "High confidence" } as const

/** What an assistant makes of the case, with the rows it rests on; or honestly that there is nothing (yet). */
export function AssessmentPart({ theCase, answers, mayTake }: Props) {
  const id = useId()
  const { status, source, data, notice } = theCase.assessment
  return (
    <Card as="section" aria-labelledby={id} className="p-0">
      <h2 id={id} className="flex min-h-9 flex-wrap items-center justify-between gap-x-2 border-b px-4 py-1.5 text-small font-medium text-ink-dim">
        Assessment
        <span role="status" className="flex items-center gap-1 font-normal">
          {source !== null && (
            <>
              <Icon name="assistant" className="size-3.5" /> <span className="sr-only">Written by: </span>
              {WRITER[source]}
            </>
          )}
        </span>
      </h2>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3 px-4 py-3">
        {status === "pending" && <Loading what="The assistant reads the case; this fills in by itself" className="min-h-5" />}
        {status === "unavailable" && <p className="text-ink-dim">No assessment: no entry of this case speaks for a cause. Read what was tried.</p>}
        {status === "ready" && data && <Assessed assessment={data} theCase={theCase} answers={answers} mayTake={mayTake} />}
        {notice !== null && <p className="text-small text-ink-dim">{notice}</p>}
      </div>
    </Card>
  )
}

function Assessed({ assessment, mayTake, ...rows }: Props & { assessment: Assessment }) {
  const { likely_cause: cause, confidence, claims, evidence, suggested_steps: steps, dropped } = assessment
  const hypotheses = claims.filter(({ kind }) => kind === "hypothesis")
  return (
    <>
      <div className="grid gap-1">
        <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1 [overflow-wrap:anywhere]">
          <span className="font-semibold">{cause ?? "No cause stands out so far"}</span>
          <Badge tone={confidence === "high" ? "green" : confidence === "medium" ? "accent" : "neutral"}>{CONFIDENCE[confidence]}</Badge>
        </p>
        {hypotheses.length === 0 && <Rests word="Rests on" ids={evidence} {...rows} />}
        {hypotheses.map((claim) => (
          <div key={claim.text} className="grid gap-0.5 text-small text-ink-dim">
            <p className="[overflow-wrap:anywhere]">{cause === null ? `One possibility: ${claim.text}` : withoutStart(claim.text, cause)}</p>
            <Rests word="Speaks for it" ids={claim.evidence} {...rows} />
            <Rests word="Speaks against it" ids={claim.against} {...rows} />
          </div>
        ))}
      </div>
      {steps.length > 0 && (
        <div className="grid gap-1.5">
          <h3 className="text-small font-medium text-ink-dim">Suggested next</h3>
          {steps.map((step) => (
            <Suggestion key={step.title} step={step} mayTake={mayTake} {...rows} />
          ))}
        </div>
      )}
      {dropped > 0 && <p className="text-small text-ink-faint">{dropped === 1 ? "1 statement was left out: no entry bears it out." : `${dropped} statements were left out: no entry bears them out.`}</p>}
    </>
  )
}

/** A chip that opens: how, with which command, why; and takes the step along into the session. */
function Suggestion({ step, theCase, answers, mayTake }: Props & { step: Suggested }) {
  const { user } = useMe()
  const [{ tried }, change] = useDraft(`${user.id}.${theCase.sessionId}`, EMPTY_DRAFT)
  const isTaken = tried.what === step.title
  const take = () => change((now) => ({ ...now, mode: "tried", correction: null, tried: { ...EMPTY_TRIED, what: step.title, command: step.command ?? "" } }))
  return (
    <details className="group rounded border">
      <summary className="flex min-h-7 items-center gap-1.5 rounded px-2 py-1 font-medium [overflow-wrap:anywhere] select-none hover:bg-sunken pointer-coarse:min-h-10">
        <Icon name="chevronRight" className="transition-transform duration-100 group-open:rotate-90" />
        <span className="min-w-0">{step.title}</span>
      </summary>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-2 px-3 pt-1 pb-2.5">
        {step.repeats !== null && <p className="text-small text-amber">{step.repeats}</p>}
        {step.detail !== null && <p className="[overflow-wrap:anywhere] whitespace-pre-line text-ink-dim">{step.detail}</p>}
        {step.command !== null && <CommandBlock command={step.command} where={whereOf(theCase.problem)} />}
        <Rests word="Why" ids={step.evidence} theCase={theCase} answers={answers} />
        {mayTake && (
          <Button size="small" className="justify-self-start" icon={<Icon name={isTaken ? "check" : "plus"} />} disabled={isTaken} onClick={take}>
            {isTaken ? "Stands in the message bar" : tried.what.trim() === "" ? "Take it along" : "Take it along instead"}
          </Button>
        )}
      </div>
    </details>
  )
}

/** Links to the rows something rests on; a row that is not on this screen is left out. */
function Rests({ word, ids, ...known }: Rows & { word: string; ids: readonly string[] }) {
  const rows: { id: string; words: string }[] = ids.flatMap((id) => {
    const words = wordsOf(id, known)
    return words === null ? [] : [{ id, words }]
  })
  if (rows.length === 0) return null
  return (
    <p className="text-small [overflow-wrap:anywhere] text-ink-dim">
      {word}:{" "}
      {rows.map(({ id, words }, index): ReactNode => (
        <span key={id}>
          {index > 0 && " · "}
          <button type="button" onClick={() => goToRow(id)} className="rounded-small text-left text-accent underline underline-offset-2">
            {words}
          </button>
        </span>
      ))}
    </p>
  )
}

function wordsOf(stepId: string, { theCase: { tried, facts }, answers }: Rows): string | null {
  const row = tried.find((each) => each.step_id === stepId)
  if (row) return row.what
  const fact = facts.find((each) => each.step_id === stepId)
  if (fact) return `${fact.name}: ${fact.value}`
  return answers.find((each) => each.stepId === stepId)?.answer ?? null
}

/** Brings a row into view, out of whatever is folded over it. */
function goToRow(stepId: string): void {
  const row = document.getElementById(`row-${stepId}`)
  for (let fold = row?.closest("details"); fold; fold = fold.parentElement?.closest("details")) fold.open = true
  row?.scrollIntoView({ block: "center" })
  row?.focus({ preventScroll: true })
}

const withoutStart = (text: string, start: string): string => (text.startsWith(`${start}. `) ? text.slice(start.length + 2) : text)
