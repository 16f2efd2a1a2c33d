import { useId } from "react"
import { Card } from "@/ui"
import type { Answered } from "./case"

/** What was asked and what the answer was, before it was sent. */
export function Answers({ answers }: { answers: readonly Answered[] }) {
  const title = useId()
  if (answers.length === 0) return null
  return (
    <Card as="section" aria-labelledby={title} className="!p-0">
      <h2 id={title} className="border-b px-4 py-2 text-small font-medium text-ink-dim">
        Asked and answered
      </h2>
      <ul className="divide-y px-4">
        {answers.map(({ stepId, question, answer }) => (
          <li key={stepId} id={`row-${stepId}`} tabIndex={-1} className="py-2 [overflow-wrap:anywhere] focus:bg-accent-dim focus:outline-hidden">
            <span className="text-ink-dim">{question}</span> <span className="font-medium">{answer}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
