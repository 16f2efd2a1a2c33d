import { useState, type SubmitEvent } from "react"
import { sentenceOf } from "@/lib/api/problem"
import { now } from "@/lib/clock"
import { clockTime } from "@/lib/time"
import { useTitle } from "@/lib/title"
import { toast } from "@/lib/toast"
import { Button, Card, Notice, PageHeader, Switch, TextField } from "@/ui"
import { isEngineer, useChangeProfile, useMe, type ProfileChange } from "./me"
import { PasswordForm } from "./PasswordForm"
import { ROLES } from "./roles"

export function ProfilePage() {
  useTitle("Profile")
  const { user, account } = useMe()
  return (
    <div className="mx-auto max-w-160">
      <PageHeader title="Profile">
        {ROLES[user.role].word} at {account.name}
      </PageHeader>
      <div className="grid gap-6">
        <NameCard name={user.name} email={user.email} />
        {isEngineer(user) && <AvailabilityCard takesEscalations={user.takes_escalations} awayUntil={user.away_until} />}
        <KeysCard shortcuts={user.shortcuts} />
        <PasswordForm />
      </div>
    </div>
  )
}

/** Changes at once, and says it when that failed. */
function useApply() {
  const change = useChangeProfile()
  const apply = (what: ProfileChange, after?: () => void) =>
    change.mutate(what, { onSuccess: () => after?.(), onError: (error) => toast(sentenceOf(error), { tone: "red" }) })
  return { apply, pending: change.isPending }
}

function NameCard({ name, email }: { name: string; email: string }) {
  const { apply, pending } = useApply()
  const [written, setWritten] = useState(name)
  const save = (event: SubmitEvent) => {
    event.preventDefault()
    apply({ name: written.trim() }, () => toast("Name saved", { tone: "green" }))
  }
  return (
    <Card as="section" aria-label="Name">
      <form onSubmit={save} className="grid gap-4">
        <TextField label="Name" autoComplete="name" value={written} onChange={(event) => setWritten(event.target.value)} hint={`Colleagues see it. Your e-mail is ${email}.`} />
        <Button type="submit" className="justify-self-start" pending={pending} disabled={written.trim() === "" || written.trim() === name}>
          Save the name
        </Button>
      </form>
    </Card>
  )
}

const AWAY = [
  { word: "1 hour", hours: 1 },
  { word: "4 hours", hours: 4 },
  { word: "1 day", hours: 24 },
  { word: "1 week", hours: 24 * 7 },
]

function AvailabilityCard({ takesEscalations, awayUntil }: { takesEscalations: boolean; awayUntil: string | null }) {
  const { apply, pending } = useApply()
  const away = awayUntil !== null && Date.parse(awayUntil) > now()
  return (
    <Card as="section" aria-label="Escalations" className="grid gap-4">
      <Switch
        label="Picks up escalations"
        hint="On: you are told when a colleague escalates. Off: the queue stays visible, nothing else reaches you."
        checked={takesEscalations}
        disabled={pending}
        onChange={(on) => apply({ takes_escalations: on })}
      />
      <div className="grid gap-2 border-t pt-4">
        <h2 className="font-medium">Away</h2>
        {away ? (
          <Notice
            tone="amber"
            actions={
              <Button size="small" pending={pending} onClick={() => apply({ away_until: null })}>
                I am back
              </Button>
            }
          >
            Away until {clockTime(awayUntil, now())}. Escalations meant for you go to the others.
          </Notice>
        ) : (
          <>
            <p className="text-small text-ink-dim">Escalations meant for you then go to the others at once.</p>
            <div className="flex flex-wrap gap-2">
              {AWAY.map(({ word, hours }) => (
                <Button key={word} size="small" disabled={pending} onClick={() => apply({ away_until: new Date(now() + hours * 3_600_000).toISOString() })}>
                  {word}
                </Button>
              ))}
            </div>
          </>
        )}
      </div>
    </Card>
  )
}

function KeysCard({ shortcuts }: { shortcuts: boolean }) {
  const { apply, pending } = useApply()
  return (
    <Card as="section" aria-label="Keys">
      <Switch
        label="Single-letter keys"
        hint="Such as e to escalate. Off: only Enter, Esc and keys with Ctrl or ⌘ act. Every key has a button."
        checked={shortcuts}
        disabled={pending}
        onChange={(on) => apply({ shortcuts: on })}
      />
    </Card>
  )
}
