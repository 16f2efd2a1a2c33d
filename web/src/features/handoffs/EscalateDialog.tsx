import { useQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { useState } from "react"
import { useMe } from "@/features/accounts/me"
import { PRIORITIES } from "@/features/sessions/about"
import { isSubmit } from "@/features/sessions/Composer"
import { useDraft } from "@/features/sessions/drafts"
import { ledgerOf, suggestedAsk } from "@/features/sessions/ledger"
import { stepsQuery } from "@/features/sessions/queries"
import { Problem, sentenceOf } from "@/lib/api/problem"
import type { Priority, Session } from "@/lib/api/types"
import { Button, Notice, Select, TextArea, TextField } from "@/ui"
import { Dialog } from "@/ui/Dialog"
import { useHandOff } from "./actions"
import { rememberSent } from "./sent"
import { choiceOf, useColleagues } from "./useColleagues"
import { WhatSeniorsSee } from "./WhatSeniorsSee"

type Draft = { ask: string; notes: string; target: string; priority: Priority | "" }
const EMPTY: Draft = { ask: "", notes: "", target: "", priority: "" }
const ASK_LENGTH = 300

/** One line and ⌘⏎: what is needed. Everything else is there already. */
export function EscalateDialog({ session, ask, onClose }: { session: Session; ask: string | null; onClose: () => void }) {
  const { user } = useMe()
  const navigate = useNavigate()
  const handOff = useHandOff(session.id)
  const { colleagues = [] } = useColleagues()
  const steps = useQuery(stepsQuery(session.id)).data ?? []
  const ledger = ledgerOf(steps)
  const [empty] = useState<Draft>(() => ({ ...EMPTY, ask: ask ?? suggestedAsk(ledger.entries) }))
  const [draft, change] = useDraft(`${user.id}.${session.id}.escalation`, empty)
  const [asked, setAsked] = useState(false)
  const priority = draft.priority === "" ? session.priority : draft.priority
  const target = colleagues.some(({ id }) => id === draft.target) ? draft.target : ""
  const error = handOff.error instanceof Problem ? handOff.error : null

  const send = () => {
    setAsked(true)
    if (draft.ask.trim() === "" || handOff.isPending) return
    handOff.mutate(
      {
        intent: "escalate",
        reason: draft.ask,
        ...(draft.notes.trim() !== "" && { engineer_notes: draft.notes }),
        ...(target !== "" && { target_user_id: target }),
        ...(priority !== session.priority && { priority }),
      },
      {
        onSuccess: (handoff) => {
          change(empty)
          rememberSent(handoff)
          void navigate({ to: "/" }).then(onClose)
        },
      },
    )
  }
  return (
    <Dialog
      title="Escalate to a senior"
      onClose={onClose}
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Not yet
          </Button>
          <Button variant="primary" keys="mod+Enter" pending={handOff.isPending} onClick={send}>
            Escalate
          </Button>
        </>
      }
    >
      <div className="grid gap-4" onKeyDown={(event) => isSubmit(event) && send()}>
        {handOff.error !== null && (
          <Notice tone="red" role="alert">
            Not escalated. {sentenceOf(handOff.error)} What you typed is still here.
          </Notice>
        )}
        <TextField
          label="What do you need?"
          autoFocus
          required
          maxLength={ASK_LENGTH}
          placeholder="Next idea, access, approval, a second pair of hands …"
          value={draft.ask}
          onFocus={(event) => draft.ask === empty.ask && event.target.select()}
          error={error?.field("reason") ?? (asked && draft.ask.trim() === "" ? "Say in one line what you need." : undefined)}
          onChange={(event) => change({ ...draft, ask: event.target.value })}
        />
        <TextArea label="Anything else" optional maxLength={20_000} value={draft.notes} error={error?.field("engineer_notes")} onChange={(event) => change({ ...draft, notes: event.target.value })} />
        <div className="grid gap-4 sm:grid-cols-2">
          <Select
            label="For"
            value={target}
            error={error?.code === "invalid_target" ? error.message : undefined}
            options={[{ value: "", label: "Whoever is first" }, ...colleagues.map(choiceOf)]}
            onChange={(event) => change({ ...draft, target: event.target.value })}
          />
          <Select
            label="Priority"
            value={priority}
            options={(["low", "normal", "high", "critical"] as const).map((value) => ({ value, label: PRIORITIES[value] }))}
            onChange={(event) => change({ ...draft, priority: event.target.value as Priority })}
          />
        </div>
        <WhatSeniorsSee session={session} facts={ledger.facts.length} />
      </div>
    </Dialog>
  )
}
