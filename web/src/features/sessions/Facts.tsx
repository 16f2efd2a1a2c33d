import { Button, Card } from "@/ui"
import type { Correctable } from "./EntryRow"
import type { FactEntry } from "./ledger"

/** What is known, by name. */
export function Facts({ facts, onCorrect }: { facts: readonly FactEntry[]; onCorrect: ((entry: Correctable) => void) | null }) {
  if (facts.length === 0) return null
  return (
    <Card as="section" aria-labelledby="facts-title" className="p-0">
      <h2 id="facts-title" className="border-b px-4 py-2 text-small font-medium text-ink-dim">
        Facts
      </h2>
      <dl className="divide-y">
        {facts.map((fact) => (
          <div key={fact.step.id} className="group/fact flex items-start gap-2 px-4 py-2">
            <div className="min-w-0 grow [overflow-wrap:anywhere]">
              <dt className="text-small text-ink-faint">{fact.name}</dt>
              <dd className="whitespace-pre-line">{fact.value}</dd>
            </div>
            {onCorrect && (
              <Button size="small" variant="quiet" className="opacity-0 group-hover/fact:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100" onClick={() => onCorrect(fact)}>
                Correct<span className="sr-only">: {fact.name}</span>
              </Button>
            )}
          </div>
        ))}
      </dl>
    </Card>
  )
}
