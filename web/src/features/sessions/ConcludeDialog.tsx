import { useNavigate } from "@tanstack/react-router"
import { useState } from "react"
import { sentenceOf } from "@/lib/api/problem"
import type { Session, SessionClose } from "@/lib/api/types"
import { Button, Icon, Notice, TextArea, TextField, type IconName } from "@/ui"
import { Dialog } from "@/ui/Dialog"
import { useResolve, type Resolution } from "./actions"
import { isSubmit } from "./Composer"
import { useDraft } from "./drafts"
import { PsaState, Written } from "./Written"

type Props = {
  session: Session
  personId: string
  /** What is known to have solved it: a beginning. */
  fix?: string
  /** Null where this person may not. */
  onPark: (() => void) | null
  onHandOver: (() => void) | null
  onEscalate: (() => void) | null
  onClose: () => void
}

type Draft = { resolution: string; fixed_by: string; level_one: Exclude<Resolution["level_one"], undefined> | "" }
const EMPTY: Draft = { resolution: "", fixed_by: "", level_one: "" }
const LEVEL_ONE = { can_do: "Yes", needs_rights: "Yes, with the rights for it", needs_senior: "No" } as const

/** How a session ends: resolved here; parked, handed over or escalated through those who know how. */
export function ConcludeDialog({ session, personId, fix = "", onPark, onHandOver, onEscalate, onClose }: Props) {
  const [empty] = useState<Draft>(() => ({ ...EMPTY, resolution: fix }))
  const [draft, change] = useDraft(`${personId}.${session.id}.resolution`, empty)
  const [missing, setMissing] = useState(false)
  const resolve = useResolve(session.id)
  const submit = () => {
    if (draft.resolution.trim() === "") {
      setMissing(true)
      return
    }
    resolve.mutate(
      { resolution: draft.resolution, ...(draft.fixed_by.trim() !== "" && { fixed_by: draft.fixed_by }), ...(draft.level_one !== "" && { level_one: draft.level_one }) },
      { onSuccess: () => change(empty) },
    )
  }
  if (resolve.data) return <Concluded closed={resolve.data} title={session.title} onStay={onClose} />
  return (
    <Dialog
      title="How does it end?"
      onClose={onClose}
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Not yet
          </Button>
          <Button variant="primary" keys="mod+Enter" pending={resolve.isPending} onClick={submit}>
            Resolve
          </Button>
        </>
      }
    >
      <div className="grid gap-4" onKeyDown={(event) => isSubmit(event) && submit()}>
        {(onPark ?? onHandOver ?? onEscalate) && (
          <div className="grid gap-2 sm:grid-cols-2 sm:[&>:first-child:nth-last-child(odd)]:col-span-2">
            {onEscalate && <Way icon="escalate" word="Escalate instead" says="A colleague picks it up, with everything that stands here." onClick={onEscalate} />}
            {onHandOver && <Way icon="people" word="Hand it over" says="One colleague goes on with it. Only they are told." onClick={onHandOver} />}
            {onPark && <Way icon="clock" word="Park it" says="Only you see it until you resume it. Nobody is told." onClick={onPark} />}
          </div>
        )}
        {resolve.error && (
          <Notice tone="red" role="alert">
            Not resolved. {sentenceOf(resolve.error)} What you typed is still here.
          </Notice>
        )}
        <TextArea
          label="What solved it"
          autoFocus
          className="[&_textarea]:min-h-18"
          maxLength={20_000}
          value={draft.resolution}
          error={missing && draft.resolution.trim() === "" ? "Say in a sentence what solved it." : undefined}
          onChange={(event) => change({ ...draft, resolution: event.target.value })}
        />
        <TextField label="Fixed by" optional hint="The step that did it, for the next person with this problem." maxLength={300} value={draft.fixed_by} onChange={(event) => change({ ...draft, fixed_by: event.target.value })} />
        <fieldset>
          <legend className="mb-1 text-small font-medium text-ink-dim">
            Could level 1 do this next time?<span className="font-normal text-ink-faint"> · optional</span>
          </legend>
          <div className="flex flex-wrap gap-x-4 gap-y-1">
            {(["can_do", "needs_rights", "needs_senior"] as const).map((level) => (
              <label key={level} className="flex min-h-6 cursor-pointer items-center gap-1.5 pointer-coarse:min-h-10">
                <input type="radio" name="level-one" className="accent-accent" checked={draft.level_one === level} onChange={() => change({ ...draft, level_one: level })} />
                {LEVEL_ONE[level]}
              </label>
            ))}
          </div>
        </fieldset>
      </div>
    </Dialog>
  )
}

function Way({ icon, word, says, onClick }: { icon: IconName; word: string; says: string; onClick: () => void }) {
  return (
    <button type="button" onClick={onClick} className="grid grid-cols-[auto_1fr] gap-x-2 rounded border border-line-strong/60 px-3 py-2 text-left hover:bg-sunken">
      <Icon name={icon} className="mt-0.5 text-ink-dim" />
      <span className="font-medium">{word}</span>
      <span className="col-start-2 text-small text-ink-dim">{says}</span>
    </button>
  )
}

/** What was written. Leaving it leads to the dashboard. */
function Concluded({ closed, title, onStay }: { closed: SessionClose; title: string; onStay: () => void }) {
  const navigate = useNavigate()
  const leave = () => {
    onStay()
    void navigate({ to: "/" })
  }
  return (
    <Dialog
      title="Resolved"
      size="wide"
      onClose={leave}
      actions={
        <>
          <Button variant="quiet" onClick={onStay}>
            Back to the session
          </Button>
          <Button variant="primary" autoFocus onClick={leave}>
            Done
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <p className="flex items-center gap-2">
          <Icon name="check" className="text-green" /> {title}
        </p>
        <PsaState result={closed.psa_result} />
        <Written documentation={closed.documentation} />
      </div>
    </Dialog>
  )
}
