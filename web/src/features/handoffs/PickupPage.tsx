import { useQuery } from "@tanstack/react-query"
import { Navigate, useNavigate } from "@tanstack/react-router"
import { useMemo } from "react"
import { isEngineer, useMe } from "@/features/accounts/me"
import { stepsQuery } from "@/features/sessions/queries"
import { Problem } from "@/lib/api/problem"
import { ErrorState, Skeleton } from "@/ui"
import { caseOf, caseOfCard } from "./case"
import { escalationsOf, handoffsQuery } from "./handoffs"
import { HandoffContext } from "./HandoffContext"
import { NotWaiting } from "./NotWaiting"
import { settledOf } from "./pickup"
import { queueQuery } from "./queue"
import { useWasTrue } from "./useWasTrue"

/** Where the link of an escalation leads: its context, before the session itself is loaded; or why it does not wait. */
export function PickupPage({ sessionId }: { sessionId: string }) {
  const { user } = useMe()
  const navigate = useNavigate()
  const handoffs = useQuery(handoffsQuery(sessionId))
  const queue = useQuery({ ...queueQuery, enabled: isEngineer(user) })
  const leave = () => void navigate({ to: isEngineer(user) ? "/escalations" : "/" })

  const latest = handoffs.data && (escalationsOf(handoffs.data)[0] ?? null)
  const settled = latest === undefined ? null : settledOf(latest, sessionId, queue.data)
  const isRefused = handoffs.error instanceof Problem && handoffs.error.status === 404
  const legacyCard = latest === null ? queue.data?.items.find((card) => card.session_id === sessionId && card.handoff_id === null) : undefined
  const steps = useQuery({ ...stepsQuery(sessionId), enabled: legacyCard !== undefined })
  const owner = queue.data?.items.find((card) => card.session_id === sessionId)?.owner.name
  const theCase = useMemo(
    () => (latest ? caseOf(latest, owner) : legacyCard && steps.data ? caseOfCard(legacyCard, steps.data) : null),
    [latest, owner, legacyCard, steps.data],
  )

  const error = handoffs.data ? (legacyCard ? steps.error : null) : handoffs.error
  const wasOpen = useWasTrue(theCase !== null && settled === null)
  if (isRefused && !wasOpen) {
    if (queue.isLoading) return <Opening />
    return <NotWaiting sessionId={sessionId} settled={settledOf(null, sessionId, queue.data) ?? { how: null, by: null, at: null }} mayRead={false} />
  }
  if (theCase && (settled === null || wasOpen)) return <HandoffContext theCase={theCase} settled={settled} mayRead={!isRefused} onClose={leave} />
  if (settled?.how === "claimed" && settled.by?.id === user.id) return <Navigate to="/pilot/$sessionId" params={{ sessionId }} search={{}} replace />
  if (latest !== undefined && settled && !legacyCard) return <NotWaiting sessionId={sessionId} settled={settled} mayRead />
  if (error) return <ErrorState title="The escalation could not be loaded" error={error} retry={() => void handoffs.refetch()} retrying={handoffs.isFetching} />
  return <Opening />
}

const Opening = () => <Skeleton what="Opening the escalation" lines={7} className="mx-auto max-w-160" />
