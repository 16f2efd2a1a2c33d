import { useState, type ReactNode } from "react"
import { sentenceOf } from "@/lib/api/problem"
import type { NewStep, Outcome, Step } from "@/lib/api/types"
import { Button, Card, CommandBlock, Icon, Notice, OUTCOMES, TextArea } from "@/ui"
import { useAddStep } from "./actions"
import { isSubmit } from "./Composer"
import { useDraft } from "./drafts"
import { OUTCOME_CHOICES } from "./OutcomeChoice"

type Lane = {
  sessionId: string
  personId: string
  questions: readonly Step[]
  actions: readonly Step[]
  where: (target: string | null) => string
  mayAnswer: boolean
  mayReport: boolean
}

/** What is still to answer and to do. */
export function TaskLane({ questions, actions, where, mayAnswer, mayReport, ...names }: Lane) {
  if (questions.length + actions.length === 0) return null
  return (
    <Card as="section" aria-labelledby="lane-title" className="p-0">
      <h2 id="lane-title" className="flex items-center justify-between border-b px-4 py-2 text-small font-medium text-ink-dim">
        To do <span className="tabular-nums">{questions.length + actions.length}</span>
      </h2>
      <ul className="divide-y">
        {questions.map((question) => (
          <Question key={question.id} step={question} may={mayAnswer} {...names} />
        ))}
        {actions.map((action) => (
          <Action key={action.id} step={action} where={where} may={mayReport} {...names} />
        ))}
      </ul>
    </Card>
  )
}

type Task = { step: Step; may: boolean; sessionId: string; personId: string }

function Question({ step, may, ...names }: Task) {
  const reply = useReply(step, names)
  const answer = () => {
    if (reply.text.trim() !== "") reply.send({ kind: "answer", reply_to: step.id, content: reply.text })
  }
  return (
    <Item step={step} icon="question" failure={reply.failure}>
      {may && (
        <>
          <TextArea label="Answer" bare rows={1} placeholder="Answer" value={reply.text} onChange={(event) => reply.write(event.target.value)} onKeyDown={(event) => isSubmit(event) && answer()} />
          <Button size="small" className="justify-self-end" disabled={reply.text.trim() === ""} pending={reply.sending !== null} onClick={answer}>
            Answer
          </Button>
        </>
      )}
    </Item>
  )
}

function Action({ step, where, may, ...names }: Task & { where: (target: string | null) => string }) {
  const reply = useReply(step, names)
  const report = (outcome: Outcome) => reply.send({ kind: "action_result", reply_to: step.id, outcome, ...(reply.text.trim() === "" ? {} : { observed: reply.text }) }, outcome)
  return (
    <Item step={step} icon="help" failure={reply.failure}>
      {step.command !== null && <CommandBlock command={step.command} where={where(step.target)} />}
      {may && (
        <>
          <TextArea label="What was seen" bare rows={1} placeholder="What was seen (optional)" value={reply.text} onChange={(event) => reply.write(event.target.value)} />
          <div role="group" aria-label="How it went" className="flex flex-wrap gap-1.5">
            {OUTCOME_CHOICES.map((outcome) => (
              <Button
                key={outcome}
                size="small"
                icon={<Icon name={OUTCOMES[outcome].icon} />}
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

function Item({ step, icon, failure, children }: { step: Step; icon: "question" | "help"; failure: unknown; children: ReactNode }) {
  return (
    <li className="grid gap-2 px-4 py-3">
      <p className="flex items-start gap-2 [overflow-wrap:anywhere] whitespace-pre-line">
        <Icon name={icon} className="mt-0.5 text-accent" />
        <span className="min-w-0">
          {step.content}
          {step.target !== null && <span className="text-ink-dim"> on {step.target}</span>}
          <span className="block text-small text-ink-faint">{step.kind === "advice" ? `${step.author_name ?? "A colleague"} advises this` : (step.author_name ?? "Suggested")}</span>
        </span>
      </p>
      {failure !== null && (
        <Notice tone="red" role="alert">
          Not saved. {sentenceOf(failure)}
        </Notice>
      )}
      <div role="group" aria-label={step.content ?? ""} className="grid gap-2 empty:hidden">
        {children}
      </div>
    </li>
  )
}

/** What one writes about a task, kept until it is sent. */
function useReply(step: Step, { sessionId, personId }: { sessionId: string; personId: string }) {
  const [text, write] = useDraft(`${personId}.${sessionId}.${step.id}`, "")
  const [sending, setSending] = useState<string | null>(null)
  const add = useAddStep(sessionId)
  const send = (reply: NewStep, name = "answer") => {
    setSending(name)
    add.mutate(reply, { onSuccess: () => write(""), onSettled: () => setSending(null) })
  }
  return { text, write, send, sending, failure: add.error }
}
