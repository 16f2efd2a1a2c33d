import { act, screen, waitFor, within } from "@testing-library/react"
import userEvent from "@testing-library/user-event"
import { beforeEach, describe, expect, test, vi } from "vitest"
import type { Session, Step } from "@/lib/api/types"
import { problem, serve } from "@/test/server"
import { sessionsLive } from "./live"
import { NO_ACTIONS, renderAt, stepsAfter } from "./tests/app"
import { aFact, aSession, aStep, aTry } from "./tests/cases"

const SESSION = "GET /api/v1/ai-sessions/s-1"
const STEPS = "GET /api/v1/ai-sessions/s-1/steps"
const ADD = "POST /api/v1/ai-sessions/s-1/steps"
const WHEN = "2026-01-01T08:00:00Z"

const served = (session: Partial<Session> = {}, steps: readonly Step[] = []) => ({ [SESSION]: aSession({ step_count: steps.length, ...session }), [STEPS]: stepsAfter(() => steps) })
const ledger = () => screen.findByRole("region", { name: "What happened" })

beforeEach(() => sessionStorage.clear())

describe("what the page shows", () => {
  test("the client first, the contact's phone as a link, and the tab named after them", async () => {
    serve(served())
    renderAt("/pilot/s-1")
    expect((await screen.findByRole("heading", { level: 1 })).textContent).toBe("Northwind · Outlook is failing to sync")
    expect(screen.getByRole("link", { name: "Call +1 555 0117" }).getAttribute("href")).toBe("tel:+15550117")
    expect(document.title).toBe("Northwind · Outlook is failing to sync #12345 · ResolutionFlow")
  })

  test("what was tried with its outcome in a word, facts, and corrections in place of what they correct", async () => {
    serve(served({}, [aTry(1, { content: "Restarted Outloook" }), aFact(2), aTry(3, { amends: "step-1", command: "outlook.exe /safe" })]))
    renderAt("/pilot/s-1")
    const rows = within(await ledger())
    expect((await rows.findByText("Restarted Outloook")).tagName).toBe("DEL")
    expect(rows.getByText("Failed")).toBeTruthy()
    expect(rows.getByText("Northwind · NW-LT-114")).toBeTruthy()
    expect(within(screen.getByRole("region", { name: "Facts" })).getByRole("definition").textContent).toContain("2408")
  })

  test("more steps than one page holds, all of them", async () => {
    const steps = Array.from({ length: 250 }, (_, index) => aStep(index + 1))
    const calls = serve(served({}, steps))
    renderAt("/pilot/s-1")
    await screen.findByText("Note 250")
    expect((await ledger()).querySelectorAll("li")).toHaveLength(250)
    expect(calls.filter(({ path }) => path.endsWith("/steps"))).toHaveLength(3)
  })

  test("a refusal says both what it may mean and where to go", async () => {
    serve({})
    renderAt("/pilot/s-1")
    expect(await screen.findByText("There is no such session for you")).toBeTruthy()
    expect(screen.getByRole("link", { name: "Dashboard" })).toBeTruthy()
  })

  test("a failure can be tried again", async () => {
    let fails = true
    serve({ ...served(), [SESSION]: () => (fails ? problem(500, "internal", "Something broke.") : aSession()) })
    renderAt("/pilot/s-1")
    const again = await screen.findByRole("button", { name: "Try again" })
    fails = false
    await userEvent.click(again)
    expect(await screen.findByRole("heading", { name: /Outlook is failing/ })).toBeTruthy()
  })
})

describe("where a session stands", () => {
  test("parked: it is resumed from here", async () => {
    serve({ ...served({ status: "parked", can_write: false }), "POST /api/v1/ai-sessions/s-1/resume": aSession() })
    renderAt("/pilot/s-1")
    await userEvent.click(await screen.findByRole("button", { name: "Resume" }))
    expect(await screen.findByRole("form", { name: "Add to the session" })).toBeTruthy()
  })

  test("resolved: what solved it, and reopening", async () => {
    serve({ ...served({ status: "resolved", can_write: false, resolution: "Cleared the credentials", resolved_at: WHEN }), "POST /api/v1/ai-sessions/s-1/reopen": aSession() })
    renderAt("/pilot/s-1")
    expect(await screen.findByText("Cleared the credentials")).toBeTruthy()
    expect(screen.queryByRole("form", { name: "Add to the session" })).toBeNull()
    await userEvent.click(screen.getByRole("button", { name: "Reopen" }))
    expect(await screen.findByRole("form", { name: "Add to the session" })).toBeTruthy()
  })

  test("with a colleague: its owner still adds, and neither escalates nor resolves", async () => {
    serve(served({ holder_id: "u-sam", holder_name: "Sam Rivera" }))
    renderAt("/pilot/s-1")
    expect(await screen.findByRole("form", { name: "Add to the session" })).toBeTruthy()
    expect(screen.queryByRole("button", { name: "Escalate" })).toBeNull()
    expect(screen.queryByRole("button", { name: "Resolve" })).toBeNull()
  })

  test("a viewer reads and changes nothing", async () => {
    serve(served({ user_id: "u-sam", user_name: "Sam Rivera", holder_id: "u-sam", holder_name: "Sam Rivera", can_write: false }, [aTry(1)]))
    renderAt("/pilot/s-1", { role: "viewer" })
    expect(await screen.findByText("Restarted Outlook")).toBeTruthy()
    expect(screen.getByText(/viewers do not add to it/)).toBeTruthy()
    expect(screen.queryByRole("button", { name: /Contact|Correct|Escalate/ })).toBeNull()
  })
})

