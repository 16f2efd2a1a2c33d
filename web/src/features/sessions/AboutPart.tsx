import { useRef, type ReactNode, type RefObject } from "react"
import type { SessionFields, Session } from "@/lib/api/types"
import { cx, Icon, later, type IconName } from "@/ui"
import { AFFECTS, PRIORITIES } from "./about"
import type { Editable } from "./AboutEditor"

const AboutEditor = later(() => import("./AboutEditor").then((module) => module.AboutEditor))
const Menu = later(() => import("@/ui/Menu").then((module) => module.Menu))

export type PartName = Editable | "affects" | "priority"

export type About = {
  session: Session
  mayChange: boolean
  open: PartName | null
  show: (part: PartName | null) => void
  change: (fields: SessionFields) => void
  isSaving: boolean
  failure: Error | null
}

type Props = {
  about: About
  part: PartName
  /** Before the value; a badge brings its own. */
  icon?: IconName
  word: string
  value: ReactNode
}

export const CHIP = "inline-flex h-7 max-w-full items-center gap-1.5 rounded border px-1.5 text-small transition-colors duration-100 pointer-coarse:h-10"

/** A known part with its value; an unknown one as an offer, or nothing where it cannot be changed. */
export function AboutPart({ about, part, icon, word, value }: Props) {
  const anchor = useRef<HTMLButtonElement>(null)
  const isKnown = Boolean(value)
  if (!about.mayChange)
    return (
      isKnown && (
        <span className={cx(CHIP, "border-transparent")}>
          {icon && <Icon name={icon} className="text-ink-faint" />} <span className="sr-only">{word}: </span>
          <span className="truncate">{value}</span>
        </span>
      )
    )
  const isOpen = about.open === part
  const near = isChoice(part) ? Menu.preload : AboutEditor.preload
  return (
    <>
      <button
        ref={anchor}
        type="button"
        aria-haspopup={isChoice(part) ? "menu" : "dialog"}
        aria-expanded={isOpen}
        onClick={() => about.show(isOpen ? null : part)}
        onPointerEnter={near}
        onFocus={near}
        className={cx(CHIP, "hover:bg-sunken hover:text-ink", isKnown ? "border-transparent" : "border-dashed border-line-strong/50 text-ink-faint")}
      >
        {isKnown ? icon && <Icon name={icon} className="text-ink-faint" /> : <Icon name="plus" className="text-ink-faint" />}
        {isKnown && <span className="sr-only">{word}: </span>}
        <span className="truncate">{isKnown ? value : word}</span>
      </button>
      {isOpen && <PartEditor about={about} part={part} anchor={anchor} />}
    </>
  )
}

const isChoice = (part: PartName): part is "affects" | "priority" => part === "affects" || part === "priority"

function PartEditor({ about, part, anchor }: { about: About; part: PartName; anchor: RefObject<HTMLElement | null> }) {
  const { session, show, change, isSaving, failure } = about
  const close = () => show(null)
  switch (part) {
    case "affects":
      return (
        <Menu
          label="Who is affected"
          anchor={anchor}
          onClose={close}
          groups={[
            {
              entries: [
                ...(["one", "several", "site"] as const).map((id) => ({ id, label: AFFECTS[id], selected: session.affects === id, run: () => change({ affects: id }) })),
                { id: "unknown", label: "Not known", selected: session.affects === null, run: () => change({ affects: null }) },
              ],
            },
          ]}
        />
      )
    case "priority":
      return (
        <Menu
          label="Priority"
          anchor={anchor}
          onClose={close}
          groups={[{ entries: (["critical", "high", "normal", "low"] as const).map((id) => ({ id, label: PRIORITIES[id], selected: session.priority === id, run: () => change({ priority: id }) })) }]}
        />
      )
    case "client":
    case "contact":
    case "device":
    case "ticket":
    case "callback":
      return <AboutEditor what={part} session={session} anchor={anchor} onSave={change} onClose={close} isSaving={isSaving} failure={failure} />
  }
}
