import { useMe } from "@/features/accounts/me"
import { isSubmit } from "@/features/sessions/Composer"
import { useDraft } from "@/features/sessions/drafts"
import { useKeys } from "@/lib/keys"
import { Button, TextArea } from "@/ui"

type Props = {
  sessionId: string
  /** Who gets the advice. */
  name: string
  pending: boolean
  disabled?: boolean
  /** Calls back when it was sent: then nothing of it is kept. */
  onSend: (advice: string, onDone: () => void) => void
  onCancel: () => void
}

/** One text field: what the owner should do next. It becomes an action that they mark worked or failed. */
export function AdviceField({ sessionId, name, pending, disabled = false, onSend, onCancel }: Props) {
  const { user } = useMe()
  const [advice, change] = useDraft(`${user.id}.${sessionId}.advice`, "")
  const isReady = advice.trim() !== "" && !disabled && !pending
  const send = () => {
    if (isReady) onSend(advice, () => change(""))
  }
  useKeys("Advice", [{ keys: "Escape", label: "Leave the advice", run: onCancel }])
  return (
    <div className="grid gap-2" onKeyDown={(event) => isSubmit(event) && send()}>
      <TextArea
        label={`Advice for ${name}`}
        hint={`${name} gets it as something to do, and marks it worked or failed.`}
        autoFocus
        rows={2}
        maxLength={20_000}
        value={advice}
        onChange={(event) => change(event.target.value)}
      />
      <div className="flex flex-wrap justify-end gap-2">
        <Button variant="quiet" disabled={pending} onClick={onCancel}>
          Not now
        </Button>
        <Button variant="primary" keys="mod+Enter" pending={pending} disabled={!isReady && !pending} onClick={send}>
          Send and hand back
        </Button>
      </div>
    </div>
  )
}
