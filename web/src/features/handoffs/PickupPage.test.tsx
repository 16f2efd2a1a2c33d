import { act, screen, waitFor, within } from "@testing-library/react"
import userEvent from "@testing-library/user-event"
import { beforeEach, describe, expect, it, vi } from "vitest"
import type { Role } from "@/lib/api/types"
import { setLiveState } from "@/lib/live/state"
import { problem, serve } from "@/test/server"
import { handoffsLive } from "./live"
import { PickupPage } from "./PickupPage"
import { renderAt, SAM } from "./tests/app"
import { aHandoff, aStep, aTry } from "./tests/cases"
import { aCard, aClaim } from "./tests/desk"

const QUEUE = "GET /api/v1/ai-sessions/escalations"
const HANDOFFS = "GET /api/v1/ai-sessions/s-1/handoffs"
const STEPS = "GET /api/v1/ai-sessions/s-1/steps"
const CLAIM = "POST /api/v1/ai-sessions/s-1/handoffs/h-s-1/claim"

const page = <Item,>(items: Item[]) => ({ items, next_cursor: null })
const open = { [QUEUE]: { items: [aCard({ session_id: "s-1" })], last_event_id: 3 }, [HANDOFFS]: page([aHandoff()]), [STEPS]: page([aStep()]) }
const show = (role?: Role) => renderAt("/pilot/s-1?pickup=true", { pilot: (sessionId, pickup) => (pickup ? <PickupPage sessionId={sessionId} /> : "The live session") }, role)
const theContext = () => screen.findByRole("dialog", { name: "Outlook is failing to sync" })
const settle = () => {
  const started = performance.now()
  vi.spyOn(performance, "now").mockImplementation(() => started + 1_000)
}

beforeEach(() => act(() => setLiveState("live")))

