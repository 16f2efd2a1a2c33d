import { useNavigate } from "@tanstack/react-router"
import { useState } from "react"
import { isEngineer, useMe } from "@/features/accounts/me"
import { announce } from "@/lib/announce"
import { Problem, sentenceOf } from "@/lib/api/problem"
import { useKeys } from "@/lib/keys"
import { useLiveState } from "@/lib/live/state"
import { toast } from "@/lib/toast"
import { Button, Icon, Notice } from "@/ui"
import { useClaim, useHandBack, winnerIn, type Start } from "./actions"
import { AdviceField } from "./AdviceField"
import { Bar } from "./Bar"
import type { Case } from "./case"
import type { Settled } from "./pickup"
import { AskField } from "./Questions"
import { OwnBar, SettledBar } from "./SettledBar"

const SETTLE_MS = 400
/** Each has its key whether or not the others are offered. */
const WAYS: readonly { way: Start; keys: string }[] = [
  { way: "continue", keys: "1" },
  { way: "ai_analysis", keys: "2" },
  { way: "own", keys: "3" },
]

type Props = { theCase: Case; settled: Settled | null; mayRead: boolean; onClose: () => void; overlay: boolean }

/** What can be done from the context screen; it stays in view. Viewers read only and have none. */
export function StartBar({ theCase, settled, mayRead, onClose, overlay }: Props) {
  const { user } = useMe()
  const start = useStarting(theCase, overlay ? onClose : null)
  if (!isEngineer(user)) return null
  if (start.isRunning) return <OpenBar {...{ theCase, start, onClose, overlay }} />
  const over = settled ?? start.lost
  if (over) return <SettledBar settled={over} sessionId={theCase.sessionId} mayRead={mayRead} overlay={overlay} onClose={onClose} />
  if (theCase.by.id === user.id) return <OwnBar theCase={theCase} overlay={overlay} onClose={onClose} />
  return <OpenBar {...{ theCase, start, onClose, overlay }} />
}

type Starting = ReturnType<typeof useStarting>

/** Claiming comes first, whichever way one starts; advice claims and returns in one go. */
function useStarting(theCase: Case, closeOverlay: (() => void) | null) {
  const navigate = useNavigate()
  const claim = useClaim(theCase.sessionId)
  const handBack = useHandBack(theCase.sessionId)
  const [lost, setLost] = useState<(Settled & { reopened: number }) | null>(null)
  const reopened = theCase.reopened_count
  const refused = (error: unknown) => {
    const winner = winnerIn(error)
    if (winner !== null) setLost({ how: "claimed", by: { id: null, name: winner }, at: claimedAt(error), reopened })
    else if (error instanceof Problem && error.code === "not_open") setLost({ how: null, by: null, at: null, reopened })
  }
  return {
    way: claim.isPending || claim.isSuccess ? claim.variables.start : handBack.isPending || handBack.isSuccess ? ("advice" as const) : null,
    isRunning: claim.isPending || claim.isSuccess || handBack.isPending || handBack.isSuccess,
    error: claim.error ?? handBack.error,
    lost: lost?.reopened === reopened ? lost : null,
    begin: (way: Start) =>
      claim.mutate(
        { handoffId: theCase.handoffId, start: way },
        {
          onSuccess: () => {
            announce("You picked it up.")
            void navigate({ to: "/pilot/$sessionId", params: { sessionId: theCase.sessionId }, search: {}, replace: true }).then(() => closeOverlay?.())
          },
          onError: refused,
        },
      ),
    advise: (handoffId: string, advice: string, onDone: () => void) =>
      handBack.mutate(
        { handoffId, advice },
        {
          onSuccess: () => {
            onDone()
            toast(`Handed back to ${theCase.owner} with your advice.`, { tone: "green" })
            void navigate({ to: "/escalations" })
          },
          onError: refused,
        },
      ),
  }
}

