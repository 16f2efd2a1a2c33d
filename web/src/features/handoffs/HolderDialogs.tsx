import { useNavigate } from "@tanstack/react-router"
import { sentenceOf } from "@/lib/api/problem"
import type { Handoff } from "@/lib/api/types"
import { toast } from "@/lib/toast"
import { Button, Notice } from "@/ui"
import { Dialog } from "@/ui/Dialog"
import { useHandBack, useRelease } from "./actions"
import { AdviceField } from "./AdviceField"

type Props = { handoff: Handoff; onClose: () => void }

/** Returns the session to its owner with one text. */
export function HandBackDialog({ handoff, owner, onClose }: Props & { owner: string }) {
  const navigate = useNavigate()
  const handBack = useHandBack(handoff.session_id)
  const send = (advice: string, onDone: () => void) =>
    handBack.mutate(
      { handoffId: handoff.id, advice },
      {
        onSuccess: () => {
          onDone()
          toast(`Handed back to ${owner} with your advice.`, { tone: "green" })
          void navigate({ to: "/escalations" }).then(onClose)
        },
      },
    )
  return (
    <Dialog title="Advise and hand back" onClose={onClose}>
      <div className="grid gap-4">
        {handBack.error !== null && (
          <Notice tone="red" role="alert">
            Not handed back. {sentenceOf(handBack.error)} What you typed is still here.
          </Notice>
        )}
        <AdviceField sessionId={handoff.session_id} name={owner} pending={handBack.isPending} onSend={send} onCancel={onClose} />
      </div>
    </Dialog>
  )
}

/** Puts the case back into the queue for somebody else. */
export function ReleaseDialog({ handoff, onClose }: Props) {
  const navigate = useNavigate()
  const release = useRelease(handoff.session_id)
  const act = () =>
    release.mutate(handoff.id, {
      onSuccess: () => {
        toast("Back in the queue.")
        void navigate({ to: "/escalations" }).then(onClose)
      },
    })
  return (
    <Dialog
      title="Put it back into the queue"
      onClose={onClose}
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Keep it
          </Button>
          <Button variant="primary" autoFocus pending={release.isPending} onClick={act}>
            Release
          </Button>
        </>
      }
    >
      {release.error !== null && (
        <Notice tone="red" role="alert" className="mb-3">
          Not released. {sentenceOf(release.error)}
        </Notice>
      )}
      <p>It waits again where it stood, and everybody sees that you had it. What you wrote stays in the session.</p>
    </Dialog>
  )
}
