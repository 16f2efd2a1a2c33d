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
          <div key={fact.step.id} className="group/fact relative px-4 py-2">
            <dt className="text-small [overflow-wrap:anywhere] text-ink-faint">{fact.name}</dt>
            <dd className="[overflow-wrap:anywhere] whitespace-pre-line">
              {fact.value}
              {onCorrect && (
                <Button
                  size="small"
                  variant="quiet"
                  className="absolute top-1 right-2 bg-surface opacity-0 group-hover/fact:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100"
                  aria-label={`Correct: ${fact.name}`}
                  onClick={() => onCorrect(fact)}
                >
                  Correct
                </Button>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
