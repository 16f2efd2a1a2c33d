import { Link } from "@tanstack/react-router"
import { useMe } from "@/features/accounts/me"
import { Button, Icon, RelativeTime } from "@/ui"
import { Bar } from "./Bar"
import type { Case } from "./case"
import { settledWords, type Settled } from "./pickup"
import { WithdrawButton } from "./WithdrawButton"

type Props = { settled: Settled; sessionId: string; mayRead: boolean; overlay: boolean; onClose: () => void }

/** Somebody was faster, or it needs nobody any more: who, when, and the way on. The case above stays readable. */
export function SettledBar({ settled, sessionId, mayRead, overlay, onClose }: Props) {
  const { user } = useMe()
  return (
    <Bar>
      <div className="flex flex-wrap items-center gap-2">
        <p role="status" className="flex min-w-0 grow basis-60 items-center gap-2 font-medium">
          <Icon name={settled.how === "resolved" ? "check" : "people"} className="text-ink-dim" />
          <span>
            {settledWords(settled, user.id)}
            {settled.at !== null && (
              <>
                {" "}
                <RelativeTime at={settled.at} ago />
              </>
            )}
            .
          </span>
        </p>
        {mayRead && !overlay && <OpenSession sessionId={sessionId} />}
        <Button variant="primary" keys="Escape" autoFocus onClick={onClose}>
          {overlay ? "Close" : "Back to the queue"}
        </Button>
      </div>
    </Bar>
  )
}

/** One's own escalation, while it waits: it can be taken back or added to. */
export function OwnBar({ theCase, overlay, onClose }: { theCase: Case; overlay: boolean; onClose: () => void }) {
  return (
    <Bar>
      <div className="flex flex-wrap items-center gap-2">
        <p className="flex min-w-0 grow basis-60 items-center gap-2">
          <Icon name="clock" className="text-amber" />
          <span>
            Yours, waiting for <RelativeTime at={theCase.at} />. This is what a senior sees.
          </span>
        </p>
        {theCase.handoffId !== null && <WithdrawButton sessionId={theCase.sessionId} handoffId={theCase.handoffId} size="normal" />}
        {!overlay && <OpenSession sessionId={theCase.sessionId} word="Add to it" />}
        <Button variant="quiet" keys="Escape" autoFocus onClick={onClose}>
          {overlay ? "Close" : "Back to the queue"}
        </Button>
      </div>
    </Bar>
  )
}

function OpenSession({ sessionId, word = "Open the session" }: { sessionId: string; word?: string }) {
  return (
    <Link
      to="/pilot/$sessionId"
      params={{ sessionId }}
      search={{}}
      className="inline-flex h-8 items-center rounded border border-line-strong/60 px-3 font-medium hover:bg-sunken pointer-coarse:h-10"
    >
      {word}
    </Link>
  )
}
