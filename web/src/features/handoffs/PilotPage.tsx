import { HandedOffSession } from "./HandedOffSession"
import { PickupPage } from "./PickupPage"

/** A session, or with `pickup` the context of its escalation first. */
export function PilotPage({ sessionId, pickup }: { sessionId: string; pickup: boolean }) {
  return pickup ? <PickupPage sessionId={sessionId} /> : <HandedOffSession sessionId={sessionId} />
}
