import { act, screen, waitFor, within } from "@testing-library/react"
import userEvent from "@testing-library/user-event"
import { beforeEach, describe, expect, it, vi } from "vitest"
import { aSession } from "@/features/sessions/tests/cases"
import type { Handoff } from "@/lib/api/types"
import { setLiveState } from "@/lib/live/state"
import { problem, serve } from "@/test/server"
import { HandedOffSession } from "./HandedOffSession"
import { handoffsLive } from "./live"
import { PickupPage } from "./PickupPage"
import { renderAt, SAM } from "./tests/app"
import { aHandoff, aQuestion, aStep } from "./tests/cases"
import { aCard } from "./tests/desk"

const HANDOFFS = "GET /api/v1/ai-sessions/s-1/handoffs"
const ASK = "POST /api/v1/ai-sessions/s-1/handoffs/h-s-1/questions"
const ANSWER = "POST /api/v1/ai-sessions/s-1/handoffs/h-s-1/questions/q-1/answer"

const page = <Item,>(items: Item[]) => ({ items, next_cursor: null })
const served = (handoff: Handoff) => ({
  "GET /api/v1/ai-sessions/escalations": { items: [aCard({ session_id: "s-1" })], last_event_id: 3 },
  "GET /api/v1/ai-sessions/s-1/steps": page([aStep()]),
  [HANDOFFS]: page([handoff]),
})
const posts = (calls: ReturnType<typeof serve>) => calls.filter(({ method }) => method === "POST")
const settle = () => {
  const started = performance.now()
  vi.spyOn(performance, "now").mockImplementation(() => started + 1_000)
}

beforeEach(() => {
  sessionStorage.clear()
  act(() => setLiveState("live"))
})

