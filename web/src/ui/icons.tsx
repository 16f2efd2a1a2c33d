import type { ComponentProps } from "react"
import { cx } from "./cx"
import sprite from "./icons.svg"

export type IconName =
  | "assistant"
  | "bell"
  | "chart"
  | "check"
  | "chevronDown"
  | "chevronRight"
  | "circle"
  | "clock"
  | "copy"
  | "cross"
  | "device"
  | "escalate"
  | "help"
  | "home"
  | "inbox"
  | "link"
  | "mail"
  | "menu"
  | "minus"
  | "moon"
  | "people"
  | "person"
  | "phone"
  | "pin"
  | "plus"
  | "question"
  | "refresh"
  | "search"
  | "signOut"
  | "stop"
  | "tilde"
  | "undo"
  | "warning"

/** A sign beside a word, drawn from icons.svg; alone it says nothing to screen readers. */
export function Icon({ name, className, ...rest }: { name: IconName } & ComponentProps<"svg">) {
  return (
    <svg fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" className={cx("size-4 shrink-0", className)} {...rest}>
      <use href={`${sprite}#${name}`} />
    </svg>
  )
}