const claimedAt = (error: unknown): string | null => (error instanceof Problem && typeof error.extra["claimed_at"] === "string" ? error.extra["claimed_at"] : null)

function OpenBar({ theCase, start, onClose, overlay }: { theCase: Case; start: Starting; onClose: () => void; overlay: boolean }) {
  const [opened, setOpened] = useState<"advice" | "question" | null>(null)
  const offline = useLiveState() === "offline"
  const idle = offline || start.isRunning
  const hasList = theCase.questions.length + theCase.actions.length > 0
  const { handoffId } = theCase
  const ways = WAYS.filter(({ way }) => way === "own" || (way === "continue" ? hasList : handoffId !== null))
  const first: Start = hasList ? "continue" : "own"
  const label = { continue: `Continue ${theCase.by.name}'s list`, ai_analysis: "Ask the assistant", own: "Start on my own" }
  useKeys(
    "Handoff",
    [
      ...ways.map(({ way, keys }) => ({ keys, label: label[way], run: () => start.begin(way), enabled: !idle })),
      { keys: "b", label: "Advise and hand back", run: () => setOpened("advice"), enabled: !idle && handoffId !== null },
      { keys: "q", label: `Ask ${theCase.by.name}`, run: () => setOpened("question"), enabled: !idle && handoffId !== null },
    ],
    { settleMs: SETTLE_MS },
  )
  return (
    <Bar>
      {start.error !== null && start.lost === null && (
        <Notice tone="red" role="alert">
          {sentenceOf(start.error)} Nothing was picked up.
        </Notice>
      )}
      {opened === "question" && handoffId !== null ? (
        <AskField sessionId={theCase.sessionId} handoffId={handoffId} name={theCase.by.name} disabled={offline} onDone={() => setOpened(null)} />
      ) : opened === "advice" && handoffId !== null ? (
        <AdviceField
          sessionId={theCase.sessionId}
          name={theCase.owner}
          pending={start.way === "advice"}
          disabled={offline}
          onSend={(advice, onDone) => start.advise(handoffId, advice, onDone)}
          onCancel={() => setOpened(null)}
        />
      ) : (
        <div role="group" aria-label="Start here" className="flex flex-wrap items-center gap-2">
          <span className="mr-1 text-small font-medium text-ink-dim max-sm:sr-only">Start here</span>
          {ways.map(({ way, keys }) => (
            <Button
              key={way}
              autoFocus={way === first}
              variant={way === first ? "primary" : "secondary"}
              keys={keys}
              pending={start.way === way}
              disabled={idle && start.way !== way}
              onClick={() => start.begin(way)}
              className="max-w-full max-sm:w-full"
            >
              <span className="truncate">{label[way]}</span>
            </Button>
          ))}
          <span className="hidden grow sm:block" />
          {handoffId !== null && (
            <>
              <Button variant="quiet" className="max-sm:grow" keys="b" disabled={idle} onClick={() => setOpened("advice")}>
                Advise and hand back
              </Button>
              <Button variant="quiet" className="max-w-full max-sm:grow" keys="q" disabled={idle} onClick={() => setOpened("question")}>
                <span className="truncate">Ask {theCase.by.name}</span>
              </Button>
            </>
          )}
          <Button variant="quiet" className="max-sm:grow" keys="Escape" disabled={start.isRunning} onClick={onClose}>
            {overlay ? "Close" : "Back to the queue"}
          </Button>
        </div>
      )}
      <p className="text-small [overflow-wrap:anywhere] text-ink-dim">
        {offline ? (
          <span className="inline-flex items-center gap-1.5 text-red">
            <Icon name="warning" /> You are offline. Picking up needs the connection; the case stays readable here.
          </span>
        ) : (
          opened !== "question" && (
            <>
              {opened === "advice" ? "Sending picks it up and hands it back in one go" : "Starting picks it up"}; {theCase.by.name} and the others see that at once.
            </>
          )
        )}
      </p>
    </Bar>
  )
}
