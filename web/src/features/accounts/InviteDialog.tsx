import { useState, type SubmitEvent } from "react"
import { sentenceOf } from "@/lib/api/problem"
import type { Role } from "@/lib/api/types"
import { Button, CopyButton, Icon, Notice, Select, Switch, TextArea } from "@/ui"
import { Dialog } from "@/ui/Dialog"
import { addressesIn } from "./addresses"
import { grantable, ROLES } from "./roles"
import { useInvite } from "./team"

type Result = NonNullable<ReturnType<typeof useInvite>["data"]>[number]

type Invite = ReturnType<typeof useInvite>

/** Invites everybody whose address stands in the box, then shows each link this once. */
export function InviteDialog({ onClose, mayMakeOwner }: { onClose: () => void; mayMakeOwner: boolean }) {
  const invite = useInvite()
  const made = (invite.data ?? []).flatMap((result) => ("url" in result ? [result] : []))
  return (
    <Dialog
      title={!invite.data ? "Invite people" : made.length === 1 ? "Invitation made" : `${made.length} invitations made`}
      size="wide"
      dismissable={!invite.data}
      onClose={onClose}
    >
      {invite.data ? <Links results={invite.data} made={made} onClose={onClose} /> : <Addresses invite={invite} mayMakeOwner={mayMakeOwner} />}
    </Dialog>
  )
}

function Addresses({ invite, mayMakeOwner }: { invite: Invite; mayMakeOwner: boolean }) {
  const [text, setText] = useState("")
  const [role, setRole] = useState<Role>("engineer")
  const [picksUp, setPicksUp] = useState(true)
  const addresses = addressesIn(text)
  const send = (event: SubmitEvent) => {
    event.preventDefault()
    if (addresses.length > 0) invite.mutate(addresses.map((email) => ({ email, role, takes_escalations: picksUp && role !== "viewer" })))
  }
  return (
    <form className="grid gap-4" onSubmit={send}>
      {invite.error && (
        <Notice tone="red" role="alert">
          {sentenceOf(invite.error)}
        </Notice>
      )}
      <TextArea label="E-mail addresses" rows={4} autoFocus value={text} onChange={(event) => setText(event.target.value)} hint={read(addresses)} />
      <Select label="Role" value={role} onChange={(event) => setRole(event.target.value as Role)} options={grantable(mayMakeOwner)} hint={`${ROLES[role].word}: ${ROLES[role].may}.`} />
      {role !== "viewer" && <Switch label="Picks up escalations" hint="Off for level 1: they escalate, and are not told about others' escalations." checked={picksUp} onChange={setPicksUp} />}
      <Button type="submit" variant="primary" className="justify-self-end" disabled={addresses.length === 0} pending={invite.isPending}>
        {addresses.length > 1 ? `Invite ${addresses.length} people` : "Invite"}
      </Button>
    </form>
  )
}

function read(addresses: string[]): string {
  if (addresses.length === 0) return "Paste one or many: from a mail, a spreadsheet, a list."
  return `${addresses.length === 1 ? "One address" : `${addresses.length} addresses`}: ${addresses.join(", ")}`
}

function Links({ results, made, onClose }: { results: readonly Result[]; made: readonly { email: string; url: string }[]; onClose: () => void }) {
  return (
    <>
      <p className="mb-3 text-ink-dim">These links are shown this once. Pass each to its person.</p>
      <ul className="divide-y rounded border">
        {results.map((result) => (
          <li key={result.email} className="grid grid-cols-[minmax(0,1fr)] gap-1 px-3 py-2">
            <span className="font-medium">{result.email}</span>
            {"url" in result ? (
              <span className="flex items-center gap-2">
                <code className="min-w-0 grow truncate rounded-small bg-sunken px-1.5 py-0.5 font-mono text-small">{result.url}</code>
                <CopyButton text={result.url} />
              </span>
            ) : (
              <span className="flex items-center gap-1.5 text-small text-red">
                <Icon name="warning" /> {result.error}
              </span>
            )}
          </li>
        ))}
      </ul>
      <div className="mt-4 flex flex-wrap justify-end gap-2">
        {made.length > 1 && <CopyButton size="normal" label="Copy all" text={made.map(({ email, url }) => `${email}\t${url}`).join("\n")} />}
        <Button variant="primary" autoFocus onClick={onClose}>
          Done
        </Button>
      </div>
    </>
  )
}
