import { Link } from "@tanstack/react-router"
import { isEngineer, useMe } from "@/features/accounts/me"
import type { Handoff, Session } from "@/lib/api/types"
import { now } from "@/lib/clock"
import { clockTime } from "@/lib/time"
import { Notice, RelativeTime } from "@/ui"
import { StillOnItButton } from "./StillOnItButton"
import { WithdrawButton } from "./WithdrawButton"

type Props = { session: Session; latest: Handoff | null; myId: string }

/** Above a session: who waits for whom, or what came back. Nothing where nobody is waited for. */
export function HandoffBanner({ session, latest, myId }: Props) {
  if (session.status === "escalated" || session.status === "requesting_escalation") return <WaitingBanner session={session} latest={latest} myId={myId} />
  if (session.status !== "active" || latest === null) return null
  if (latest.status === "claimed") return latest.claimed_by === myId ? <MineBanner handoff={latest} /> : <ClaimedBanner session={session} handoff={latest} myId={myId} />
  if (latest.status === "returned" && session.user_id === myId) return <AdvisedBanner session={session} handoff={latest} />
  return null
}

function WaitingBanner({ session, latest, myId }: Props) {
  const { user } = useMe()
  const since = latest?.created_at ?? session.updated_at
  const isMine = (latest?.handed_off_by ?? session.user_id) === myId
  const target = latest?.target_user_name ?? session.escalated_to_name
  return (
    <Notice
      tone="amber"
      className="mb-4"
      actions={
        <>
          {isMine && latest && <WithdrawButton sessionId={session.id} handoffId={latest.id} />}
          {!isMine && isEngineer(user) && (
            <Link
              to="/pilot/$sessionId"
              params={{ sessionId: session.id }}
              search={{ pickup: true }}
              className="inline-flex h-7 items-center rounded border border-line-strong/60 bg-surface px-2 text-small font-medium hover:bg-sunken pointer-coarse:h-9"
            >
              Open to pick up
            </Link>
          )}
        </>
      }
    >
      <p>
        <span className="font-medium">Waiting for {target ?? "a senior"}</span> · <RelativeTime at={since} />
      </p>
      <p className="text-ink-dim [overflow-wrap:anywhere]">
        {isMine ? "You need" : `${latest?.handed_off_by_name ?? session.user_name} needs`}: {latest?.reason ?? session.escalation_reason}
      </p>
    </Notice>
  )
}

function ClaimedBanner({ session, handoff, myId }: { session: Session; handoff: Handoff; myId: string }) {
  const isOwner = session.user_id === myId
  return (
    <Notice tone="accent" className="mb-4" role="status">
      <span className="font-medium">{handoff.claimed_by_name} picked it up</span> {handoff.claimed_at !== null && <RelativeTime at={handoff.claimed_at} ago />}.{" "}
      {isOwner && `What you note or try here reaches ${handoff.claimed_by_name ?? "them"} at once.`}
    </Notice>
  )
}

/** Until the first step it is a promise with an end, which one can put off. */
function MineBanner({ handoff }: { handoff: Handoff }) {
  const { lease_expires_at: until } = handoff
  return (
    <Notice tone="accent" className="mb-4" actions={until !== null && <StillOnItButton sessionId={handoff.session_id} handoffId={handoff.id} />}>
      <p>
        <span className="font-medium">You picked it up</span> {handoff.claimed_at !== null && <RelativeTime at={handoff.claimed_at} ago />}. {handoff.handed_off_by_name} sees what you write.
        {until !== null && (
          <>
            {" "}
            Without a first step from you it waits for everyone again at <time dateTime={until}>{clockTime(until, now())}</time>.
          </>
        )}
      </p>
      {handoff.reason !== null && (
        <p className="text-ink-dim [overflow-wrap:anywhere]">
          {handoff.handed_off_by_name} needs: {handoff.reason}
        </p>
      )}
    </Notice>
  )
}

/** Stands until the advice is marked worked or failed. */
function AdvisedBanner({ session, handoff }: { session: Session; handoff: Handoff }) {
  const advice = session.task_lane.actions.findLast((step) => step.kind === "advice")
  if (!advice) return null
  return (
    <Notice tone="accent" className="mb-4" role="status">
      <p>
        <span className="font-medium">{advice.author_name ?? handoff.claimed_by_name} advises</span> · <RelativeTime at={advice.created_at} ago />. The session is yours again; mark the advice worked or failed.
      </p>
      <p className="font-medium [overflow-wrap:anywhere] whitespace-pre-line">{advice.content}</p>
    </Notice>
  )
}
