import { sentenceOf } from "@/lib/api/problem"
import type { Hint, Session } from "@/lib/api/types"
import { useKeys } from "@/lib/keys"
import { Button, Icon, Loading, Notice } from "@/ui"
import { Reply } from "./Message"
import type { Talk } from "./talk"

type Props = {
  session: Session
  talk: Talk
  where: string
  /** Whether this person talks to the assistant here. */
  mayTalk: boolean
  /** The step a streamed reply became is in the ledger. */
  isWritten: boolean
  onHint: (hint: Hint) => void
}

/** At the end of the conversation: the reply in the making, why there is none, or what it offers. */
export function ReplyEnd({ session: { turn, status }, talk, where, mayTalk, isWritten, onHint }: Props) {
  const isStreaming = talk.streamed !== null && !isWritten
  const isReplying = isStreaming || turn?.status === "running"
  const mayStop = mayTalk && turn?.status === "running"
  useKeys("Session", [{ keys: "s", label: "Stop the reply", run: () => turn && talk.stop.mutate(turn.id), enabled: mayStop }])

  if (talk.streamed !== null && isWritten) return null
  if (isReplying)
    return (
      <div className="flex items-start gap-2 border-t px-4 py-2.5">
        <Icon name="assistant" className="mt-0.5 text-accent" />
        <div className="min-w-0 grow" aria-busy="true">
          {isStreaming && talk.streamed?.text ? <Reply text={talk.streamed.text} where={where} /> : <Loading what="The assistant is replying" className="p-0" />}
        </div>
        {mayStop && (
          <Button size="small" variant="quiet" keys="s" icon={<Icon name="stop" />} pending={talk.stop.isPending} onClick={() => talk.stop.mutate(turn.id)}>
            Stop
          </Button>
        )}
      </div>
    )
  if (turn?.status === "failed" && turn.error && status === "active")
    return (
      <div className="border-t px-4 py-2.5">
        <Notice
          tone={turn.error.code === "stopped" ? "accent" : "red"}
          role="status"
          actions={
            mayTalk &&
            turn.error.retryable && (
              <Button size="small" icon={<Icon name="refresh" />} pending={talk.again.isPending} onClick={() => talk.again.mutate(turn.id)}>
                Take the reply again
              </Button>
            )
          }
        >
          {talk.again.error ? sentenceOf(talk.again.error) : turn.error.detail}
        </Notice>
      </div>
    )
  const hint = mayTalk && status === "active" ? turn?.hints[0] : undefined
  return hint ? <Offer hint={hint} onTake={() => onHint(hint)} /> : null
}

function Offer({ hint, onTake }: { hint: Hint; onTake: () => void }) {
  const isFixed = hint.kind === "resolve"
  return (
    <div className="border-t px-4 py-2.5">
      <Notice
        tone={isFixed ? "green" : "amber"}
        actions={
          <Button size="small" variant="primary" keys={isFixed ? "r" : "e"} icon={<Icon name={isFixed ? "check" : "escalate"} />} onClick={onTake}>
            {isFixed ? "Resolve with this" : "Escalate now"}
          </Button>
        }
      >
        <span className="text-ink-dim">{isFixed ? "Fixed by" : "Ask for"}</span> {hint.text}
      </Notice>
    </div>
  )
}
