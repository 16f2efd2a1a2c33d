import type { Outcome } from "@/lib/api/types"
import { cx, Icon, OUTCOMES } from "@/ui"

export const OUTCOME_CHOICES: readonly Outcome[] = ["worked", "failed", "inconclusive", "skipped"]

const CHOSEN: Record<Outcome, string> = {
  worked: "has-checked:border-green has-checked:bg-green-dim has-checked:text-green",
  failed: "has-checked:border-red has-checked:bg-red-dim has-checked:text-red",
  inconclusive: "has-checked:border-amber has-checked:bg-amber-dim has-checked:text-amber",
  skipped: "has-checked:border-ink-dim has-checked:bg-sunken has-checked:text-ink",
}

/** How it went: one of four, moved through by arrow keys. */
export function OutcomeChoice({ name, value, onChange }: { name: string; value: Outcome | ""; onChange: (outcome: Outcome) => void }) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-small font-medium text-ink-dim">How it went</legend>
      <div className="flex flex-wrap gap-1.5">
        {OUTCOME_CHOICES.map((outcome) => (
          <label
            key={outcome}
            className={cx(
              "inline-flex h-8 cursor-pointer items-center gap-1.5 rounded border border-line-strong/60 px-2.5 transition-colors duration-100 hover:bg-sunken has-checked:font-medium has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent pointer-coarse:h-10 forced-colors:has-checked:outline-2",
              CHOSEN[outcome],
            )}
          >
            <input type="radio" name={name} value={outcome} checked={value === outcome} onChange={() => onChange(outcome)} className="sr-only" />
            <Icon name={OUTCOMES[outcome].icon} />
            {OUTCOMES[outcome].word}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
