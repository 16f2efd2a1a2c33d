import { useId, type ReactNode } from "react"
import { Card, Icon, type IconName } from "@/ui"
import { AssessmentPart } from "./AssessmentPart"
import type { Answered, Case } from "./case"

/** What an assistant makes of it, what is left to do, and what is known. */
export function ContextAside({ theCase, answers, mayTake }: { theCase: Case; answers: readonly Answered[]; mayTake: boolean }) {
  const { facts, questions, actions, by } = theCase
  const isAssessed = theCase.intent === "escalate" && theCase.handoffId !== null
  return (
    <div className="grid min-w-0 gap-4">
      {isAssessed && <AssessmentPart theCase={theCase} answers={answers} mayTake={mayTake} />}
      {questions.length + actions.length > 0 && (
        <Part title={`${by.name}'s list`}>
          <ul className="grid gap-2">
            {questions.map((text) => (
              <Open key={text} icon="question" word="Question" text={text} />
            ))}
            {actions.map((text) => (
              <Open key={text} icon="circle" word="To do" text={text} />
            ))}
          </ul>
        </Part>
      )}
      {facts.length > 0 && (
        <Part title="Facts">
          <dl className="grid grid-cols-[minmax(0,auto)_minmax(0,1fr)] gap-x-3 gap-y-1">
            {facts.map(({ name, value, step_id }) => (
              <div key={step_id} id={`row-${step_id}`} tabIndex={-1} className="col-span-full grid grid-cols-subgrid focus:bg-accent-dim focus:outline-hidden">
                <dt className="text-ink-dim [overflow-wrap:anywhere]">{name}</dt>
                <dd className="[overflow-wrap:anywhere] whitespace-pre-line">{value}</dd>
              </div>
            ))}
          </dl>
        </Part>
      )}
    </div>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <Card as="section" aria-labelledby={id}>
      <h2 id={id} className="mb-2 text-small font-medium text-ink-dim">
        {title}
      </h2>
      {children}
    </Card>
  )
}

function Open({ icon, word, text }: { icon: IconName; word: string; text: string }) {
  return (
    <li className="flex gap-2">
      <Icon name={icon} className="mt-0.5 text-ink-faint" />
      <span className="sr-only">{word}: </span>
      <span className="min-w-0 [overflow-wrap:anywhere] whitespace-pre-line">{text}</span>
    </li>
  )
}