describe("the context of an escalation", () => {
  it("is a dialog named by the problem, with focus on the way to start", async () => {
    serve(open)
    show()
    const context = await theContext()
    expect(within(context).getByRole("button", { name: "Start on my own" })).toBe(document.activeElement)
    expect(within(context).getByText("the next idea")).toBeTruthy()
    expect(within(context).getByRole("link", { name: "+1 555 0117" }).getAttribute("href")).toBe("tel:+15550117")
    expect(within(context).queryByRole("button", { name: /list/ })).toBeNull()
  })

  it("is shown before the session itself is asked for", async () => {
    const calls = serve(open)
    show()
    await theContext()
    expect(calls.some(({ path }) => path === "/api/v1/ai-sessions/s-1")).toBe(false)
  })

  it("offers the list of the escalator where there is one", async () => {
    const calls = serve({ ...open, [HANDOFFS]: page([aHandoff({}, { open_actions: [{ step_id: "step-9", content: "Clear the credential cache", command: null }] })]), [CLAIM]: aHandoff({ status: "claimed" }) })
    const { address } = show()
    await theContext()
    settle()
    await userEvent.keyboard("1")
    await waitFor(() => expect(address()).toBe("/pilot/s-1"))
    expect(calls.find(({ method }) => method === "POST")?.body).toEqual({ start: "continue" })
  })

  it("lets the assistant look at the whole case first, by its own key", async () => {
    const calls = serve({ ...open, [CLAIM]: aHandoff({ status: "claimed" }) })
    show()
    expect(within(await theContext()).getByRole("button", { name: "Ask the assistant" })).toBeTruthy()
    settle()
    await userEvent.keyboard("2")
    await screen.findByText("The live session")
    expect(calls.find(({ method }) => method === "POST")?.body).toEqual({ start: "ai_analysis" })
  })

  it("ignores keys for a moment, and held keys always", async () => {
    const calls = serve({ ...open, [CLAIM]: aHandoff({ status: "claimed" }) })
    show()
    await theContext()
    await userEvent.keyboard("3")
    settle()
    await userEvent.keyboard("{3>3/}")
    await screen.findByText("The live session")
    expect(calls.filter(({ method }) => method === "POST")).toHaveLength(1)
  })

  it("goes back with Escape and claims nothing", async () => {
    const calls = serve(open)
    const { address } = show()
    await theContext()
    settle()
    await userEvent.keyboard("{Escape}")
    await waitFor(() => expect(address()).toBe("/escalations"))
    expect(calls.every(({ method }) => method === "GET")).toBe(true)
  })

  it("says who was faster instead of failing", async () => {
    serve({ ...open, [CLAIM]: () => problem(409, "already_claimed", "Picked up by Ana.", { claimed_by_name: "Ana", claimed_at: "2026-01-01T08:01:00Z" }) })
    show()
    await userEvent.click(within(await theContext()).getByRole("button", { name: "Start on my own" }))
    expect(await screen.findByText(/Ana picked it up/)).toBeTruthy()
    expect(screen.queryByRole("alert")).toBeNull()
    expect(screen.getByText("Restarted Outlook")).toBeTruthy()
  })

  it("keeps the buttons after a failure and says that nothing was picked up", async () => {
    serve({ ...open, [CLAIM]: () => problem(503, "busy", "The database is busy. Try again.") })
    show()
    await userEvent.click(within(await theContext()).getByRole("button", { name: "Start on my own" }))
    expect((await screen.findByRole("alert")).textContent).toBe("The database is busy. Try again. Nothing was picked up.")
    expect(screen.getByRole("button", { name: "Start on my own" }).getAttribute("aria-disabled")).toBeNull()
  })

  it("tells live that somebody took it, and keeps the case readable", async () => {
    serve(open)
    const { cache } = show()
    await theContext()
    serve({ ...open, [HANDOFFS]: () => problem(404, "not_found", "Not found.") })
    act(() => handoffsLive.handoff_claimed(aClaim(4, "s-1"), cache))
    expect(await screen.findByText(/Ana picked it up/)).toBeTruthy()
    expect(screen.getByRole("button", { name: "Back to the queue" })).toBe(document.activeElement)
    expect(screen.getByText("Restarted Outlook")).toBeTruthy()
  })

  it.each([
    ["handoff_withdrawn", false, "Jane took it back."],
    ["handoff_closed", true, "Jane solved it."],
  ] as const)("tells live what became of it: %s", async (type, resolved, words) => {
    serve(open)
    const { cache } = show()
    await theContext()
    act(() => {
      const event = { event_id: 4, occurred_at: "2026-01-01T08:05:00Z", handoff_id: "h-s-1", session_id: "s-1", by: { id: "u-jane", name: "Jane" }, resolved }
      if (type === "handoff_withdrawn") handoffsLive.handoff_withdrawn({ ...event, type }, cache)
      else handoffsLive.handoff_closed({ ...event, type }, cache)
    })
    await waitFor(() => expect(screen.getAllByRole("status").map(({ textContent }) => textContent)).toContain(words))
  })

  it("hands back with advice in one go", async () => {
    const calls = serve({ ...open, "POST /api/v1/ai-sessions/s-1/handoffs/h-s-1/hand-back": aHandoff({ status: "returned" }) })
    const { address } = show()
    await theContext()
    settle()
    await userEvent.keyboard("b")
    await userEvent.type(await screen.findByLabelText(/Advice for Jane/), "Clear the cache")
    await userEvent.keyboard("{Control>}{Enter}{/Control}")
    await waitFor(() => expect(address()).toBe("/escalations"))
    expect(calls.find(({ method }) => method === "POST")?.body).toEqual({ content: "Clear the cache" })
  })

  it("shows what was added since, marked when it comes while one reads", async () => {
    serve({ ...open, [STEPS]: page([aStep(), aStep({ seq: 2, content: "Rebooted" })]) })
    const { cache } = show()
    const context = await theContext()
    expect(await within(context).findByText("1 new since then")).toBeTruthy()
    expect(within(context).queryByText("1 new")).toBeNull()
    serve({ ...open, [STEPS]: page([aStep({ seq: 3, content: "Tried the other port" })]) })
    await act(() => cache.invalidateQueries({ queryKey: ["sessions"] }))
    expect(await within(context).findByText("1 new")).toBeTruthy()
    expect(within(context).getByText("Tried the other port")).toBeTruthy()
  })

  it("folds sixty rows and shows the last thing tried first", async () => {
    const tried = Array.from({ length: 60 }, (_, index) => aTry({ what: `Attempt ${index}`, step_id: `t-${index}`, at: new Date(Date.UTC(2026, 0, 1, 7, index)).toISOString(), outcome: index % 2 ? "failed" : "skipped" }))
    serve({ ...open, [HANDOFFS]: page([aHandoff({}, { tried, tried_count: 60 })]) })
    show()
    const context = await theContext()
    expect(within(context).getAllByText(/^Attempt/)[0]?.textContent).toBe("Attempt 59")
    expect(within(context).getByText(/22 more failed/)).toBeTruthy()
    expect(within(context).getByText(/30 more skipped/)).toBeTruthy()
  })

  it("says where nothing was tried, for whom it is, and that it is there again", async () => {
    serve({ ...open, [HANDOFFS]: page([aHandoff({ target_user_id: "u-ana", target_user_name: "Ana", reopened_count: 1, last_claim: { id: "u-ben", name: "Ben", at: "2026-01-01T07:00:00Z", until: "2026-01-01T07:30:00Z", went_quiet: false } }, { tried: [] })]) })
    show()
    const context = await theContext()
    expect(within(context).getByText("Nothing was recorded as tried yet.")).toBeTruthy()
    expect(within(context).getByText("For Ana")).toBeTruthy()
    expect(within(context).getByText("Second time in the queue · Ben had it")).toBeTruthy()
  })

  it("offers to withdraw one's own instead of starting it", async () => {
    serve({ ...open, [HANDOFFS]: page([aHandoff({ handed_off_by: SAM.id, handed_off_by_name: SAM.name })]) })
    show()
    const context = await theContext()
    expect(within(context).getByRole("button", { name: "Withdraw" })).toBeTruthy()
    expect(within(context).queryByRole("button", { name: /Start/ })).toBeNull()
  })

  it("is read only for viewers", async () => {
    serve(open)
    show("viewer")
    const context = await theContext()
    expect(within(context).queryByRole("contentinfo")).toBeNull()
    expect(within(context).queryByRole("button", { name: /Start|Advise/ })).toBeNull()
  })

  it("says offline why nothing can be started", async () => {
    serve(open)
    show()
    await theContext()
    act(() => setLiveState("offline"))
    expect(screen.getByText(/You are offline/)).toBeTruthy()
    expect(screen.getByRole("button", { name: "Start on my own" }).getAttribute("aria-disabled")).toBe("true")
  })

  it("picks up by the session what was escalated before handoffs had rows", async () => {
    const calls = serve({
      ...open,
      [QUEUE]: { items: [aCard({ session_id: "s-1", handoff_id: null })], last_event_id: 3 },
      [HANDOFFS]: page([]),
      "POST /api/v1/ai-sessions/s-1/pickup": { id: "s-1" },
    })
    const { address } = show()
    const context = await theContext()
    expect(await within(context).findByText("Restarted Outlook")).toBeTruthy()
    await userEvent.click(within(context).getByRole("button", { name: "Start on my own" }))
    await waitFor(() => expect(address()).toBe("/pilot/s-1"))
    expect(calls.some(({ path }) => path.endsWith("/pickup"))).toBe(true)
  })
})

