import { useNavigate } from "@tanstack/react-router"
import { useState } from "react"
import { useMe } from "@/features/accounts/me"
import { isSubmit } from "@/features/sessions/Composer"
import { useDraft } from "@/features/sessions/drafts"
import { Problem, sentenceOf } from "@/lib/api/problem"
import type { Session } from "@/lib/api/types"
import { toast } from "@/lib/toast"
import { Button, Checkbox, Notice, Select, TextField } from "@/ui"
import { Dialog } from "@/ui/Dialog"
import { useHandOver } from "./actions"
import { choiceOf, useColleagues } from "./useColleagues"

type Draft = { target: string; note: string; all: boolean }
const EMPTY: Draft = { target: "", note: "", all: false }
const NOTE_LENGTH = 300

/** Gives a case, or at the end of a shift all of one's own, to one colleague, who goes on with it at once. */
export function HandOverDialog({ session, onClose }: { session: Session; onClose: () => void }) {
  const { user } = useMe()
  const navigate = useNavigate()
  const handOver = useHandOver(session.id)
  const { colleagues, error: unknown } = useColleagues()
  const [draft, change] = useDraft(`${user.id}.${session.id}.handover`, EMPTY)
  const [asked, setAsked] = useState(false)
  const target = colleagues?.find(({ id }) => id === draft.target)
  const error = handOver.error instanceof Problem ? handOver.error : null
  const isAlone = colleagues?.length === 0

  const send = () => {
    setAsked(true)
    if (!target || handOver.isPending) return
    handOver.mutate(
      { target_user_id: target.id, all: draft.all, ...(draft.note.trim() !== "" && { reason: draft.note }) },
      {
        onSuccess: (given) => {
          change(EMPTY)
          toast(`${given.length === 1 ? "Handed over" : `${given.length} cases handed over`} to ${target.name}.`, { tone: "green" })
          void navigate({ to: "/" }).then(onClose)
        },
      },
    )
  }
  return (
    <Dialog
      title="Hand it over"
      onClose={onClose}
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Keep it
          </Button>
          <Button variant="primary" keys="mod+Enter" pending={handOver.isPending} disabled={isAlone} onClick={send}>
            Hand over
          </Button>
        </>
      }
    >
      <div className="grid gap-4" onKeyDown={(event) => isSubmit(event) && send()}>
        {handOver.error !== null && (
          <Notice tone="red" role="alert">
            Not handed over. {sentenceOf(handOver.error)} What you typed is still here.
          </Notice>
        )}
        {unknown !== null && (
          <Notice tone="red" role="alert">
            Your colleagues could not be loaded. {sentenceOf(unknown)}
          </Notice>
        )}
        {isAlone && <Notice tone="amber">There is nobody else yet who works on cases. An admin can invite them.</Notice>}
        <Select
          label="To"
          autoFocus
          value={target?.id ?? ""}
          error={error?.code === "invalid_target" ? error.message : asked && !target ? "Choose who goes on with it." : undefined}
          options={[{ value: "", label: "Choose a colleague" }, ...(colleagues ?? []).map(choiceOf)]}
          onChange={(event) => change({ ...draft, target: event.target.value })}
        />
        <TextField
          label="What they should know"
          optional
          maxLength={NOTE_LENGTH}
          placeholder="Calls back at nine …"
          value={draft.note}
          error={error?.field("reason")}
          onChange={(event) => change({ ...draft, note: event.target.value })}
        />
        <Checkbox label="And all my other active cases" hint="Parked ones and those that wait for a senior stay with you." checked={draft.all} onChange={(all) => change({ ...draft, all })} />
        <p className="text-small text-ink-dim">{target?.name ?? "Your colleague"} sees every step so far and works on it at once. Nobody else is told, and it counts as no escalation.</p>
      </div>
    </Dialog>
  )
}
