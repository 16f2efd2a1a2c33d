import { useState, type RefObject } from "react"
import { Dialog } from "react-aria-components/Dialog"
import { Popover } from "react-aria-components/Popover"
import { sentenceOf } from "@/lib/api/problem"
import type { SessionFields, Session } from "@/lib/api/types"
import { now } from "@/lib/clock"
import { useKeyBarrier } from "@/lib/keys"
import { Button, Notice, TextField } from "@/ui"
import { ClientField } from "./ClientField"

export type Editable = "client" | "contact" | "device" | "ticket" | "callback"

type Props = {
  what: Editable
  session: Session
  anchor: RefObject<HTMLElement | null>
  onSave: (change: SessionFields) => void
  onClose: () => void
  isSaving: boolean
  failure: unknown
}
type Fields = { save: (change: SessionFields) => void; session: Session }

const TITLES: Record<Editable, string> = { client: "Client", contact: "Contact", device: "Device", ticket: "Ticket", callback: "Call back" }
const FORM = "about-editor"

/** One part of what a session is about, in a small form beside it. Enter saves, Escape leaves. */
export function AboutEditor({ what, session, anchor, onSave, onClose, isSaving, failure }: Props) {
  useKeyBarrier()
  const Part = PARTS[what]
  return (
    <Popover triggerRef={anchor} isOpen onOpenChange={(open) => open || onClose()} placement="bottom start" className="w-80 max-w-[calc(100vw-1rem)] animate-appear rounded border bg-surface shadow-float outline-none">
      <Dialog aria-label={TITLES[what]} className="grid gap-3 p-3 outline-none">
        {failure !== null && (
          <Notice tone="red" role="alert">
            Not changed. {sentenceOf(failure)}
          </Notice>
        )}
        <Part session={session} save={onSave} />
        <div className="flex justify-end gap-2">
          <Button size="small" variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button size="small" variant="primary" type="submit" form={FORM} pending={isSaving}>
            Save
          </Button>
        </div>
      </Dialog>
    </Popover>
  )
}

function ClientPart({ session, save }: Fields) {
  const [client, setClient] = useState(session.client_name ?? "")
  return (
    <Form onSubmit={() => save({ client_name: client.trim() || null })}>
      <ClientField value={client} onChange={setClient} autoFocus />
    </Form>
  )
}

function ContactPart({ session, save }: Fields) {
  const [name, setName] = useState(session.contact?.name ?? "")
  const [phone, setPhone] = useState(session.contact?.phone ?? "")
  const [email, setEmail] = useState(session.contact?.email ?? "")
  return (
    <Form onSubmit={() => save({ contact: { name: name.trim() || null, phone: phone.trim() || null, email: email.trim() || null } })}>
      <TextField label="Name" autoFocus autoComplete="off" maxLength={300} value={name} onChange={(event) => setName(event.target.value)} />
      <TextField label="Phone" type="tel" autoComplete="off" maxLength={300} value={phone} onChange={(event) => setPhone(event.target.value)} />
      <TextField label="E-mail" type="email" autoComplete="off" maxLength={300} value={email} onChange={(event) => setEmail(event.target.value)} />
    </Form>
  )
}

function DevicePart({ session, save }: Fields) {
  const [device, setDevice] = useState(session.device ?? "")
  return (
    <Form onSubmit={() => save({ device: device.trim() || null })}>
      <TextField label="Device" autoFocus autoComplete="off" placeholder="NW-LT-114" maxLength={300} value={device} onChange={(event) => setDevice(event.target.value)} />
    </Form>
  )
}

function TicketPart({ session, save }: Fields) {
  const [ticket, setTicket] = useState(session.psa_ticket_id ?? "")
  return (
    <Form onSubmit={() => save({ psa_ticket_id: ticket.trim().replace(/^#/, "") || null })}>
      <TextField label="Ticket number" autoFocus autoComplete="off" placeholder="12345" maxLength={50} pattern="#?[\w./\-]+" title="Letters, digits, dots, slashes and dashes" value={ticket} onChange={(event) => setTicket(event.target.value)} />
    </Form>
  )
}

const SOON_MINUTES = [30, 60, 120]

function CallbackPart({ session, save }: Fields) {
  const [time, setTime] = useState(session.callback_by === null ? "" : timeField(new Date(session.callback_by)))
  const until = (at: Date) => save({ client_waiting: "callback", callback_by: at.toISOString() })
  return (
    <Form onSubmit={() => (time === "" ? save({ client_waiting: "callback", callback_by: null }) : until(nextAt(time, now())))}>
      <div role="group" aria-label="Call back in" className="flex gap-1.5">
        {SOON_MINUTES.map((minutes) => (
          <Button key={minutes} size="small" onClick={() => until(new Date(now() + minutes * 60_000))}>
            in {minutes < 60 ? `${minutes} min` : `${minutes / 60} h`}
          </Button>
        ))}
      </div>
      <TextField label="Until" type="time" autoFocus value={time} onChange={(event) => setTime(event.target.value)} hint="Empty: call back, no time agreed." />
      {session.client_waiting === "callback" && (
        <Button size="small" variant="quiet" className="justify-self-start" onClick={() => save({ client_waiting: "no", callback_by: null })}>
          Nobody waits for a call
        </Button>
      )}
    </Form>
  )
}

const PARTS = { client: ClientPart, contact: ContactPart, device: DevicePart, ticket: TicketPart, callback: CallbackPart }

function Form({ onSubmit, children }: { onSubmit: () => void; children: React.ReactNode }) {
  return (
    <form
      id={FORM}
      className="grid gap-2.5"
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
    </form>
  )
}

const timeField = (at: Date): string => `${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`

/** The next moment at which the clock shows that time. */
function nextAt(time: string, from: number): Date {
  const [hours = 0, minutes = 0] = time.split(":").map(Number)
  const at = new Date(from)
  at.setHours(hours, minutes, 0, 0)
  if (at.getTime() <= from) at.setDate(at.getDate() + 1)
  return at
}
