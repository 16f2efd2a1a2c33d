import { useQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { useCallback, useEffect, useMemo, useState, type ReactNode } from "react"
import { useMe } from "@/features/accounts/me"
import { Problem, sentenceOf } from "@/lib/api/problem"
import type { Hint, Session, User } from "@/lib/api/types"
import { useKeys } from "@/lib/keys"
import { useLiveState } from "@/lib/live/state"
import { useTitle } from "@/lib/title"
import { Button, Card, EmptyState, ErrorState, later, Skeleton } from "@/ui"
import { tabTitle, whereOf } from "./about"
import { Composer } from "./Composer"
import type { Correctable } from "./EntryRow"
import { Facts } from "./Facts"
import { Ledger } from "./Ledger"
import { ledgerOf, suggestedFix } from "./ledger"
import { sessionQuery, stepsQuery } from "./queries"
import { ReplyEnd } from "./ReplyEnd"
import { SimilarCases } from "./SimilarCases"
import { SessionHeader } from "./SessionHeader"
import { standingOf } from "./standing"
import { StandingNotice } from "./StandingNotice"
import { TaskLane } from "./TaskLane"
import { useTalk, wasJustStarted } from "./talk"
import { useComposer } from "./useComposer"

const ConcludeDialog = later(() => import("./ConcludeDialog").then((module) => module.ConcludeDialog))

/** What the handoffs know how to do with a session. */
export type SessionActions = { escalate: (ask?: string) => void; park: () => void; handOver: () => void; context: (() => void) | null; extra?: ReactNode }

type Props = {
  sessionId: string
  actions: SessionActions
  /** Stands above the ledger: who waits for whom. */
  banner?: ReactNode
  dialogs?: ReactNode
}

const READ_ALONG_MS = 15_000

/** One session: whom it is about, what happened, what is to do, and where to write it down. */
export function SessionPage(props: Props) {
  const { user } = useMe()
  const stream = useLiveState()
  // Signals reach owner and holder; whoever else reads along looks again from time to time.
  const session = useQuery({
    ...sessionQuery(props.sessionId),
    refetchInterval: ({ state: { data } }) => (data && (stream === "off" || (data.user_id !== user.id && data.holder_id !== user.id)) ? READ_ALONG_MS : false),
  })
  useTitle(session.data && tabTitle(session.data))
  if (useIsRefused(session)) return <Unreadable wasReadable={session.data !== undefined} />
  if (session.data) return <Page key={session.data.id} {...props} session={session.data} me={user} />
  if (session.error) return <ErrorState title="The session could not be loaded" error={session.error} retry={() => void session.refetch()} retrying={session.isFetching} />
  return <Opening />
}

/** Stays refused while it is asked again, so that nothing flickers. */
function useIsRefused({ data, error, isFetching }: { data: Session | undefined; error: Error | null; isFetching: boolean }): boolean {
  const [wasRefused, setWasRefused] = useState(false)
  const isRefused = error instanceof Problem ? error.status === 404 : wasRefused && isFetching && data === undefined
  if (isRefused !== wasRefused) setWasRefused(isRefused)
  return isRefused
}

function Page({ session, me, actions, banner, dialogs }: Props & { session: Session; me: User }) {
  const [concluding, setConcluding] = useState<{ fix: string } | null>(null)
  const standing = standingOf(session, me)
  const steps = useQuery({ ...stepsQuery(session.id), refetchInterval: standing.isOwner || standing.isHolder ? false : READ_ALONG_MS })
  const ledger = useMemo(() => ledgerOf(steps.data ?? []), [steps.data])
  const talk = useTalk(session.id)
  const mayTalk = standing.mayAdd("message")
  const writing = useComposer(session.id, me.id, mayTalk ? talk : null)
  const [hasSpoken, setSpoken] = useState(false)
  if (!hasSpoken && (talk.streamed !== null || talk.say.isPending)) setSpoken(true)
  const { client_name, device } = session
  const where = useCallback((target: string | null) => whereOf({ client_name, device }, target), [client_name, device])
  const canWrite = standing.mayAdd("note")
  const correct = canWrite ? (entry: Correctable) => writing.correct(entry) : null
  const writtenAs = talk.streamed?.stepId ?? null
  const isWritten = writtenAs !== null && ledger.entries.some(({ step }) => step.id === writtenAs)
  const problem = session.problem_summary.trim()
  const ask = () => talk.say.mutate({ content: problem, key: `start:${session.id}` })
  const conclude = () => setConcluding({ fix: suggestedFix(ledger.entries) })
  const take = (hint: Hint) => (hint.kind === "resolve" ? setConcluding({ fix: hint.text }) : actions.escalate(hint.text))
  const escalate = () => {
    const hint = session.turn?.hints[0]
    if (hint?.kind === "escalate") take(hint)
    else actions.escalate()
  }
  useBeginning(session.id, mayTalk && problem !== "" ? ask : null)
  const isReading = steps.isPending || (steps.isFetching && ledger.entries.length < session.step_count)

  useKeys("Session", [
    { keys: "m", label: "Ask the assistant", run: () => writing.begin("ask"), enabled: mayTalk },
    { keys: "n", label: "Note", run: () => writing.begin("note"), enabled: canWrite },
    { keys: "t", label: "Tried", run: () => writing.begin("tried"), enabled: canWrite },
    { keys: "f", label: "Fact", run: () => writing.begin("fact"), enabled: canWrite },
    { keys: "e", label: "Escalate", run: escalate, enabled: standing.mayHandOff },
    { keys: "r", label: "Resolve, park, hand over or escalate", run: conclude, enabled: standing.mayResolve },
    { keys: "x", label: "Context of the handoff", run: () => actions.context?.(), enabled: actions.context !== null },
  ])

  return (
    <>
      <SessionHeader
        session={session}
        standing={standing}
        onContext={actions.context}
        onEscalate={escalate}
        onConclude={conclude}
        onConcludeNear={ConcludeDialog.preload}
        extra={actions.extra}
      />
      {banner}
      <StandingNotice session={session} standing={standing} me={me} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="min-w-0">
          {steps.isError && ledger.entries.length === 0 ? (
            <Card>
              <ErrorState title="The steps could not be loaded" error={steps.error} retry={() => void steps.refetch()} retrying={steps.isFetching} />
            </Card>
          ) : (
            <Ledger
              entries={ledger.entries}
              isReading={isReading}
              me={me.id}
              where={where}
              onCorrect={correct}
              canWrite={canWrite}
              begin={
                mayTalk &&
                problem !== "" && (
                  <>
                    <p>The assistant asks what tells the causes apart, and proposes one step at a time. What you do is written down here.</p>
                    {talk.say.error && <p className="text-red">Not sent. {sentenceOf(talk.say.error)}</p>}
                    <Button variant="primary" className="mt-3" pending={talk.say.isPending} onClick={ask}>
                      Ask the assistant
                    </Button>
                  </>
                )
              }
              end={<ReplyEnd session={session} talk={talk} where={where(null)} mayTalk={mayTalk} isWritten={isWritten} onHint={take} />}
              follows={hasSpoken}
            />
          )}
          {canWrite && <Composer writing={writing} />}
        </div>
        {!isReading && (
          <aside aria-label="To do and facts" className="grid gap-4 xl:sticky xl:top-16">
            <TaskLane
              sessionId={session.id}
              personId={me.id}
              questions={ledger.questions}
              actions={ledger.actions}
              where={where}
              mayAnswer={standing.mayAdd("answer")}
              mayReport={standing.mayAdd("action_result")}
              onAct={() => setSpoken(true)}
            />
            <Facts facts={ledger.facts} onCorrect={correct} />
            {session.status !== "resolved" && <SimilarCases sessionId={session.id} onCite={canWrite ? writing.note : null} />}
          </aside>
        )}
      </div>
      {concluding && (
        <ConcludeDialog
          session={session}
          personId={me.id}
          fix={concluding.fix}
          onPark={standing.mayHandOff ? leadTo(actions.park) : null}
          onHandOver={standing.mayHandOff ? leadTo(actions.handOver) : null}
          onEscalate={standing.mayHandOff ? leadTo(escalate) : null}
          onClose={() => setConcluding(null)}
        />
      )}
      {dialogs}
    </>
  )

  function leadTo(way: () => void): () => void {
    return () => {
      setConcluding(null)
      way()
    }
  }
}

/** A session that was started from here begins with its problem as the first message. */
function useBeginning(sessionId: string, ask: (() => void) | null): void {
  useEffect(() => {
    if (ask !== null && wasJustStarted(sessionId)) ask()
  }, [sessionId, ask])
}

/** Also when it was readable a moment ago: somebody picked it up, and it is theirs to read. */
function Unreadable({ wasReadable }: { wasReadable: boolean }) {
  return (
    <EmptyState
      icon="search"
      title={wasReadable ? "This session is no longer shared with you" : "There is no such session for you"}
      action={
        <span className="flex gap-4">
          <Link to="/" className="text-accent underline underline-offset-2">
            Dashboard
          </Link>
          <Link to="/escalations" className="text-accent underline underline-offset-2">
            Escalations
          </Link>
        </span>
      }
    >
      {wasReadable
        ? "It waited for somebody, and everybody could read it. Now a colleague works on it. Engineers can read it again once it is resolved."
        : "It does not exist, or it is not shared with you. A session can be read by everybody in the account while it waits for a senior, and by engineers once it is resolved."}
    </EmptyState>
  )
}

function Opening() {
  return (
    <>
      <Skeleton what="Opening the session" lines={2} className="mb-6 max-w-120" />
      <Card>
        <Skeleton what="Reading what happened" lines={7} />
      </Card>
    </>
  )
}
