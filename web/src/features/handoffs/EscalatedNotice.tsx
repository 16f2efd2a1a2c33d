import { useQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { useMe } from "@/features/accounts/me"
import type { Handoff } from "@/lib/api/types"
import { Button, Notice, RelativeTime } from "@/ui"
import { settledOf, settledWords } from "./pickup"
import { queueQuery } from "./queue"
import { rememberSent, useSent } from "./sent"
import { WithdrawButton } from "./WithdrawButton"

/** On the dashboard after escalating: that it waits, then live what became of it. */
export function EscalatedNotice() {
  const { user } = useMe()
  const sent = useSent()
  if (sent?.handed_off_by !== user.id) return null
  return <Sent handoff={sent} myId={user.id} />
}

function Sent({ handoff, myId }: { handoff: Handoff; myId: string }) {
  const queue = useQuery(queueQuery)
  const isKnown = queue.data !== undefined && (queue.data.items.some((card) => card.handoff_id === handoff.id) || queue.data.departures.some(({ card }) => card.handoff_id === handoff.id))
  const settled = isKnown ? settledOf(handoff, handoff.session_id, queue.data) : null
  const { problem } = handoff.snapshot
  return (
    <Notice
      tone={settled ? "accent" : "green"}
      role="status"
      actions={
        <>
          {settled === null && <WithdrawButton sessionId={handoff.session_id} handoffId={handoff.id} />}
          <Button size="small" variant="quiet" onClick={() => rememberSent(null)}>
            Dismiss
          </Button>
        </>
      }
    >
      <p className="font-medium">
        {settled === null ? (
          `Escalated. Every senior sees it now${handoff.target_user_name === null ? "" : `; it is marked for ${handoff.target_user_name}`}.`
        ) : (
          <>
            {settledWords(settled, myId)} {settled.at !== null && <RelativeTime at={settled.at} ago />}
          </>
        )}
      </p>
      <p className="text-ink-dim [overflow-wrap:anywhere]">
        <Link to="/pilot/$sessionId" params={{ sessionId: handoff.session_id }} search={{}} className="text-accent underline underline-offset-2">
          {[problem.client_name, problem.summary.split("\n")[0]].filter(Boolean).join(" · ")}
        </Link>{" "}
        {settled === null && "stays open to you: add what you learn while it waits."}
      </p>
    </Notice>
  )
}