describe("a link to an escalation that does not wait", () => {
  it.each([
    ["claimed", aHandoff({ status: "claimed", claimed_by: "u-ana", claimed_by_name: "Ana", claimed_at: "2026-01-01T08:05:00Z" }), "Ana picked it up."],
    ["withdrawn", aHandoff({ status: "withdrawn" }), "Jane took it back."],
    ["returned", aHandoff({ status: "returned", claimed_by: "u-ana", claimed_by_name: "Ana" }), "Ana advised and handed it back."],
  ])("says so and leads on: %s", async (_, handoff, words) => {
    serve({ ...open, [QUEUE]: { items: [], last_event_id: 9 }, [HANDOFFS]: page([handoff]) })
    show()
    expect(await screen.findByText(words)).toBeTruthy()
    expect(screen.getByRole("link", { name: "Open the session" })).toBeTruthy()
    expect(screen.getByRole("link", { name: "Back to the queue" })).toBeTruthy()
  })

  it("names the winner to who may not read the session any more", async () => {
    const card = aCard({ session_id: "s-1", status: "claimed", claimed_by: { id: "u-ana", name: "Ana" }, claimed_at: "2026-01-01T08:05:00Z" })
    serve({ [QUEUE]: { items: [card], last_event_id: 9 }, [HANDOFFS]: () => problem(404, "not_found", "Not found.") })
    show()
    expect(await screen.findByText("Ana picked it up.")).toBeTruthy()
    expect(screen.queryByRole("link", { name: "Open the session" })).toBeNull()
  })

  it("leads to the session when one holds it oneself", async () => {
    serve({ ...open, [QUEUE]: { items: [], last_event_id: 9 }, [HANDOFFS]: page([aHandoff({ status: "claimed", claimed_by: SAM.id, claimed_by_name: SAM.name })]) })
    const { address } = show()
    expect(await screen.findByText("The live session")).toBeTruthy()
    expect(address()).toBe("/pilot/s-1")
  })
})
