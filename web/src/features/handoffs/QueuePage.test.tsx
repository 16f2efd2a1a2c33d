import type { QueryClient } from "@tanstack/react-query"
import { act, screen, waitFor, within } from "@testing-library/react"
import userEvent from "@testing-library/user-event"
import { beforeEach, describe, expect, it, vi } from "vitest"
import type { QueueCard } from "@/lib/api/types"
import { setLiveState } from "@/lib/live/state"
import { problem, serve } from "@/test/server"
import { handoffsLive } from "./live"
import { queueQuery } from "./queue"
import { QueuePage } from "./QueuePage"
import { renderAt, SAM } from "./tests/app"
import { aQuestion } from "./tests/cases"
import { aCard, aClaim } from "./tests/desk"

const QUEUE = "GET /api/v1/ai-sessions/escalations"
const waiting = (...ids: string[]) => ids.map((id, minute) => aCard({ session_id: id, title: `Case ${id}`, created_at: `2026-01-01T08:0${minute}:00Z` }))
const show = (items: QueueCard[]) => {
  serve({ [QUEUE]: { items, last_event_id: 1 } })
  return renderAt("/escalations", { escalations: () => <QueuePage metric={<p>The metric</p>} />, pilot: (id, pickup) => `${pickup ? "The context" : "The session"} of ${id}` })
}
const nextId = (cache: QueryClient) => (cache.getQueryData(queueQuery.queryKey)?.last_event_id ?? 0) + 1
const arrives = (cache: QueryClient, card: QueueCard) => act(() => handoffsLive.handoff_created({ event_id: nextId(cache), type: "handoff_created", occurred_at: "2026-01-01T09:00:00Z", card }, cache))
const isTaken = (cache: QueryClient, sessionId: string) => act(() => handoffsLive.handoff_claimed(aClaim(nextId(cache), sessionId), cache))
const card = (id: string) => screen.findByRole("link", { name: `Case ${id}` })
const announced = () => screen.getByTestId("announcements").textContent

beforeEach(() => act(() => setLiveState("live")))

