import { useId, type ComponentProps, type ReactNode } from "react"
import { cx } from "./cx"

type Framed = {
  label: string
  /** Stands under the field. */
  hint?: ReactNode
  error?: string | undefined
  optional?: boolean
  /** The label is for screen readers only (a search box with an icon). */
  bare?: boolean
  className?: string
}

const BOX =
  "w-full rounded border border-line-strong bg-surface px-2.5 text-ink transition-colors duration-100 hover:border-ink-dim focus-visible:outline-offset-0 aria-invalid:border-red pointer-coarse:text-heading"

export type TextFieldProps = Framed & Omit<ComponentProps<"input">, "className">

export function TextField({ label, hint, error, optional, bare, className, ...input }: TextFieldProps) {
  return (
    <Field {...{ label, hint, error, optional, bare, className }}>
      {(wiring) => <input {...input} {...wiring} className={cx(BOX, "h-8 pointer-coarse:h-10")} />}
    </Field>
  )
}

export type TextAreaProps = Framed & Omit<ComponentProps<"textarea">, "className">

/** Grows with its text. */
export function TextArea({ label, hint, error, optional, bare, className, rows = 2, ...input }: TextAreaProps) {
  return (
    <Field {...{ label, hint, error, optional, bare, className }}>
      {(wiring) => <textarea {...input} {...wiring} rows={rows} className={cx(BOX, "field-sizing-content max-h-64 resize-y py-1.5")} />}
    </Field>
  )
}

export type SelectProps = Framed & Omit<ComponentProps<"select">, "className" | "children"> & { options: readonly { value: string; label: string }[] }

/** The platform's own list: the keyboard and the phone know it. */
export function Select({ label, hint, error, optional, bare, className, options, ...select }: SelectProps) {
  return (
    <Field {...{ label, hint, error, optional, bare, className }}>
      {(wiring) => (
        <select {...select} {...wiring} className={cx(BOX, "h-8 pr-8 pointer-coarse:h-10")}>
          {options.map(({ value, label: text }) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

type Wiring = { id: string; "aria-describedby": string | undefined; "aria-invalid": true | undefined }

/** Label, hint and error around any one control. */
export function Field({ label, hint, error, optional, bare, className, children }: { [Key in keyof Framed]: Framed[Key] | undefined } & { label: string; children: (wiring: Wiring) => ReactNode }) {
  const id = useId()
  const describedBy = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`].filter(Boolean).join(" ")
  return (
    <div className={cx("grid gap-1", className)}>
      <label htmlFor={id} className={bare ? "sr-only" : "text-small font-medium text-ink-dim"}>
        {label}
        {optional && <span className="font-normal text-ink-faint"> · optional</span>}
      </label>
      {children({ id, "aria-describedby": describedBy || undefined, "aria-invalid": error === undefined ? undefined : true })}
      {error !== undefined && (
        <p id={`${id}-error`} className="text-small text-red">
          {error}
        </p>
      )}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-small text-ink-faint">
          {hint}
        </p>
      )}
    </div>
  )
}
