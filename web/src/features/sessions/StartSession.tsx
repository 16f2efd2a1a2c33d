import { useNavigate } from "@tanstack/react-router"
import { useRef } from "react"
import { useMe } from "@/features/accounts/me"
import { sentenceOf } from "@/lib/api/problem"
import { useKeys } from "@/lib/keys"
import { Button, Card, Checkbox, Icon, Notice, TextArea, TextField } from "@/ui"
import { problemOrTicket } from "./about"
import { useStartSession } from "./actions"
import { ClientField } from "./ClientField"
import { useDraft } from "./drafts"
import { rememberStarted } from "./talk"

const EMPTY = { problem: "", client: "", ticket: "", onPhone: false }

/** The box that starts a session: what is wrong, and Enter. */
export function StartSession() {
  const { user } = useMe()
  const navigate = useNavigate()
  const start = useStartSession()
  const [draft, change] = useDraft(`${user.id}.start`, EMPTY)
  const box = useRef<HTMLFormElement>(null)
  useKeys("Dashboard", [{ keys: "n", label: "New session", run: () => box.current?.querySelector("textarea")?.focus() }])

  const { problem, client, ticket, onPhone } = draft
  const isReady = problem.trim() !== "" || ticket.trim() !== ""
  const submit = () => {
    if (!isReady || start.isPending) return
    start.mutate(
      {
        ...(problem.trim() !== "" && problemOrTicket(problem)),
        ...(ticket.trim() !== "" && { psa_ticket_id: ticket.trim().replace(/^#/, "") }),
        ...(client.trim() !== "" && { client_name: client.trim() }),
        ...(onPhone && { client_waiting: "on_phone" as const }),
      },
      {
        onSuccess: ({ id }) => {
          change(EMPTY)
          rememberStarted(id)
          void navigate({ to: "/pilot/$sessionId", params: { sessionId: id } })
        },
      },
    )
  }
  return (
    <Card as="section" aria-labelledby="start-session">
      <form
        ref={box}
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <h2 id="start-session" className="text-heading font-semibold">
          What is wrong?
        </h2>
        {start.error && (
          <Notice tone="red" role="alert">
            Not started. {sentenceOf(start.error)} What you typed is still here.
          </Notice>
        )}
        <TextArea
          label="The problem in the client's words, or a ticket number"
          bare
          rows={1}
          placeholder="Outlook asks for a password again and again since this morning"
          maxLength={4_000}
          value={problem}
          onChange={(event) => change({ ...draft, problem: event.target.value })}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return
            event.preventDefault()
            submit()
          }}
        />
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <ClientField bare value={client} onChange={(name) => change({ ...draft, client: name })} className="min-w-40 grow basis-40" />
          <TextField label="Ticket number" bare placeholder="Ticket number" autoComplete="off" className="w-36 max-sm:grow" maxLength={50} value={ticket} onChange={(event) => change({ ...draft, ticket: event.target.value })} />
          <Checkbox label="On the phone" checked={onPhone} onChange={(checked) => change({ ...draft, onPhone: checked })} />
          <Button type="submit" variant="primary" className="ml-auto" icon={<Icon name="plus" />} disabled={!isReady} pending={start.isPending} keys="Enter">
            Start a session
          </Button>
        </div>
      </form>
    </Card>
  )
}
