import { act, screen, within } from "@testing-library/react"
import userEvent from "@testing-library/user-event"
import { beforeEach, describe, expect, it } from "vitest"
import { EMPTY_DRAFT } from "@/features/sessions/composer"
import { recallDraft } from "@/features/sessions/drafts"
import { aSession, aStep as sessionStep } from "@/features/sessions/tests/cases"
import type { Handoff, Role } from "@/lib/api/types"
import { setLiveState } from "@/lib/live/state"
import { serve } from "@/test/server"
import { HandedOffSession } from "./HandedOffSession"
import { handoffsLive } from "./live"
import { PickupPage } from "./PickupPage"
import { renderAt, SAM } from "./tests/app"
import { aHandoff, anAssessment, aStep, aTry } from "./tests/cases"
import { aCard, aClaim } from "./tests/desk"

const QUEUE = "GET /api/v1/ai-sessions/escalations"
const HANDOFFS = "GET /api/v1/ai-sessions/s-1/handoffs"
const STEPS = "GET /api/v1/ai-sessions/s-1/steps"

const page = <Item,>(items: Item[]) => ({ items, next_cursor: null })
const served = (handoff: Handoff, steps = [aStep()]) => ({ [QUEUE]: { items: [aCard({ session_id: "s-1" })], last_event_id: 3 }, [HANDOFFS]: page([handoff]), [STEPS]: page(steps) })
const assessed = (assessment: Parameters<typeof anAssessment>[0] = {}, snapshot: Parameters<typeof aHandoff>[1] = {}) =>
  aHandoff({ ai_assessment_status: "ready", ai_assessment_source: "playbook", ai_assessment_data: anAssessment(assessment) }, snapshot)
const show = (role?: Role) => renderAt("/pilot/s-1?pickup=true", { pilot: (sessionId) => <PickupPage sessionId={sessionId} /> }, role)
const thePart = () => screen.findByRole("region", { name: /^Assessment/ })
const theRow = (text: string) => screen.getAllByText(text).find((each) => each.closest("[id^=row-]"))?.closest<HTMLElement>("[id^=row-]")
const composed = () => recallDraft(`${SAM.id}.s-1`, EMPTY_DRAFT)

beforeEach(() => {
  sessionStorage.clear()
  act(() => setLiveState("live"))
})

