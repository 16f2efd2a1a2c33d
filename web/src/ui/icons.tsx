import type { ComponentProps } from "react"
import { cx } from "./cx"

const PATHS = {
  bell: "M8 2a4 4 0 0 0-4 4v2.5L2.7 11h10.6L12 8.5V6a4 4 0 0 0-4-4M6.5 13a1.6 1.6 0 0 0 3 0",
  chart: "M2.5 13.5h11M4.5 11V8M8 11V4M11.5 11V6.5",
  check: "m3 8.5 3.2 3.2L13 4.8",
  chevronDown: "m4 6 4 4 4-4",
  chevronRight: "m6 4 4 4-4 4",
  circle: "M8 13.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11",
  clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M8 4.5V8l2.3 1.5",
  copy: "M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z",
  cross: "m4 4 8 8m0-8-8 8",
  device: "M2.5 3h11v7.5h-11zM5.5 13h5M8 10.5V13",
  escalate: "M8 13V3.5M4 7l4-4 4 4",
  help: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M6.3 6.2A1.8 1.8 0 1 1 8.8 8c-.6.3-.8.6-.8 1.2m0 2v.1",
  home: "m2.5 7.5 5.5-5 5.5 5M4 6.5V13h8V6.5",
  inbox: "M2.5 9.5 4 3h8l1.5 6.5v4h-11zm0 0h3.2l.8 1.5h3l.8-1.5h3.2",
  link: "M6.8 9.2a2.5 2.5 0 0 0 3.6 0l2.3-2.3a2.5 2.5 0 0 0-3.6-3.6l-.8.8m.9 2.7a2.5 2.5 0 0 0-3.6 0L3.3 9.1a2.5 2.5 0 0 0 3.6 3.6l.8-.8",
  mail: "M2 3.5h12v9H2zm0 .5 6 5 6-5",
  menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
  minus: "M3.5 8h9",
  moon: "M13 9.5A5.5 5.5 0 0 1 6.5 3 5.5 5.5 0 1 0 13 9.5",
  people: "M6 7.5a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6M1.8 13a4.2 4.2 0 0 1 8.4 0m.3-10a2.3 2.3 0 0 1 0 4.4M12 9.3a4.2 4.2 0 0 1 2.3 3.7",
  phone: "M5.8 2.5H3.5a1 1 0 0 0-1 1.1 10.5 10.5 0 0 0 9.9 9.9 1 1 0 0 0 1.1-1v-2.3l-3-1.2-1.3 1.6a8 8 0 0 1-3.8-3.8L7 5.5z",
  pin: "M8 14s4.5-4.2 4.5-7.5a4.5 4.5 0 0 0-9 0C3.5 9.8 8 14 8 14m0-6a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3",
  plus: "M8 3v10M3 8h10",
  question: "M5.8 5.7A2.3 2.3 0 1 1 9 7.8c-.7.4-1 .8-1 1.7m0 3v.1",
  refresh: "M13 8a5 5 0 1 1-1.5-3.6L13.5 6m0-3.5V6H10",
  search: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9m3.3-1.2 3.2 3.2",
  signOut: "M6.5 2.5h-4v11h4m-.5-5.5h8m-3-3 3 3-3 3",
  tilde: "M2.5 9.5c1.5-3.5 3.5-3.5 5.5-1.5s4 2 5.5-1.5",
  undo: "M5.5 3.5 2.5 6.5l3 3M2.5 6.5h7a4 4 0 0 1 0 8H7",
  warning: "M8 2.2 14.3 13.5H1.7zM8 6.5v3.3m0 1.9v.1",
} as const

export type IconName = keyof typeof PATHS

/** A sign beside a word; alone it says nothing to screen readers. */
export function Icon({ name, className, ...rest }: { name: IconName } & ComponentProps<"svg">) {
  return (
    <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" className={cx("size-4 shrink-0", className)} {...rest}>
      <path d={PATHS[name]} />
    </svg>
  )
}
