import { getRouteApi } from "@tanstack/react-router"
import { PilotPage } from "@/features/handoffs/PilotPage"

const route = getRouteApi("/shell/pilot/$sessionId")

/** Another session is another page: nothing of the one before survives, not for one frame. */
export function PilotRoute() {
  const { sessionId } = route.useParams()
  const { pickup = false } = route.useSearch()
  return <PilotPage key={sessionId} sessionId={sessionId} pickup={pickup} />
}
