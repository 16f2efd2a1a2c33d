import type { Handoff, Session } from "@/lib/api/types"
import { Notice, RelativeTime } from "@/ui"

/** Above a session that somebody gave to the colleague who holds it now. */
export function HandedOverNotice({ session, newest, myId }: { session: Session; newest: Handoff | undefined; myId: string }) {
  if (session.status !== "active" || newest?.intent !== "handover" || newest.target_user_id !== session.holder_id) return null
  const from = newest.handed_off_by === myId ? "You" : newest.handed_off_by_name
  const to = newest.target_user_id === myId ? "you" : (newest.target_user_name ?? "a colleague")
  return (
    <Notice className="mb-4">
      <p>
        <span className="font-medium">
          {from} handed this over to {to}
        </span>{" "}
        <RelativeTime at={newest.created_at} ago />.
      </p>
      {newest.reason !== null && <p className="[overflow-wrap:anywhere]">{newest.reason}</p>}
    </Notice>
  )
}