describe("the assessment", () => {
  it("says that it is on its way, and that it fills in by itself", async () => {
    serve(served(aHandoff({ ai_assessment_status: "pending" })))
    show()
    expect(await within(await thePart()).findByText(/this fills in by itself/, undefined, { timeout: 3_000 })).toBeTruthy()
  })

  it("says plainly that there is none, and why", async () => {
    serve(served(aHandoff({ ai_assessment_status: "unavailable", ai_assessment_notice: "The model did not answer. It is not asked again." })))
    show()
    const part = within(await thePart())
    expect(part.getByText(/^No assessment/)).toBeTruthy()
    expect(part.getByText("The model did not answer. It is not asked again.")).toBeTruthy()
    expect(part.queryByText(/Written by/)).toBeNull()
  })

  it.each([
    ["playbook", "Built-in assistant"],
    ["model", "Model"],
  ] as const)("says who wrote it: %s", async (source, words) => {
    serve(served({ ...assessed(), ai_assessment_source: source }))
    show()
    expect(within(await thePart()).getByRole("status").textContent).toContain(words)
  })

  it("names the cause, how sure it is, and what speaks for and against it", async () => {
    const tried = [aTry(), aTry({ step_id: "step-2", what: "Signed in from the browser", outcome: "worked" })]
    const claims = [{ kind: "hypothesis" as const, text: "Cached credentials. The old password is still offered", quote: null, evidence: ["step-1"], against: ["step-2"] }]
    serve(served(assessed({ claims }, { tried })))
    show()
    const part = within(await thePart())
    expect(part.getByText("Cached credentials")).toBeTruthy()
    expect(part.getByText("The old password is still offered")).toBeTruthy()
    expect(part.getByText("Medium confidence")).toBeTruthy()
    expect(part.getByText(/^Speaks for it/).textContent).toBe("Speaks for it: Restarted Outlook")
    expect(part.getByText(/^Speaks against it/).textContent).toBe("Speaks against it: Signed in from the browser")
  })

  it("says where no cause stands out, and how much was left out for want of evidence", async () => {
    serve(served(assessed({ likely_cause: null, confidence: "low", claims: [], suggested_steps: [], dropped: 3 })))
    show()
    const part = within(await thePart())
    expect(part.getByText("No cause stands out so far")).toBeTruthy()
    expect(part.getByText("3 statements were left out: no entry bears them out.")).toBeTruthy()
    expect(part.queryByText("Suggested next")).toBeNull()
  })

  it("shows hostile text as text", async () => {
    const hostile = '<img src=x onerror="alert(1)"> ![spy](https://spy.example/x.png) [link](javascript:alert(1))'
    const step = { title: "<b>Run</b> this", detail: hostile, command: null, repeats: null, evidence: [] }
    serve(served(assessed({ likely_cause: hostile, claims: [{ kind: "hypothesis", text: `Because ${hostile}`, quote: null, evidence: [], against: [] }], suggested_steps: [step] })))
    show()
    const part = await thePart()
    expect(within(part).getByText(hostile, { selector: ".font-semibold" })).toBeTruthy()
    expect(within(part).getByText(`Because ${hostile}`)).toBeTruthy()
    expect(within(part).getByText("<b>Run</b> this")).toBeTruthy()
    expect(part.querySelector("img, b, a")).toBeNull()
  })

  it("is filled in live, and by a better one later", async () => {
    serve(served(aHandoff({ ai_assessment_status: "pending" })))
    const { cache } = show()
    const part = within(await thePart())
    const ready = (eventId: number, source: "playbook" | "model", handoff: Handoff) => {
      serve(served({ ...handoff, ai_assessment_source: source }))
      act(() => handoffsLive.handoff_assessment_ready({ type: "handoff_assessment_ready", event_id: eventId, occurred_at: "2026-01-01T08:01:00Z", handoff_id: "h-s-1", session_id: "s-1", ai_assessment_source: source }, cache))
    }
    ready(4, "playbook", assessed())
    expect(await part.findByText("Cached credentials")).toBeTruthy()
    expect(part.getByText("Built-in assistant")).toBeTruthy()
    ready(5, "model", assessed({ likely_cause: "A stale token" }))
    expect(await part.findByText("A stale token")).toBeTruthy()
    expect(part.getByText("Model")).toBeTruthy()
    expect(screen.getByText("Restarted Outlook", { selector: ".font-medium" })).toBeTruthy()
  })
})

describe("what it rests on", () => {
  it("leads to the row", async () => {
    serve(served(assessed()))
    show()
    await userEvent.click(within(await thePart()).getByText(/^Speaks for it/).querySelector("button") ?? document.body)
    expect(document.activeElement).toBe(theRow("Restarted Outlook"))
  })

  it("opens what is folded over the row", async () => {
    const tried = Array.from({ length: 30 }, (_, index) => aTry({ what: `Attempt ${index}`, step_id: `t-${index}`, at: new Date(Date.UTC(2026, 0, 1, 7, index)).toISOString() }))
    serve(served(assessed({ claims: [{ kind: "hypothesis", text: "An early attempt tells", quote: null, evidence: ["t-2"], against: [] }] }, { tried })))
    show()
    const link = await within(await thePart()).findByRole("button", { name: "Attempt 2" })
    expect(theRow("Attempt 2")?.closest("details")?.open).toBe(false)
    await userEvent.click(link)
    expect(theRow("Attempt 2")?.closest("details")?.open).toBe(true)
    expect(document.activeElement).toBe(theRow("Attempt 2"))
  })

  it("leads to facts and answers as well", async () => {
    const steps = [
      sessionStep(1, { kind: "question", content: "Does webmail work?", author_type: "assistant" }),
      sessionStep(2, { kind: "answer", content: "Yes, with the new password", reply_to: "step-1" }),
    ]
    const claims = [{ kind: "hypothesis" as const, text: "It is this machine", quote: null, evidence: ["step-2", "f-1"], against: [] }]
    serve(served(assessed({ claims, suggested_steps: [] }, { last_seq: 2, tried: [], facts: [{ step_id: "f-1", name: "Build", value: "22631" }] }), steps))
    show()
    const part = within(await thePart())
    await userEvent.click(await part.findByRole("button", { name: "Yes, with the new password" }))
    expect(document.activeElement?.textContent).toBe("Does webmail work? Yes, with the new password")
    await userEvent.click(part.getByRole("button", { name: "Build: 22631" }))
    expect(document.activeElement?.id).toBe("row-f-1")
  })

  it("is shown for a cause without a hypothesis too", async () => {
    serve(served(assessed({ claims: [], suggested_steps: [] })))
    show()
    expect(within(await thePart()).getByText(/^Rests on/).textContent).toBe("Rests on: Restarted Outlook")
  })

  it("leaves out rows that are not on this screen", async () => {
    serve(served(assessed({ claims: [{ kind: "hypothesis", text: "Who knows", quote: null, evidence: ["elsewhere"], against: [] }], suggested_steps: [] })))
    show()
    const part = within(await thePart())
    expect(part.getByText("Who knows")).toBeTruthy()
    expect(part.queryByText(/Speaks for it/)).toBeNull()
  })
})

