import { useRef } from "react"
import type { Step } from "@/lib/api/types"
import { useKeys } from "@/lib/keys"
import { Card } from "@/ui"
import { ActionTask, QuestionTask } from "./Task"

type Lane = {
  sessionId: string
  personId: string
  questions: readonly Step[]
  actions: readonly Step[]
  where: (target: string | null) => string
  mayAnswer: boolean
  mayReport: boolean
  /** Something of it is answered or done. */
  onAct: () => void
}

/** What is still to answer and to do. The first is the next: digits choose for it, and `l` leads to it. */
export function TaskLane({ questions, actions, where, mayAnswer, mayReport, ...names }: Lane) {
  const lane = useRef<HTMLUListElement>(null)
  const next = (mayAnswer && questions[0]?.id) || (mayReport && actions[0]?.id) || null
  useKeys("Session", [{ keys: "l", label: "To do: the next one", run: () => lane.current?.querySelector<HTMLElement>("[data-next] :is(button, textarea)")?.focus(), enabled: next !== null }])
  if (questions.length + actions.length === 0) return null
  return (
    <Card as="section" aria-labelledby="lane-title" className="p-0">
      <h2 id="lane-title" className="flex items-center justify-between border-b px-4 py-2 text-small font-medium text-ink-dim">
        To do <span className="tabular-nums">{questions.length + actions.length}</span>
      </h2>
      <ul ref={lane} className="divide-y">
        {questions.map((question) => (
          <QuestionTask key={question.id} step={question} may={mayAnswer} isNext={question.id === next} {...names} />
        ))}
        {actions.map((action) => (
          <ActionTask key={action.id} step={action} where={where} may={mayReport} isNext={action.id === next} {...names} />
        ))}
      </ul>
    </Card>
  )
}
