import { screen, waitFor } from "@testing-library/react"
import userEvent from "@testing-library/user-event"
import { beforeEach, describe, expect, it } from "vitest"
import type { User } from "@/lib/api/types"
import { aSession } from "@/features/sessions/tests/cases"
import { problem, serve, tokens } from "@/test/server"
import { EscalateDialog } from "./EscalateDialog"
import { renderAt, SAM } from "./tests/app"
import { aHandoff, aStep } from "./tests/cases"

const HAND_OFF = "POST /api/v1/ai-sessions/s-1/handoff"
const person = (user: Partial<User>) => ({ ...tokens().user, ...user })
const rest = {
  "GET /api/v1/account/users": {
    items: [
      person(SAM),
      person({ id: "u-ana", name: "Ana Kim" }),
      person({ id: "u-vic", name: "Vic Viewer", role: "viewer" }),
      person({ id: "u-old", name: "Old Hand", is_active: false }),
    ],
  },
  "GET /api/v1/ai-sessions/s-1/steps": { items: [aStep(), aStep({ seq: 2, kind: "fact", name: "Build", value: "22631", outcome: null })], next_cursor: null },
}

const session = aSession({ user_id: SAM.id, user_name: SAM.name, holder_id: SAM.id, holder_name: SAM.name, step_count: 2, tried_count: 1, contact: { name: "Ana Lee", phone: null, email: null }, device: null })
const show = (ask: string | null = null) => renderAt("/pilot/s-1", { pilot: () => <EscalateDialog session={session} ask={ask} onClose={() => undefined} /> })

beforeEach(() => sessionStorage.clear())

describe("escalating", () => {
  it("begins with what is known of what is needed, and the first word typed replaces it", async () => {
    const calls = serve({ ...rest, [HAND_OFF]: aHandoff() })
    const { address } = show("Next idea: the usual causes are ruled out")
    const ask = await screen.findByLabelText<HTMLInputElement>("What do you need?")
    expect(ask.value).toBe("Next idea: the usual causes are ruled out")
    await userEvent.keyboard("{Control>}{Enter}{/Control}")
    await waitFor(() => expect(address()).toBe("/"))
    expect(calls.find(({ method }) => method === "POST")?.body).toEqual({ intent: "escalate", reason: "Next idea: the usual causes are ruled out" })
  })

  it("takes one line and one key, and leads to the dashboard", async () => {
    const calls = serve({ ...rest, [HAND_OFF]: aHandoff({ handed_off_by: SAM.id }) })
    const { address } = show()
    expect(await screen.findByLabelText("What do you need?")).toBe(document.activeElement)
    await userEvent.keyboard("The next idea{Control>}{Enter}{/Control}")
    await waitFor(() => expect(address()).toBe("/"))
    expect(calls.find(({ method }) => method === "POST")?.body).toEqual({ intent: "escalate", reason: "The next idea" })
  })

  it("asks for the one line and sends nothing without it", async () => {
    const calls = serve(rest)
    show()
    await userEvent.click(await screen.findByRole("button", { name: "Escalate" }))
    expect(screen.getByText("Say in one line what you need.")).toBeTruthy()
    expect(calls.every(({ method }) => method === "GET")).toBe(true)
  })

  it("keeps what was typed over a failure, and its key over the next try", async () => {
    let fails = true
    const calls = serve({ ...rest, [HAND_OFF]: () => (fails ? problem(503, "busy", "The database is busy.") : aHandoff()) })
    const { address } = show()
    await userEvent.type(await screen.findByLabelText("What do you need?"), "Access")
    await userEvent.click(screen.getByRole("button", { name: "Escalate" }))
    expect((await screen.findByRole("alert")).textContent).toBe("Not escalated. The database is busy. What you typed is still here.")
    expect(screen.getByDisplayValue("Access")).toBeTruthy()
    fails = false
    await userEvent.click(screen.getByRole("button", { name: "Escalate" }))
    await waitFor(() => expect(address()).toBe("/"))
    const keys = calls.filter(({ method }) => method === "POST").map(({ headers }) => headers.get("Idempotency-Key"))
    expect(keys).toHaveLength(2)
    expect(keys[0]).toBeTruthy()
    expect(new Set(keys).size).toBe(1)
  })

  it("offers active engineers other than oneself, and sends what was chosen", async () => {
    const calls = serve({ ...rest, [HAND_OFF]: aHandoff() })
    const { address } = show()
    await screen.findByRole("option", { name: "Ana Kim" })
    expect(screen.getAllByRole("option").map(({ textContent }) => textContent)).toEqual(["Whoever is first", "Ana Kim", "Low", "Normal", "High", "Critical"])
    await userEvent.selectOptions(screen.getByLabelText("For"), "Ana Kim")
    await userEvent.selectOptions(screen.getByLabelText("Priority"), "Critical")
    await userEvent.type(screen.getByLabelText(/Anything else/), "Board meeting at 15:00")
    await userEvent.type(screen.getByLabelText("What do you need?"), "Approval{Control>}{Enter}{/Control}")
    await waitFor(() => expect(address()).toBe("/"))
    expect(calls.find(({ method }) => method === "POST")?.body).toEqual({ intent: "escalate", reason: "Approval", engineer_notes: "Board meeting at 15:00", target_user_id: "u-ana", priority: "critical" })
  })

  it("says what the senior will see, and what seniors usually ask for", async () => {
    serve(rest)
    show()
    expect(await screen.findByText(/Northwind · Ana Lee · 1 thing tried · 1 fact · every step so far/)).toBeTruthy()
    expect(screen.getByText("Seniors usually ask for Ana Lee's number and the device.")).toBeTruthy()
  })
})
