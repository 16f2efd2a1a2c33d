import { screen, waitFor, within } from "@testing-library/react"
import userEvent from "@testing-library/user-event"
import { beforeEach, describe, expect, it } from "vitest"
import { aSession } from "@/features/sessions/tests/cases"
import type { Handoff, User } from "@/lib/api/types"
import { problem, serve, tokens } from "@/test/server"
import { HandedOffSession } from "./HandedOffSession"
import { renderAt, SAM } from "./tests/app"
import { aHandoff, aStep } from "./tests/cases"

const USERS = "GET /api/v1/account/users"
const HAND_OFF = "POST /api/v1/ai-sessions/s-1/handoff"
const ALL = "POST /api/v1/ai-sessions/handovers"
const person = (user: Partial<User>) => ({ ...tokens().user, ...user })
const session = aSession({ user_id: SAM.id, user_name: SAM.name, holder_id: SAM.id, holder_name: SAM.name })
const given = (handoff: Partial<Handoff> = {}) => aHandoff({ intent: "handover", status: "closed", handed_off_by: SAM.id, handed_off_by_name: SAM.name, target_user_id: "u-ana", target_user_name: "Ana Kim", reason: "Calls back at nine", ...handoff })
const rest = {
  [USERS]: { items: [person(SAM), person({ id: "u-ana", name: "Ana Kim" }), person({ id: "u-vic", name: "Vic Viewer", role: "viewer" }), person({ id: "u-old", name: "Old Hand", is_active: false })] },
  "GET /api/v1/ai-sessions/s-1": session,
  "GET /api/v1/ai-sessions/s-1/steps": { items: [aStep()], next_cursor: null },
  "GET /api/v1/ai-sessions/s-1/similar": { items: [] },
}
const show = () => renderAt("/pilot/s-1", { pilot: (sessionId) => <HandedOffSession sessionId={sessionId} /> })
const openDialog = async () => {
  await userEvent.click(await screen.findByRole("button", { name: "Resolve" }))
  await userEvent.click(await screen.findByRole("button", { name: /Hand it over/ }))
  const dialog = await screen.findByRole("dialog", { name: "Hand it over" })
  await within(dialog).findByRole("option", { name: "Ana Kim" })
  return within(dialog)
}

beforeEach(() => sessionStorage.clear())

