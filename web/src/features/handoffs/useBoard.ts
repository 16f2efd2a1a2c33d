import { useEffect, useLayoutEffect, useReducer } from "react"
import { now } from "@/lib/clock"
import { boardAfter, nextTick, openBoard, type Board, type Change } from "./board"
import type { LiveQueue } from "./queue"

type Asked = { kind: "hold"; held: boolean } | { kind: "show" } | { kind: "sort in" }

/** This screen's board, following the queue and the clock. */
export function useBoard(queue: LiveQueue, myId: string): [Board, (asked: Asked) => void] {
  const [board, change] = useReducer(boardAfter, queue, openBoard)
  useLayoutEffect(() => change({ kind: "queue", queue, now: now(), myId }), [queue, myId])
  const due = nextTick(board)
  useEffect(() => {
    if (due === null) return
    const timer = setTimeout(() => change({ kind: "tick", now: now(), myId } satisfies Change), Math.max(0, due - now()))
    return () => clearTimeout(timer)
  }, [due, myId, board])
  return [board, (asked) => change({ ...asked, now: now(), myId })]
}
