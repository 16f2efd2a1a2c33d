import { useState } from "react"
import { sentenceOf } from "@/lib/api/problem"
import type { SessionFields, Session } from "@/lib/api/types"
import { now } from "@/lib/clock"
import { useKeys } from "@/lib/keys"
import { clockTime } from "@/lib/time"
import { cx, Icon, PriorityBadge, TicketBadge } from "@/ui"
import { AFFECTS } from "./about"
import { AboutPart, CHIP, type About, type PartName } from "./AboutPart"
import { useDescribe } from "./actions"

/** Whom and what it is about. Every part can be added or changed by one click or one key, and none has to be. */
export function AboutBar({ session, mayChange }: { session: Session; mayChange: boolean }) {
  const describe = useDescribe(session.id)
  const [open, setOpen] = useState<PartName | null>(null)
  const change = (fields: SessionFields) => describe.mutate(fields, { onSuccess: () => setOpen(null) })
  const show = (part: PartName | null) => {
    describe.reset()
    setOpen(part)
  }
  const about: About = { session, mayChange, open, show, change, isSaving: describe.isPending, failure: describe.error }
  const { contact, client_waiting: waiting, callback_by: callbackBy } = session
  const togglePhone = () => change({ client_waiting: waiting === "on_phone" ? "no" : "on_phone", callback_by: null })

  useKeys("Session", [
    { keys: "o", label: "On the phone: yes or no", run: togglePhone, enabled: mayChange },
    { keys: "w", label: "Client waits for a call back", run: () => show("callback"), enabled: mayChange },
    { keys: "c", label: "Contact", run: () => show("contact"), enabled: mayChange },
    { keys: "d", label: "Device", run: () => show("device"), enabled: mayChange },
    { keys: "a", label: "Who is affected", run: () => show("affects"), enabled: mayChange },
    { keys: "p", label: "Priority", run: () => show("priority"), enabled: mayChange },
  ])

  return (
    <div className="grid gap-1">
      <div className="-mx-1.5 flex flex-wrap items-center gap-1">
        <AboutPart about={about} part="client" icon="home" word="Client" value={session.client_name} />
        <AboutPart about={about} part="contact" icon="people" word="Contact" value={contact?.name ?? contact?.email ?? contact?.phone ?? null} />
        {contact?.phone && (
          <a href={`tel:${contact.phone.replace(/[^+\d]/g, "")}`} aria-label={`Call ${contact.phone}`} className={cx(CHIP, "border-transparent text-accent hover:bg-sunken")}>
            <Icon name="phone" /> {contact.phone}
          </a>
        )}
        <AboutPart about={about} part="device" icon="device" word="Device" value={session.device} />
        <AboutPart about={about} part="ticket" word="Ticket" value={session.psa_ticket_id && <TicketBadge ticket={session.psa_ticket_id} />} />
        <OnPhone is={waiting === "on_phone"} onToggle={mayChange ? togglePhone : null} isSaving={describe.isPending} />
        <AboutPart
          about={about}
          part="callback"
          icon="clock"
          word="Call back"
          value={waiting === "callback" ? `Call back${callbackBy === null ? "" : ` until ${clockTime(callbackBy, now())}`}` : null}
        />
        <AboutPart about={about} part="affects" icon="people" word="Who is affected" value={session.affects && AFFECTS[session.affects]} />
        <AboutPart about={about} part="priority" word="Priority" value={session.priority !== "normal" && <PriorityBadge priority={session.priority} always />} />
      </div>
      {describe.error && (open === null || open === "affects" || open === "priority") && (
        <p role="alert" className="text-small text-red">
          Not changed. {sentenceOf(describe.error)}
        </p>
      )}
    </div>
  )
}

function OnPhone({ is, onToggle, isSaving }: { is: boolean; onToggle: (() => void) | null; isSaving: boolean }) {
  const look = cx(CHIP, is ? "border-amber/40 bg-amber-dim font-medium text-amber" : "border-dashed border-line-strong/50 text-ink-faint")
  const word = (
    <>
      <Icon name="phone" /> On the phone
    </>
  )
  if (!onToggle) return is && <span className={look}>{word}</span>
  return (
    <button type="button" aria-pressed={is} aria-busy={isSaving || undefined} onClick={() => isSaving || onToggle()} className={cx(look, !is && "hover:bg-sunken hover:text-ink")}>
      {word}
    </button>
  )
}