describe("a suggested step", () => {
  it("opens with how, where and why, and is taken along into the session", async () => {
    serve(served(assessed()))
    show()
    const part = await thePart()
    const chip = within(part).getByText("Clear the credential cache")
    expect(chip.closest("details")?.open).toBe(false)
    await userEvent.click(chip)
    expect(chip.closest("details")?.open).toBe(true)
    expect(within(part).getByText("Remove the Office entries")).toBeTruthy()
    expect(within(part).getByText("Northwind · NW-LT-114")).toBeTruthy()
    expect(within(part).getByText(/^Why/).textContent).toBe("Why: Restarted Outlook")
    await userEvent.click(within(part).getByRole("button", { name: "Take it along" }))
    expect(within(part).getByRole("button", { name: "Stands in the message bar" })).toBeTruthy()
    expect(composed()).toMatchObject({ mode: "tried", tried: { what: "Clear the credential cache", command: "cmdkey /list", outcome: "" } })
  })

  it("says that it repeats what was tried", async () => {
    const step = { title: "Restart Outlook", detail: null, command: null, repeats: "Jane tried this: failed.", evidence: [] }
    serve(served(assessed({ suggested_steps: [step] })))
    show()
    expect(within(await thePart()).getByText("Jane tried this: failed.")).toBeTruthy()
  })

  it("gives way to another that is taken instead", async () => {
    const more = { title: "Sign in anew", detail: null, command: null, repeats: null, evidence: [] }
    serve(served(assessed({ suggested_steps: [...anAssessment().suggested_steps, more] })))
    show()
    const [first, second] = within(await thePart()).getAllByRole("button", { name: "Take it along", hidden: true })
    await userEvent.click(first ?? document.body)
    expect(second?.textContent).toBe("Take it along instead")
    await userEvent.click(second ?? document.body)
    expect(first?.textContent).toBe("Take it along instead")
    expect(composed().tried).toMatchObject({ what: "Sign in anew", command: "" })
  })

  it("reaches the message bar under the context of a session that is open", async () => {
    const mine = { ...assessed(), status: "claimed" as const, claimed_by: SAM.id, claimed_by_name: SAM.name, claimed_at: "2026-01-01T08:05:00Z" }
    serve({ ...served(mine), "GET /api/v1/ai-sessions/s-1": aSession({ holder_id: SAM.id, holder_name: SAM.name, has_handoff: true }), "GET /api/v1/ai-sessions/s-1/similar": { items: [] } })
    renderAt("/pilot/s-1", { pilot: (sessionId) => <HandedOffSession sessionId={sessionId} /> })
    await userEvent.click(await screen.findByRole("button", { name: "Context" }))
    await userEvent.click(within(await thePart()).getByText("Clear the credential cache"))
    await userEvent.click(screen.getByRole("button", { name: "Take it along" }))
    await userEvent.click(screen.getAllByRole("button", { name: "Close" })[0] ?? document.body)
    expect((await screen.findByRole<HTMLTextAreaElement>("textbox", { name: /What was tried/ })).value).toBe("Clear the credential cache")
  })

  it("is no longer offered once somebody else has the case", async () => {
    serve(served(assessed()))
    const { cache } = show()
    await thePart()
    act(() => handoffsLive.handoff_claimed(aClaim(4, "s-1"), cache))
    await screen.findByText(/Ana picked it up/)
    expect(screen.queryByRole("button", { name: /Take it along/, hidden: true })).toBeNull()
  })

  it("is read only for viewers", async () => {
    serve(served(assessed()))
    show("viewer")
    const part = within(await thePart())
    expect(part.getByText("Clear the credential cache")).toBeTruthy()
    expect(part.queryByRole("button", { name: /Take it along/, hidden: true })).toBeNull()
  })
})
