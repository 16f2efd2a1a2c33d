import { useId, type ReactNode } from "react"
import { cx } from "./cx"

type ToggleProps = {
  label: ReactNode
  hint?: ReactNode
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean
  /** The label is for screen readers only (in a table whose column says it). */
  bare?: boolean
  className?: string
}

/** On or off, at once. */
export function Switch(props: ToggleProps) {
  return (
    <Toggle {...props} role="switch">
      <span
        aria-hidden="true"
        className="relative mt-px h-[18px] w-8 shrink-0 rounded-full border border-line-strong bg-sunken transition-colors duration-100 peer-checked:border-accent peer-checked:bg-accent peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent before:absolute before:top-[2px] before:left-[2px] before:size-3 before:rounded-full before:bg-ink-dim before:transition-transform before:duration-100 peer-checked:before:translate-x-3.5 peer-checked:before:bg-on-accent forced-colors:before:bg-[ButtonText] forced-colors:peer-checked:bg-[Highlight]"
      />
    </Toggle>
  )
}

/** A choice that takes effect with its form. */
export function Checkbox(props: ToggleProps) {
  return (
    <Toggle {...props}>
      <span
        aria-hidden="true"
        className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-small border border-line-strong bg-surface peer-checked:border-accent peer-checked:bg-accent peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent [&>svg]:invisible peer-checked:[&>svg]:visible forced-colors:peer-checked:bg-[Highlight]"
      >
        <svg viewBox="0 0 12 12" className="size-3 text-on-accent">
          <path d="m2 6.5 2.7 2.7L10 3.5" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" />
        </svg>
      </span>
    </Toggle>
  )
}

function Toggle({ label, hint, checked, onChange, disabled, bare, className, role, children }: ToggleProps & { role?: "switch"; children: ReactNode }) {
  const id = useId()
  return (
    <label htmlFor={id} className={cx("flex min-h-6 items-start gap-2", disabled ? "opacity-55" : "cursor-pointer", className)}>
      <input
        id={id}
        type="checkbox"
        role={role}
        checked={checked}
        disabled={disabled}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChange(event.target.checked)}
        className="peer sr-only"
      />
      {children}
      <span className={bare ? "sr-only" : "grid"}>
        <span>{label}</span>
        {hint !== undefined && (
          <span id={`${id}-hint`} className="text-small text-ink-faint">
            {hint}
          </span>
        )}
      </span>
    </label>
  )
}