describe("handing over", () => {
  it("gives the case to one colleague who works on cases, and leads to the dashboard", async () => {
    const calls = serve({ ...rest, [HAND_OFF]: given() })
    const { address } = show()
    const dialog = await openDialog()
    expect(dialog.getByLabelText("To")).toBe(document.activeElement)
    expect(dialog.getAllByRole("option").map(({ textContent }) => textContent)).toEqual(["Choose a colleague", "Ana Kim"])
    await userEvent.selectOptions(dialog.getByLabelText("To"), "Ana Kim")
    await userEvent.type(dialog.getByLabelText(/What they should know/), "Calls back at nine{Control>}{Enter}{/Control}")
    await waitFor(() => expect(address()).toBe("/"))
    const post = calls.find(({ method }) => method === "POST")
    expect(post?.body).toEqual({ intent: "handover", target_user_id: "u-ana", reason: "Calls back at nine" })
    expect(post?.headers.get("Idempotency-Key")).toBeTruthy()
    expect(await screen.findByText("Handed over to Ana Kim.")).toBeTruthy()
  })

  it("gives all that one works on at once", async () => {
    const calls = serve({ ...rest, [ALL]: { items: [given(), given({ id: "h-2", session_id: "s-2" })], next_cursor: null } })
    const { address } = show()
    const dialog = await openDialog()
    await userEvent.selectOptions(dialog.getByLabelText("To"), "Ana Kim")
    await userEvent.click(dialog.getByRole("checkbox", { name: /And all my other active cases/ }))
    await userEvent.click(dialog.getByRole("button", { name: "Hand over" }))
    await waitFor(() => expect(address()).toBe("/"))
    expect(calls.filter(({ method }) => method === "POST").map(({ path, body }) => [path, body])).toEqual([["/api/v1/ai-sessions/handovers", { target_user_id: "u-ana" }]])
    expect(await screen.findByText("2 cases handed over to Ana Kim.")).toBeTruthy()
  })

  it("says until when a colleague is away", async () => {
    serve({ ...rest, [USERS]: { items: [person({ id: "u-ana", name: "Ana Kim", away_until: "2200-01-01T08:00:00Z" }), person({ id: "u-ben", name: "Ben", away_until: "2020-01-01T08:00:00Z" })] } })
    show()
    await userEvent.click(await screen.findByRole("button", { name: "Resolve" }))
    await userEvent.click(await screen.findByRole("button", { name: /Hand it over/ }))
    expect(await screen.findByRole("option", { name: /^Ana Kim · away until / })).toBeTruthy()
    expect(screen.getByRole("option", { name: "Ben" })).toBeTruthy()
  })

  it("asks who gets it, and sends nothing without", async () => {
    const calls = serve(rest)
    show()
    const dialog = await openDialog()
    await userEvent.click(dialog.getByRole("button", { name: "Hand over" }))
    expect(dialog.getByText("Choose who goes on with it.")).toBeTruthy()
    expect(calls.every(({ method }) => method === "GET")).toBe(true)
  })

  it("keeps what was typed over a failure, and its key over the next try", async () => {
    let fails = true
    const calls = serve({ ...rest, [HAND_OFF]: () => (fails ? problem(503, "busy", "The database is busy.") : given()) })
    const { address } = show()
    const dialog = await openDialog()
    await userEvent.selectOptions(dialog.getByLabelText("To"), "Ana Kim")
    await userEvent.type(dialog.getByLabelText(/What they should know/), "Calls back at nine")
    await userEvent.click(dialog.getByRole("button", { name: "Hand over" }))
    expect((await dialog.findByRole("alert")).textContent).toBe("Not handed over. The database is busy. What you typed is still here.")
    expect(dialog.getByDisplayValue("Calls back at nine")).toBeTruthy()
    fails = false
    await userEvent.click(dialog.getByRole("button", { name: "Hand over" }))
    await waitFor(() => expect(address()).toBe("/"))
    expect(new Set(calls.filter(({ method }) => method === "POST").map(({ headers }) => headers.get("Idempotency-Key"))).size).toBe(1)
  })

  it("says where there is nobody to give it to", async () => {
    serve({ ...rest, [USERS]: { items: [person(SAM)] } })
    show()
    await userEvent.click(await screen.findByRole("button", { name: "Resolve" }))
    await userEvent.click(await screen.findByRole("button", { name: /Hand it over/ }))
    expect(await screen.findByText(/There is nobody else yet/)).toBeTruthy()
    expect(screen.getByRole("button", { name: "Hand over" }).getAttribute("aria-disabled")).toBe("true")
  })

  it("says where the colleagues could not be loaded", async () => {
    serve({ ...rest, [USERS]: () => problem(503, "busy", "The database is busy.") })
    show()
    await userEvent.click(await screen.findByRole("button", { name: "Resolve" }))
    await userEvent.click(await screen.findByRole("button", { name: /Hand it over/ }))
    expect((await screen.findByRole("alert")).textContent).toContain("Your colleagues could not be loaded.")
  })
})

describe("what was handed over", () => {
  const page = (holder: { holder_id: string; holder_name: string }, handoff: Handoff) => ({
    ...rest,
    "GET /api/v1/ai-sessions/s-1": { ...session, ...holder, user_id: handoff.handed_off_by, user_name: handoff.handed_off_by_name, has_handoff: true },
    "GET /api/v1/ai-sessions/s-1/handoffs": { items: [handoff], next_cursor: null },
  })
  const ana = { holder_id: "u-ana", holder_name: "Ana Kim" }
  const fromJane = given({ handed_off_by: "u-jane", handed_off_by_name: "Jane", target_user_id: SAM.id, target_user_name: SAM.name })

  it("says to its giver who goes on with it", async () => {
    serve(page(ana, given()))
    show()
    expect(await screen.findByText("You handed this over to Ana Kim")).toBeTruthy()
  })

  it("says to whoever got it from whom, and what they should know", async () => {
    serve(page({ holder_id: SAM.id, holder_name: SAM.name }, fromJane))
    show()
    expect(await screen.findByText("Jane handed this over to you")).toBeTruthy()
    expect(screen.getByText("Calls back at nine")).toBeTruthy()
  })

  it("has the same context, which says that it was handed over", async () => {
    serve(page({ holder_id: SAM.id, holder_name: SAM.name }, fromJane))
    show()
    await screen.findByText("Jane handed this over to you")
    await userEvent.click(screen.getByRole("button", { name: "Context" }))
    const context = await screen.findByRole("dialog", { name: "Outlook is failing to sync" })
    expect(within(context).getAllByText(/^Jane handed it over/).map(({ textContent }) => textContent)).toEqual(["Jane handed it over: ", expect.stringMatching(/^Jane handed it over .* ago\.$/)])
    expect(within(context).queryByText(/Jane needs/)).toBeNull()
    expect(within(context).queryByRole("region", { name: /^Assessment/ })).toBeNull()
  })

  it("says so no more once somebody else holds it", async () => {
    serve(page({ holder_id: "u-ben", holder_name: "Ben" }, given()))
    show()
    await screen.findByRole("heading", { level: 1 })
    await screen.findByRole("button", { name: "Context" })
    expect(screen.queryByText(/handed this over/)).toBeNull()
  })
})
