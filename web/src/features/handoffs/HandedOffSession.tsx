import { useQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { useState } from "react"
import { useMe } from "@/features/accounts/me"
import { sessionQuery } from "@/features/sessions/queries"
import { SessionPage } from "@/features/sessions/SessionPage"
import { sentenceOf } from "@/lib/api/problem"
import type { Handoff, Session } from "@/lib/api/types"
import { toast } from "@/lib/toast"
import { later } from "@/ui"
import { useHandOff } from "./actions"
import { caseOf } from "./case"
import { escalationsOf, handoffsQuery } from "./handoffs"
import { HandedOverNotice } from "./HandedOverNotice"
import { HandoffContext } from "./HandoffContext"
import { HandoffBanner } from "./HandoffBanner"
import { HolderActions } from "./HolderActions"
import { settledOf } from "./pickup"
import { QuestionsForYou } from "./Questions"

const EscalateDialog = later(() => import("./EscalateDialog").then((module) => module.EscalateDialog))
const HandOverDialog = later(() => import("./HandOverDialog").then((module) => module.HandOverDialog))

/** The session page with what handoffs add to it: escalate, hand over and park, who waits for whom, the context, and giving it back. */
export function HandedOffSession({ sessionId }: { sessionId: string }) {
  const { user } = useMe()
  const navigate = useNavigate()
  const [open, setOpen] = useState<{ ask: string | null } | "context" | "handover" | null>(null)
  const session = useQuery(sessionQuery(sessionId)).data
  const handoffs = useQuery({ ...handoffsQuery(sessionId), enabled: session?.has_handoff === true }).data ?? []
  const park = useHandOff(sessionId)
  const latest = escalationsOf(handoffs)[0] ?? null
  const told = latest ?? handoffs[0] ?? null
  const close = () => setOpen(null)

  const parkIt = () =>
    park.mutate(
      { intent: "park" },
      {
        onSuccess: () => {
          toast("Parked. Only you see it, until you resume it.")
          void navigate({ to: "/" })
        },
        onError: (error) => toast(`Not parked. ${sentenceOf(error)}`, { tone: "red" }),
      },
    )
  return (
    <SessionPage
      sessionId={sessionId}
      actions={{
        escalate: (ask) => setOpen({ ask: ask ?? null }),
        park: parkIt,
        handOver: () => setOpen("handover"),
        context: told ? () => setOpen("context") : null,
        extra: session && latest && holds(session, latest, user.id) && <HolderActions handoff={latest} owner={session.user_name} />,
      }}
      banner={
        session && (
          <>
            <HandedOverNotice session={session} newest={handoffs[0]} myId={user.id} />
            <HandoffBanner session={session} latest={latest} myId={user.id} />
            {latest && <QuestionsForYou handoff={latest} myId={user.id} />}
          </>
        )
      }
      dialogs={
        <>
          {open !== null && typeof open === "object" && session && <EscalateDialog session={session} ask={open.ask} onClose={close} />}
          {open === "handover" && session && <HandOverDialog session={session} onClose={close} />}
          {open === "context" && told && <HandoffContext overlay theCase={caseOf(told, session?.user_name)} settled={settledOf(told, sessionId, undefined)} mayRead onClose={close} />}
        </>
      }
    />
  )
}

/** Whether this person works on what they picked up. */
const holds = (session: Session, handoff: Handoff, myId: string): boolean => session.status === "active" && session.holder_id === myId && handoff.status === "claimed" && handoff.claimed_by === myId