describe("the queue screen", () => {
  it("says with the time of the last one that nobody waits", async () => {
    show([aCard({ status: "claimed", claimed_by: { id: "u-ana", name: "Ana" }, claimed_at: "2026-01-01T09:00:00Z" })])
    expect(await screen.findByText("Nobody is waiting")).toBeTruthy()
    expect(screen.getByText(/New escalations appear here by themselves\. The last one came/)).toBeTruthy()
  })

  it("says on a card the likely cause with how sure that is, and that somebody asked back", async () => {
    const { cache } = show([aCard({ session_id: "a", title: "Case a", likely_cause: "<b>cached credentials</b>", confidence: "medium" })])
    await card("a")
    expect(screen.getByText("2 tried · likely <b>cached credentials</b> (medium)")).toBeTruthy()
    expect(screen.queryByText("Asked back")).toBeNull()
    const talk = { occurred_at: "2026-01-01T09:00:00Z", handoff_id: "h-a", session_id: "a" }
    act(() => handoffsLive.handoff_question({ ...talk, type: "handoff_question", event_id: nextId(cache), question: aQuestion(), question_pending: true }, cache))
    expect(await screen.findByText("Asked back")).toBeTruthy()
    act(() => handoffsLive.handoff_answer({ ...talk, type: "handoff_answer", event_id: nextId(cache), question: aQuestion({ answer: "Yes" }), question_pending: false }, cache))
    await waitFor(() => expect(screen.queryByText("Asked back")).toBeNull())
  })

  it("offers to try again where the queue cannot be loaded", async () => {
    serve({ [QUEUE]: () => problem(500, "internal", "Something broke.") })
    renderAt("/escalations", { escalations: () => <QueuePage metric={null} /> })
    expect(await screen.findByText("Something broke.")).toBeTruthy()
    serve({ [QUEUE]: { items: waiting("a"), last_event_id: 1 } })
    await userEvent.click(screen.getByRole("button", { name: "Try again" }))
    expect(await card("a")).toBeTruthy()
  })

  it("shows an arrival above the waiting and says it", async () => {
    const { cache } = show(waiting("a"))
    await card("a")
    arrives(cache, aCard({ session_id: "b", title: "Case b" }))
    expect(within(await screen.findByRole("region", { name: "New" })).getByRole("link", { name: "Case b" })).toBeTruthy()
    expect(announced()).toContain("New escalation from Jane: Case b")
    await userEvent.click(screen.getByRole("button", { name: "Sort in" }))
    expect(screen.queryByRole("region", { name: "New" })).toBeNull()
  })

  it("moves with j and k, and opens with Enter", async () => {
    const { address } = show(waiting("a", "b", "c"))
    await card("a")
    await userEvent.keyboard("jjk")
    expect(document.activeElement).toBe(await card("a"))
    await userEvent.keyboard("j{Enter}")
    expect(await screen.findByText("The context of b")).toBeTruthy()
    expect(address()).toContain("pickup=true")
  })

  it("holds arrivals back while focus is in the list", async () => {
    const { cache } = show(waiting("a"))
    await card("a")
    await userEvent.keyboard("j")
    arrives(cache, aCard({ session_id: "b", title: "Case b" }))
    arrives(cache, aCard({ session_id: "c", title: "Case c" }))
    await screen.findByRole("button", { name: /2 new/ })
    expect(screen.queryByRole("link", { name: "Case b" })).toBeNull()
    await userEvent.click(screen.getByRole("button", { name: /2 new/ }))
    expect(await card("b")).toBeTruthy()
    expect(await card("c")).toBeTruthy()
  })

  it("passes focus on when the focused card is taken, and says by whom", async () => {
    const { cache } = show(waiting("a", "b"))
    await card("a")
    await userEvent.keyboard("j")
    isTaken(cache, "a")
    expect(await screen.findByText("Picked up by Ana")).toBeTruthy()
    expect(document.activeElement).toBe(await card("b"))
    expect(announced()).toContain("Picked up by Ana: Case a")
    isTaken(cache, "b")
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("main")))
  })

  it("ignores a click that comes right after the list moved", async () => {
    const clock = vi.spyOn(performance, "now").mockReturnValue(10_000)
    const { cache } = show(waiting("a"))
    const link = await card("a")
    clock.mockReturnValue(20_000)
    arrives(cache, aCard({ session_id: "b", title: "Case b" }))
    await card("b")
    await userEvent.click(link)
    expect(screen.queryByText(/The context/)).toBeNull()
    clock.mockReturnValue(20_301)
    await userEvent.click(link)
    expect(await screen.findByText("The context of a")).toBeTruthy()
  })

  it("marks one's own and withdraws it", async () => {
    const calls = serve({})
    const mine = aCard({ session_id: "a", title: "Case a", escalated_by: SAM })
    show([mine])
    await card("a")
    const more = serve({ "POST /api/v1/ai-sessions/a/handoffs/h-a/withdraw": { id: "h-a" }, [QUEUE]: { items: [], last_event_id: 2 } })
    expect(screen.getByText("Yours")).toBeTruthy()
    await userEvent.click(screen.getByRole("button", { name: "Withdraw" }))
    expect(await screen.findByText("Nobody is waiting")).toBeTruthy()
    expect([...calls, ...more].filter(({ method }) => method === "POST").map(({ path }) => path)).toContain("/api/v1/ai-sessions/a/handoffs/h-a/withdraw")
  })

  it("says while reconnecting that the list may be behind", async () => {
    show(waiting("a"))
    await card("a")
    act(() => setLiveState("reconnecting"))
    expect(screen.getByText(/Reconnecting\. This is the list as it was/)).toBeTruthy()
  })
})