describe("asking back", () => {
  const show = () => renderAt("/pilot/s-1?pickup=true", { pilot: (sessionId) => <PickupPage sessionId={sessionId} /> })
  const openField = async () => {
    await screen.findByRole("dialog", { name: "Outlook is failing to sync" })
    settle()
    await userEvent.keyboard("q")
    return screen.findByLabelText<HTMLTextAreaElement>("Ask Jane")
  }

  it("takes q, one line and one key, and picks nothing up", async () => {
    const calls = serve({ ...served(aHandoff()), [ASK]: aQuestion({ asked_by: SAM.id, asked_by_name: SAM.name }) })
    const { address } = show()
    expect(await openField()).toBe(document.activeElement)
    expect(screen.getByText(/Nothing is picked up by asking/)).toBeTruthy()
    serve({ ...served(aHandoff({ questions: [aQuestion({ asked_by: SAM.id, asked_by_name: SAM.name })] })), [ASK]: (request) => (calls.push({ method: "POST", path: "", headers: request.headers, body: null }), aQuestion()) })
    await userEvent.keyboard("In the browser too?{Control>}{Enter}{/Control}")
    const asked = within(await screen.findByRole("region", { name: "Asked back" }))
    expect(asked.getByText(/In the browser too/)).toBeTruthy()
    expect(asked.getByRole("status").textContent).toBe("Waits for Jane's answer.")
    expect(screen.getByTestId("announcements").textContent).toBe("Jane was asked.")
    expect(posts(calls).map(({ headers }) => headers.get("Idempotency-Key"))).toEqual([expect.stringMatching(/./)])
    expect(screen.getByRole("button", { name: "Start on my own" })).toBe(document.activeElement)
    expect(address()).toBe("/pilot/s-1?pickup=true")
  })

  it("sends nothing for nothing", async () => {
    const calls = serve(served(aHandoff()))
    show()
    await openField()
    await userEvent.keyboard("  {Control>}{Enter}{/Control}")
    expect(posts(calls)).toEqual([])
  })

  it("keeps the text over a failure, and its key over the next try", async () => {
    let fails = true
    const calls = serve({ ...served(aHandoff()), [ASK]: () => (fails ? problem(503, "busy", "The database is busy.") : aQuestion()) })
    show()
    const field = await openField()
    await userEvent.keyboard("In the browser too?{Control>}{Enter}{/Control}")
    expect((await screen.findByRole("alert")).textContent).toBe("Not asked. The database is busy. What you typed is still here.")
    expect(field.value).toBe("In the browser too?")
    fails = false
    await userEvent.click(screen.getByRole("button", { name: "Ask" }))
    await waitFor(() => expect(screen.queryByLabelText("Ask Jane")).toBeNull())
    expect(posts(calls).map(({ body }) => body)).toEqual([{ content: "In the browser too?" }, { content: "In the browser too?" }])
    expect(new Set(posts(calls).map(({ headers }) => headers.get("Idempotency-Key"))).size).toBe(1)
  })

  it("says who has it where somebody was faster", async () => {
    serve({ ...served(aHandoff()), [ASK]: () => problem(409, "already_claimed", "Picked up by Ana.", { claimed_by_name: "Ana" }) })
    show()
    const field = await openField()
    await userEvent.keyboard("In the browser too?{Control>}{Enter}{/Control}")
    expect((await screen.findByRole("alert")).textContent).toContain("Picked up by Ana.")
    expect(field.value).toBe("In the browser too?")
  })

  it("leaves with Escape, stays on the case, and what was typed is there again", async () => {
    serve(served(aHandoff()))
    const { address } = show()
    await openField()
    await userEvent.keyboard("In the brow{Escape}")
    expect(screen.queryByLabelText("Ask Jane")).toBeNull()
    expect(address()).toBe("/pilot/s-1?pickup=true")
    await userEvent.keyboard("q")
    expect((await screen.findByLabelText<HTMLTextAreaElement>("Ask Jane")).value).toBe("In the brow")
  })

  it("lists what both seniors asked, and shows the answer live", async () => {
    const questions = [aQuestion(), aQuestion({ id: "q-2", content: "Which build?", asked_by: "u-ben", asked_by_name: "Ben" })]
    serve(served(aHandoff({ questions })))
    const { cache } = show()
    const asked = within(await screen.findByRole("region", { name: "Asked back" }))
    expect(asked.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual([expect.stringMatching(/In the browser too\?.*Ana/), expect.stringMatching(/Which build\?.*Ben/)])
    const answered = { ...aQuestion(), answer: "Yes, there too", answered_at: "2026-01-01T08:04:00Z" }
    serve(served(aHandoff({ questions: [answered, ...questions.slice(1)] })))
    act(() => handoffsLive.handoff_answer({ type: "handoff_answer", event_id: 4, occurred_at: "2026-01-01T08:04:00Z", handoff_id: "h-s-1", session_id: "s-1", question: answered, question_pending: true }, cache))
    expect(await asked.findByText("Yes, there too")).toBeTruthy()
    expect(asked.getAllByText("Waits for Jane's answer.")).toHaveLength(1)
  })
})

describe("what was asked back", () => {
  const show = () => renderAt("/pilot/s-1?pickup=true", { pilot: (sessionId) => <PickupPage sessionId={sessionId} /> })

  it("waits for oneself where one escalated it", async () => {
    serve(served(aHandoff({ handed_off_by: SAM.id, handed_off_by_name: SAM.name, questions: [aQuestion()] })))
    show()
    expect(within(await screen.findByRole("region", { name: "Asked back" })).getByText("Waits for your answer.")).toBeTruthy()
  })

  it("stays unanswered once the case was taken back", async () => {
    serve(served(aHandoff({ questions: [aQuestion()] })))
    const { cache } = show()
    const asked = within(await screen.findByRole("region", { name: "Asked back" }))
    act(() => handoffsLive.handoff_withdrawn({ type: "handoff_withdrawn", event_id: 4, occurred_at: "2026-01-01T08:05:00Z", handoff_id: "h-s-1", session_id: "s-1", by: { id: "u-jane", name: "Jane" }, resolved: false }, cache))
    expect(await asked.findByText("Not answered.")).toBeTruthy()
  })
})

describe("being asked", () => {
  const mine = (handoff: Partial<Handoff> = {}) => aHandoff({ handed_off_by: SAM.id, handed_off_by_name: SAM.name, questions: [aQuestion()], ...handoff })
  const session = aSession({ status: "escalated", user_id: SAM.id, user_name: SAM.name, holder_id: null, holder_name: null, has_handoff: true, escalation_reason: "the next idea" })
  const onPage = (handoff: Handoff) => ({ ...served(handoff), "GET /api/v1/ai-sessions/s-1": session, "GET /api/v1/ai-sessions/s-1/similar": { items: [] } })
  const show = () => renderAt("/pilot/s-1", { pilot: (sessionId) => <HandedOffSession sessionId={sessionId} /> })

  it("is answered where one is, and is gone then", async () => {
    const calls = serve({ ...onPage(mine()), [ANSWER]: aQuestion({ answer: "Yes" }) })
    show()
    const asked = within(await screen.findByRole("region", { name: "Ana asks" }))
    expect(asked.getByText(/In the browser too\?/)).toBeTruthy()
    await userEvent.type(asked.getByRole("textbox", { name: "Answer to Ana" }), "Yes, there too")
    const later = serve({ ...onPage(mine({ questions: [aQuestion({ answer: "Yes, there too" })] })), [ANSWER]: aQuestion({ answer: "Yes, there too" }) })
    await userEvent.keyboard("{Control>}{Enter}{/Control}")
    await waitFor(() => expect(screen.queryByRole("region", { name: "Ana asks" })).toBeNull())
    expect(screen.getByTestId("announcements").textContent).toBe("Ana has your answer.")
    expect(document.activeElement?.id).toBe("main")
    expect(posts(calls)).toEqual([])
    expect(posts(later).map(({ body }) => body)).toEqual([{ content: "Yes, there too" }])
    expect(posts(later)[0]?.headers.get("Idempotency-Key")).toBeTruthy()
  })

  it("keeps the answer over a failure", async () => {
    serve({ ...onPage(mine()), [ANSWER]: () => problem(503, "busy", "The database is busy.") })
    show()
    const asked = within(await screen.findByRole("region", { name: "Ana asks" }))
    await userEvent.type(asked.getByRole("textbox", { name: "Answer to Ana" }), "Yes, there too")
    await userEvent.click(asked.getByRole("button", { name: "Answer" }))
    expect((await asked.findByRole("alert")).textContent).toBe("Not sent. The database is busy. What you typed is still here.")
    expect(asked.getByRole<HTMLTextAreaElement>("textbox", { name: "Answer to Ana" }).value).toBe("Yes, there too")
  })

  it("says it of each who asks, also after one of them picked it up", async () => {
    serve(onPage(mine({ status: "claimed", claimed_by: "u-ana", claimed_by_name: "Ana", questions: [aQuestion(), aQuestion({ id: "q-2", content: "Which build?", asked_by: "u-ben", asked_by_name: "Ben" })] })))
    show()
    expect(await screen.findByRole("region", { name: "Ana asks" })).toBeTruthy()
    expect(screen.getByRole("region", { name: "Ben asks" })).toBeTruthy()
  })

  it.each(["withdrawn", "returned", "closed"] as const)("is over once it is %s", async (status) => {
    serve(onPage(mine({ status })))
    show()
    await screen.findByText("Waiting for a senior")
    expect(screen.queryByRole("region", { name: "Ana asks" })).toBeNull()
  })

  it("is the escalator's alone", async () => {
    serve(onPage(aHandoff({ questions: [aQuestion()] })))
    show()
    await screen.findByText("Waiting for a senior")
    expect(screen.queryByRole("region", { name: "Ana asks" })).toBeNull()
  })
})
