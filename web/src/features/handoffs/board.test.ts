import { describe, expect, it } from "vitest"
import { boardAfter, groupsOf, LEAVES_MS, nextTick, openBoard, SETTLES_MS, type Board } from "./board"
import { applyEvent, fresh, type LiveQueue } from "./queue"
import { aCard, aClaim } from "./tests/desk"

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 8, minute)).toISOString()
const MY_ID = "u-me"
const queueOf = (...cards: LiveQueue["items"]): LiveQueue => fresh({ items: cards, last_event_id: 1 })

const arriving = (board: Board, now: number, card: ReturnType<typeof aCard>): Board => {
  const queue = applyEvent(board.queue, { event_id: board.queue.last_event_id + 1, type: "handoff_created", occurred_at: at(0), card })
  return boardAfter(board, { kind: "queue", queue, now, myId: MY_ID })
}
const claimedBy = (board: Board, now: number, sessionId: string, person: { id: string; name: string }): Board => {
  const queue = applyEvent(board.queue, aClaim(board.queue.last_event_id + 1, sessionId, { claimed_by: person, claimed_at: at(1) }))
  return boardAfter(board, { kind: "queue", queue, now, myId: MY_ID })
}
const ids = (rows: { card: { session_id: string } }[]) => rows.map(({ card }) => card.session_id)

describe("the board", () => {
  it("shows what waited already oldest first, with the urgent on top", () => {
    const groups = groupsOf(openBoard(queueOf(aCard({ session_id: "old", created_at: at(1) }), aCard({ session_id: "new", created_at: at(9) }), aCard({ session_id: "critical", created_at: at(5), priority: "critical" }))))
    expect(ids(groups.waiting)).toEqual(["critical", "old", "new"])
    expect(groups.fresh).toEqual([])
  })

  it("puts arrivals above, newest first, until they settle", () => {
    let board = openBoard(queueOf(aCard({ session_id: "old" })))
    board = arriving(board, 1_000, aCard({ session_id: "a", created_at: at(10) }))
    board = arriving(board, 2_000, aCard({ session_id: "b", created_at: at(11) }))
    expect(ids(groupsOf(board).fresh)).toEqual(["b", "a"])
    expect(nextTick(board)).toBe(1_000 + SETTLES_MS)
    board = boardAfter(board, { kind: "tick", now: 1_000 + SETTLES_MS, myId: MY_ID })
    expect(ids(groupsOf(board).fresh)).toEqual(["b"])
    board = boardAfter(board, { kind: "sort in", now: 3_000, myId: MY_ID })
    expect(ids(groupsOf(board).waiting)).toEqual(["old", "a", "b"])
  })

  it("holds arrivals back while somebody works in the list", () => {
    let board = boardAfter(openBoard(queueOf(aCard({ session_id: "old" }))), { kind: "hold", held: true, now: 0, myId: MY_ID })
    board = arriving(board, 1_000, aCard({ session_id: "a" }))
    expect(groupsOf(board)).toMatchObject({ fresh: [], hidden: 1 })
    expect(ids(groupsOf(boardAfter(board, { kind: "show", now: 2_000, myId: MY_ID })).fresh)).toEqual(["a"])
    expect(ids(groupsOf(boardAfter(board, { kind: "hold", held: false, now: 2_000, myId: MY_ID })).fresh)).toEqual(["a"])
  })

  it("lets nothing settle under somebody's hands", () => {
    let board = arriving(openBoard(queueOf()), 0, aCard({ session_id: "a" }))
    board = boardAfter(board, { kind: "hold", held: true, now: 10, myId: MY_ID })
    board = boardAfter(board, { kind: "tick", now: SETTLES_MS + 10, myId: MY_ID })
    expect(ids(groupsOf(board).fresh)).toEqual(["a"])
    expect(nextTick(board)).toBeNull()
  })

  it("keeps a taken card in its place for a moment, with who took it", () => {
    let board = openBoard(queueOf(aCard({ session_id: "a", created_at: at(1) }), aCard({ session_id: "b", created_at: at(2) })))
    board = claimedBy(board, 5_000, "a", { id: "u-sam", name: "Sam" })
    const { waiting, pickedUp } = groupsOf(board)
    expect(waiting.map(({ card, leaving }) => [card.session_id, leaving?.by.name])).toEqual([
      ["a", "Sam"],
      ["b", undefined],
    ])
    expect(pickedUp.map(({ session_id }) => session_id)).toEqual(["a"])
    board = boardAfter(board, { kind: "tick", now: 5_000 + LEAVES_MS, myId: MY_ID })
    expect(ids(groupsOf(board).waiting)).toEqual(["b"])
  })

  it("says nothing about what one took oneself, or never saw", () => {
    const mine = claimedBy(openBoard(queueOf(aCard({ session_id: "a" }))), 1, "a", { id: MY_ID, name: "Me" })
    expect(groupsOf(mine).waiting).toEqual([])
    let held = boardAfter(openBoard(queueOf()), { kind: "hold", held: true, now: 0, myId: MY_ID })
    held = arriving(held, 1, aCard({ session_id: "a" }))
    held = claimedBy(held, 2, "a", { id: "u-sam", name: "Sam" })
    expect(groupsOf(held)).toMatchObject({ waiting: [], fresh: [], hidden: 0 })
  })

  it("lets a released case arrive anew", () => {
    let board = openBoard(queueOf(aCard({ session_id: "a", status: "claimed", claimed_by: { id: "u-sam", name: "Sam" }, claimed_at: at(1) })))
    const queue = applyEvent(board.queue, { event_id: 2, type: "handoff_reopened", occurred_at: at(3), card: aCard({ session_id: "a", reopened_count: 1 }) })
    board = boardAfter(board, { kind: "queue", queue, now: 9, myId: MY_ID })
    expect(ids(groupsOf(board).fresh)).toEqual(["a"])
  })
})
