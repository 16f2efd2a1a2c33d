import { lazy, Suspense, useState, type ReactNode } from "react"
import { sentenceOf } from "@/lib/api/problem"
import type { NewStep, Outcome, Step } from "@/lib/api/types"
import { useKeys } from "@/lib/keys"
import { Button, CommandBlock, Icon, Notice, OUTCOMES, TextArea } from "@/ui"
import { useAddStep } from "./actions"
import { isSubmit } from "./Composer"
import { useDraft } from "./drafts"
import { authorOf } from "./ledger"
import { OUTCOME_CHOICES } from "./OutcomeChoice"

const Markdown = lazy(() => import("./Markdown").then((module) => ({ default: module.Markdown })))

type Props = {
  step: Step
  may: boolean
  /** Digits choose for this one. */
  isNext: boolean
  sessionId: string
  personId: string
  onAct: () => void
}

/** A question: one of its answers, or one's own words. */
export function QuestionTask({ step, may, isNext, ...names }: Props) {
  const reply = useReply(step, names)
  const answer = (content: string) => {
    if (content.trim() !== "" && reply.sending === null) reply.send({ kind: "answer", reply_to: step.id, content }, content)
  }
  const own = () => answer(reply.text)
  useChoices(step.options, answer, may && isNext)
  return (
    <Item step={step} icon="question" isNext={isNext} failure={reply.failure}>
      {step.detail !== null && <p className="text-small text-ink-dim">{step.detail}</p>}
      {may && (
        <>
          {step.options.length > 0 && (
            <div role="group" aria-label="Answers" className="flex flex-wrap gap-1.5">
              {step.options.map((option, index) => (
                <Button key={option} size="small" className="!h-auto min-h-7 max-w-full py-0.5 text-left pointer-coarse:min-h-9" {...keyOf(isNext, index)} pending={reply.sending === option} disabled={reply.sending !== null} onClick={() => answer(option)}>
                  <span className="[overflow-wrap:anywhere] whitespace-normal">{option}</span>
                </Button>
              ))}
            </div>
          )}
          <div className="flex items-end gap-2">
            <TextArea
              label="Answer"
              bare
              rows={1}
              className="grow"
              placeholder={step.options.length > 0 ? "Or in your own words" : "Answer"}
              value={reply.text}
              onChange={(event) => reply.write(event.target.value)}
              onKeyDown={(event) => {
                if (!isSubmit(event)) return
                event.preventDefault()
                own()
              }}
            />
            {(step.options.length === 0 || reply.text.trim() !== "") && (
              <Button size="small" className="mb-0.5" disabled={reply.text.trim() === ""} pending={reply.sending !== null && reply.sending === reply.text} onClick={own}>
                Answer
              </Button>
            )}
          </div>
        </>
      )}
    </Item>
  )
}

/** Something to do: how, with which command and where, and how it went. */
export function ActionTask({ step, where, may, isNext, ...names }: Props & { where: (target: string | null) => string }) {
  const reply = useReply(step, names)
  const report = (outcome: Outcome) => {
    if (reply.sending === null) reply.send({ kind: "action_result", reply_to: step.id, outcome, ...(reply.text.trim() === "" ? {} : { observed: reply.text }) }, outcome)
  }
  useChoices(
    OUTCOME_CHOICES.map((outcome) => OUTCOMES[outcome].word),
    (_, index) => {
      const outcome = OUTCOME_CHOICES[index]
      if (outcome) report(outcome)
    },
    may && isNext,
  )
  return (
    <Item step={step} icon="help" isNext={isNext} failure={reply.failure}>
      {step.detail !== null && (
        <details open={isNext} className="group text-small text-ink-dim">
          <summary className="w-fit rounded-small hover:text-ink">How and why</summary>
          <div className="mt-1">
            <Suspense fallback={<p className="whitespace-pre-line">{step.detail}</p>}>
              <Markdown text={step.detail} where={where(step.target)} isForeign />
            </Suspense>
          </div>
        </details>
      )}
      {step.command !== null && <CommandBlock command={step.command} where={where(step.target)} />}
      {step.expected !== null && (
        <p className="text-small text-ink-dim">
          <span className="text-ink-faint">Worked means: </span>
          {step.expected}
        </p>
      )}
      {may && (
        <>
          <TextArea label="What was seen" bare rows={1} placeholder="What was seen (optional)" value={reply.text} onChange={(event) => reply.write(event.target.value)} />
          <div role="group" aria-label="How it went" className="flex flex-wrap gap-1.5">
            {OUTCOME_CHOICES.map((outcome, index) => (
              <Button
                key={outcome}
                size="small"
                icon={<Icon name={OUTCOMES[outcome].icon} />}
                {...keyOf(isNext, index)}
                pending={reply.sending === outcome}
                disabled={reply.sending !== null}
                onClick={() => report(outcome)}
              >
                {outcome === "skipped" ? "Skip" : OUTCOMES[outcome].word}
              </Button>
            ))}
          </div>
        </>
      )}
    </Item>
  )
}

const keyOf = (isNext: boolean, index: number): { keys?: string } => (isNext && index < 9 ? { keys: String(index + 1) } : {})

function useChoices(choices: readonly string[], choose: (choice: string, index: number) => void, enabled: boolean): void {
  useKeys(
    "To do",
    choices.slice(0, 9).map((choice, index) => ({ keys: String(index + 1), label: choice, run: () => choose(choice, index), enabled })),
  )
}

function Item({ step, icon, isNext, failure, children }: { step: Step; icon: "question" | "help"; isNext: boolean; failure: unknown; children: ReactNode }) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-2 px-4 py-3" data-next={isNext || undefined}>
      <p className="flex items-start gap-2 [overflow-wrap:anywhere] whitespace-pre-line">
        <Icon name={icon} className="mt-0.5 text-accent" />
        <span className="min-w-0">
          <span className="font-medium">{step.content}</span>
          {step.target !== null && <span className="text-ink-dim"> on {step.target}</span>}
          {step.author_type !== "assistant" && <span className="block text-small text-ink-faint">{step.kind === "advice" ? `${step.author_name ?? "A colleague"} advises this` : authorOf(step)}</span>}
        </span>
      </p>
      {failure !== null && (
        <Notice tone="red" role="alert">
          Not saved. {sentenceOf(failure)}
        </Notice>
      )}
      <div role="group" aria-label={step.content ?? ""} className="grid grid-cols-[minmax(0,1fr)] gap-2 empty:hidden">
        {children}
      </div>
    </li>
  )
}

/** What one writes about a task, kept until it is sent. */
function useReply(step: Step, { sessionId, personId, onAct }: Pick<Props, "sessionId" | "personId" | "onAct">) {
  const [text, write] = useDraft(`${personId}.${sessionId}.${step.id}`, "")
  const [sending, setSending] = useState<string | null>(null)
  const add = useAddStep(sessionId)
  const send = (reply: NewStep, choice: string) => {
    setSending(choice)
    onAct()
    add.mutate(reply, { onSuccess: () => write(""), onSettled: () => setSending(null) })
  }
  return { text, write, send, sending, failure: add.error }
}
