import { useId } from "react"
import { useMe } from "@/features/accounts/me"
import { isSubmit } from "@/features/sessions/Composer"
import { useDraft } from "@/features/sessions/drafts"
import { announce } from "@/lib/announce"
import { sentenceOf } from "@/lib/api/problem"
import type { Handoff, HandoffQuestion } from "@/lib/api/types"
import { useKeys } from "@/lib/keys"
import { Button, Card, Icon, Notice, RelativeTime, TextArea } from "@/ui"
import { useAnswer, useAskBack } from "./actions"

/** What was asked back before anybody picked it up, with the answers as they come. `waitsFor`: whose answer may still come. */
export function Questions({ questions, waitsFor }: { questions: readonly HandoffQuestion[]; waitsFor: string | null }) {
  const title = useId()
  if (questions.length === 0) return null
  return (
    <Card as="section" aria-labelledby={title} className="!p-0">
      <h2 id={title} className="border-b px-4 py-2 text-small font-medium text-ink-dim">
        Asked back
      </h2>
      <ul className="divide-y">
        {questions.map((question) => (
          <li key={question.id} className="grid gap-0.5 px-4 py-2.5 [overflow-wrap:anywhere]">
            <p className="flex items-start gap-2">
              <Icon name="question" className="mt-0.5 text-ink-faint" />
              <span className="min-w-0 whitespace-pre-line">
                {question.content}{" "}
                <span className="text-small text-ink-faint">
                  {question.asked_by_name} · <RelativeTime at={question.asked_at} ago />
                </span>
              </span>
            </p>
            <p role="status" className="pl-6">
              {question.answer === null ? <span className="text-ink-dim">{waitsFor === null ? "Not answered." : `Waits for ${waitsFor} answer.`}</span> : <span className="font-medium whitespace-pre-line">{question.answer}</span>}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  )
}

type Asking = { sessionId: string; handoffId: string; name: string; disabled: boolean; onDone: () => void }

/** One line to whoever escalated; the case stays in the queue meanwhile. */
export function AskField({ sessionId, handoffId, name, disabled, onDone }: Asking) {
  const { user } = useMe()
  const [question, change] = useDraft(`${user.id}.${handoffId}.question`, "")
  const ask = useAskBack(sessionId)
  const isReady = question.trim() !== "" && !disabled && !ask.isPending
  const send = () => {
    if (!isReady) return
    ask.mutate(
      { handoffId, content: question },
      {
        onSuccess: () => {
          change("")
          onDone()
          announce(`${name} was asked.`)
        },
      },
    )
  }
  useKeys("Question", [{ keys: "Escape", label: "Leave the question", run: onDone }])
  return (
    <div className="grid gap-2" onKeyDown={(event) => isSubmit(event) && send()}>
      {ask.error && (
        <Notice tone="red" role="alert">
          Not asked. {sentenceOf(ask.error)} What you typed is still here.
        </Notice>
      )}
      <TextArea label={`Ask ${name}`} hint={`${name} sees it at once; the answer appears here. Nothing is picked up by asking.`} autoFocus rows={1} maxLength={20_000} value={question} onChange={(event) => change(event.target.value)} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button variant="quiet" disabled={ask.isPending} onClick={onDone}>
          Not now
        </Button>
        <Button variant="primary" keys="mod+Enter" pending={ask.isPending} disabled={!isReady && !ask.isPending} onClick={send}>
          Ask
        </Button>
      </div>
    </div>
  )
}

/** On the escalator's own session: what seniors want to know, answered in place. */
export function QuestionsForYou({ handoff, myId }: { handoff: Handoff; myId: string }) {
  if (handoff.handed_off_by !== myId || (handoff.status !== "open" && handoff.status !== "claimed")) return null
  return handoff.questions.filter(({ answer }) => answer === null).map((question) => <Answering key={question.id} handoff={handoff} question={question} />)
}

function Answering({ handoff, question }: { handoff: Handoff; question: HandoffQuestion }) {
  const { user } = useMe()
  const [text, change] = useDraft(`${user.id}.${question.id}.answer`, "")
  const answer = useAnswer(handoff.session_id)
  const leave = () => {
    change("")
    announce(`${question.asked_by_name} has your answer.`)
    document.getElementById("main")?.focus({ preventScroll: true })
  }
  const send = () => {
    if (text.trim() !== "" && !answer.isPending) answer.mutate({ handoffId: handoff.id, questionId: question.id, content: text }, { onSuccess: leave })
  }
  return (
    <section aria-label={`${question.asked_by_name} asks`} className="mb-4 grid gap-2 rounded border border-accent/30 bg-accent-dim px-3 py-2.5" onKeyDown={(event) => isSubmit(event) && send()}>
      <p className="flex items-start gap-2 [overflow-wrap:anywhere]">
        <Icon name="question" className="mt-0.5 text-accent" />
        <span className="min-w-0 whitespace-pre-line">
          <span className="font-medium">{question.asked_by_name} asks</span> · <RelativeTime at={question.asked_at} ago />: {question.content}
        </span>
      </p>
      {answer.error && (
        <Notice tone="red" role="alert">
          Not sent. {sentenceOf(answer.error)} What you typed is still here.
        </Notice>
      )}
      <div className="flex items-end gap-2">
        <TextArea label={`Answer to ${question.asked_by_name}`} bare rows={1} className="grow" placeholder="Your answer" maxLength={20_000} value={text} onChange={(event) => change(event.target.value)} />
        <Button size="small" variant="primary" className="mb-0.5" disabled={text.trim() === ""} pending={answer.isPending} onClick={send}>
          Answer
        </Button>
      </div>
    </section>
  )
}