describe("writing", () => {
  test("t, what, how it went, and it stands in the ledger", async () => {
    const saved = aTry(1, { content: "Removed the profile", outcome: "worked" })
    const calls = serve({ ...served(), [ADD]: saved })
    renderAt("/pilot/s-1")
    await screen.findByRole("form", { name: "Add to the session" })
    await userEvent.keyboard("t")
    await userEvent.keyboard("Removed the profile")
    await userEvent.click(screen.getByRole("radio", { name: "Worked" }))
    await userEvent.keyboard("{Control>}{Enter}{/Control}")
    expect(await within(await ledger()).findByText("Removed the profile")).toBeTruthy()
    expect(calls.find(({ method }) => method === "POST")?.body).toEqual({ kind: "tried", what: "Removed the profile", outcome: "worked" })
    expect(screen.getByRole<HTMLTextAreaElement>("textbox", { name: /What was tried/ }).value).toBe("")
  })

  test("nothing typed is lost when saving fails, nor when the page is left", async () => {
    let fails = true
    serve({ ...served(), [ADD]: () => (fails ? problem(503, "busy", "The database is busy.") : aStep(1, { content: "Ana hears a click" })) })
    const { go } = renderAt("/pilot/s-1")
    await screen.findByRole("form", { name: "Add to the session" })
    await userEvent.keyboard("n")
    await userEvent.keyboard("Ana hears a click")
    await userEvent.click(screen.getByRole("button", { name: "Add note" }))
    expect((await screen.findByRole("alert")).textContent).toContain("The database is busy.")
    act(() => go("/"))
    await screen.findByText("The dashboard")
    act(() => go("/pilot/s-1"))
    expect((await screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Note" })).value).toBe("Ana hears a click")
    fails = false
    await userEvent.click(screen.getByRole("button", { name: "Add note" }))
    expect(await within(await ledger()).findByText("Ana hears a click")).toBeTruthy()
  })

  test("a correction names what it corrects, and what was being typed waits", async () => {
    const calls = serve({ ...served({}, [aTry(1)]), [ADD]: aTry(2, { amends: "step-1", outcome: "worked" }) })
    renderAt("/pilot/s-1")
    await screen.findByRole("form", { name: "Add to the session" })
    await userEvent.keyboard("n")
    await userEvent.keyboard("half a note")
    await userEvent.click(await screen.findByRole("button", { name: "Correct: Restarted Outlook" }))
    await userEvent.click(screen.getByRole("radio", { name: "Worked" }))
    await userEvent.click(screen.getByRole("button", { name: "Save correction" }))
    await screen.findByText("Correction")
    expect(calls.find(({ method }) => method === "POST")?.body).toMatchObject({ kind: "tried", outcome: "worked", amends: "step-1" })
    expect(screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Note" }).value).toBe("half a note")
  })

  test("an advice is marked with one click, with what was seen", async () => {
    const advice = aStep(1, { kind: "advice", content: "Clear the cache", author_id: "u-sam", author_name: "Sam Rivera" })
    const calls = serve({ ...served({}, [advice]), [ADD]: aStep(2, { kind: "action_result", content: null, reply_to: "step-1", outcome: "worked", observed: "Mail arrives" }) })
    renderAt("/pilot/s-1")
    const lane = within(await screen.findByRole("region", { name: /To do/ }))
    await userEvent.type(lane.getByRole("textbox", { name: "What was seen" }), "Mail arrives")
    await userEvent.click(lane.getByRole("button", { name: "Worked" }))
    await waitFor(() => expect(screen.queryByRole("region", { name: /To do/ })).toBeNull())
    expect(calls.find(({ method }) => method === "POST")?.body).toEqual({ kind: "action_result", reply_to: "step-1", outcome: "worked", observed: "Mail arrives" })
  })
})

describe("live", () => {
  test("what a colleague adds appears marked and is said, and only what is new is asked for", async () => {
    const steps = [aStep(1)]
    const calls = serve(served({ status: "active" }, steps))
    const { cache } = renderAt("/pilot/s-1")
    await screen.findByText("Note 1")
    steps.push(aTry(2, { author_id: "u-sam", author_name: "Sam Rivera", content: "Checked the driver" }))
    act(() => sessionsLive.session_changed({ session_id: "s-1", last_seq: 2, status: "active" }, cache))
    const row = (await within(await ledger()).findByText("Checked the driver")).closest("li")
    expect(within(row ?? document.body).getByText("New")).toBeTruthy()
    expect(screen.getByTestId("announcements").textContent).toBe("Sam Rivera tried: Checked the driver, failed")
    expect(calls.filter(({ path }) => path.endsWith("/steps"))).toHaveLength(2)
  })

  test("a signal for what is known asks for no steps", async () => {
    const calls = serve(served({}, [aStep(1)]))
    const { cache } = renderAt("/pilot/s-1")
    await screen.findByText("Note 1")
    act(() => sessionsLive.session_changed({ session_id: "s-1", last_seq: 1, status: "active" }, cache))
    await waitFor(() => expect(calls.filter(({ path }) => path === "/api/v1/ai-sessions/s-1")).toHaveLength(2))
    expect(calls.filter(({ path }) => path.endsWith("/steps"))).toHaveLength(1)
  })

  test("going to another session never shows the list of the one before", async () => {
    serve({
      ...served({}, [aStep(1, { kind: "advice", content: "Clear the cache" })]),
      "GET /api/v1/ai-sessions/s-2": aSession({ id: "s-2", title: "VPN drops" }),
      "GET /api/v1/ai-sessions/s-2/steps": () => new Promise<never>(() => undefined),
    })
    const { go } = renderAt("/pilot/s-1")
    await screen.findByRole("region", { name: /To do/ })
    act(() => go("/pilot/s-2"))
    await screen.findByRole("heading", { name: /VPN drops/ })
    expect(screen.queryByText("Clear the cache")).toBeNull()
    expect(screen.queryByRole("region", { name: /To do/ })).toBeNull()
  })
})

describe("how it ends", () => {
  const closed = {
    session_id: "s-1",
    status: "resolved",
    handoff_id: null,
    documentation: { id: "d-1", session_id: "s-1", kind: "resolution", markdown: "# Resolution\n\n**Worked** <b>raw</b> ![spy](https://spy.example/x.png)", created_at: WHEN },
    psa_result: { status: "no_psa", ticket_id: null, note_id: null, error: null },
  }

  test("resolving shows what was written and that no PSA has it, and leads to the dashboard", async () => {
    const calls = serve({ ...served(), "POST /api/v1/ai-sessions/s-1/resolve": closed })
    const { address } = renderAt("/pilot/s-1")
    await screen.findByRole("heading", { level: 1 })
    await userEvent.keyboard("r")
    await userEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Resolve" }))
    expect(await screen.findByText("Say in a sentence what solved it.")).toBeTruthy()
    await userEvent.type(screen.getByRole("textbox", { name: "What solved it" }), "Cleared the cache")
    await userEvent.keyboard("{Control>}{Enter}{/Control}")
    const written = await screen.findByRole("dialog", { name: "Resolved" })
    expect(within(written).getByText("No PSA is connected; copy the note.")).toBeTruthy()
    expect(within(written).getByText("Worked").tagName).toBe("STRONG")
    expect(written.querySelector("img, b")).toBeNull()
    expect(calls.find(({ path }) => path.endsWith("/resolve"))?.body).toEqual({ resolution: "Cleared the cache" })
    await userEvent.click(within(written).getByRole("button", { name: "Done" }))
    await waitFor(() => expect(address()).toBe("/"))
  })

  test("parking and escalating are left to those who know how", async () => {
    serve(served())
    const park = vi.fn()
    renderAt("/pilot/s-1", { actions: { ...NO_ACTIONS, park } })
    await userEvent.click(await screen.findByRole("button", { name: "Resolve" }))
    await userEvent.click(await screen.findByRole("button", { name: /Park it/ }))
    expect(park).toHaveBeenCalledOnce()
    expect(screen.queryByRole("dialog")).toBeNull()
  })
})
