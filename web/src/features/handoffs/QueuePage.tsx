import { useQuery } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { isEngineer, useMe } from "@/features/accounts/me"
import { now } from "@/lib/clock"
import { useLiveState } from "@/lib/live/state"
import { clockTime } from "@/lib/time"
import { useTitle } from "@/lib/title"
import { EmptyState, ErrorState, Notice, PageHeader, Skeleton } from "@/ui"
import { groupsOf } from "./board"
import { PickedUp } from "./PickedUp"
import { queueQuery, type LiveQueue } from "./queue"
import { QueueList } from "./QueueList"
import { useBoard } from "./useBoard"

/** Who waits for a senior, live. `metric` stands above the list. */
export function QueuePage({ metric }: { metric: ReactNode }) {
  useTitle("Escalations")
  const { user } = useMe()
  if (!isEngineer(user)) return <ForEngineers />
  return (
    <>
      <PageHeader title="Escalations" />
      {metric}
      <QueueOf myId={user.id} />
    </>
  )
}

function QueueOf({ myId }: { myId: string }) {
  const { data, error, refetch, isFetching } = useQuery(queueQuery)
  if (data)
    return (
      <>
        <Currency failed={error !== null} />
        <LoadedQueue queue={data} myId={myId} />
      </>
    )
  if (error) return <ErrorState title="The queue could not be loaded" error={error} retry={() => void refetch()} retrying={isFetching} />
  return <Skeleton what="Loading the queue" lines={6} />
}

function LoadedQueue({ queue, myId }: { queue: LiveQueue; myId: string }) {
  const [board, ask] = useBoard(queue, myId)
  const groups = groupsOf(board)
  const isEmpty = groups.fresh.length + groups.waiting.length + groups.hidden === 0
  return (
    <div className="grid gap-6">
      {isEmpty ? (
        <NobodyWaits queue={queue} />
      ) : (
        <QueueList groups={groups} myId={myId} onHold={(held) => ask({ kind: "hold", held })} onShow={() => ask({ kind: "show" })} onSortIn={() => ask({ kind: "sort in" })} />
      )}
      <PickedUp cards={groups.pickedUp} myId={myId} />
    </div>
  )
}

/** Says when the list may be behind. */
function Currency({ failed }: { failed: boolean }) {
  const state = useLiveState()
  if (state === "offline" || (state !== "reconnecting" && !failed)) return null // the shell says what is offline
  return (
    <Notice tone="amber" role="status" className="mb-4">
      Reconnecting. This is the list as it was; it is brought up to date by itself.
    </Notice>
  )
}

function NobodyWaits({ queue }: { queue: LiveQueue }) {
  const last = [...queue.items, ...queue.departures.map(({ card }) => card)].map((card) => card.created_at).sort().at(-1)
  return (
    <EmptyState icon="check" title="Nobody is waiting">
      New escalations appear here by themselves.{last !== undefined && ` The last one came ${clockTime(last, now())}.`}
    </EmptyState>
  )
}

function ForEngineers() {
  return (
    <>
      <PageHeader title="Escalations" />
      <EmptyState icon="inbox" title="The queue is for engineers">
        You can read a session that waits when you have its link. An admin of your team can give you the role of an engineer.
      </EmptyState>
    </>
  )
}
