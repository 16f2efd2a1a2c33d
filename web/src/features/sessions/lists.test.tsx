import { screen, waitFor, within } from "@testing-library/react"
import userEvent from "@testing-library/user-event"
import { beforeEach, expect, test } from "vitest"
import { problem, serve } from "@/test/server"
import { SessionList } from "./SessionList"
import { StartSession } from "./StartSession"
import { aSession } from "./tests/cases"
import { renderAt, stepsAfter } from "./tests/app"
import { YourSessions } from "./YourSessions"

const LIST = "GET /api/v1/ai-sessions"
const START = "POST /api/v1/ai-sessions"
const started = { "GET /api/v1/clients": { items: [{ id: "c-1", name: "Northwind", psa_id: null }] }, "GET /api/v1/ai-sessions/s-1": aSession(), "GET /api/v1/ai-sessions/s-1/steps": stepsAfter(() => []) }

beforeEach(() => sessionStorage.clear())

test("the sidebar tells sessions apart by title, client, problem, ticket and whether they are in transit", async () => {
  const second = { items: [aSession({ id: "s-3", title: "The oldest" })], next_cursor: null }
  serve({
    [LIST]: (request: Request) =>
      request.url.includes("cursor=") ? second : { items: [aSession({ status: "escalated" }), aSession({ id: "s-2", problem_summary: "On the laptop only", psa_ticket_id: null })], next_cursor: "next" },
  })
  renderAt("/", { dashboard: <SessionList /> })
  const [inTransit, active] = await screen.findAllByRole("link")
  expect(inTransit?.textContent).toBe("Outlook is failing to syncNorthwind · Outlook is failing to sync#12345Escalated")
  expect(active?.textContent).toBe("Outlook is failing to syncNorthwind · On the laptop only")
  await userEvent.click(screen.getByRole("button", { name: "Older ones" }))
  expect(await screen.findByText("The oldest")).toBeTruthy()
})

test("the dashboard shows resolved ones last", async () => {
  serve({ [LIST]: { items: [aSession({ status: "resolved", title: "Done" }), aSession({ id: "s-2", title: "Open" })], next_cursor: null } })
  renderAt("/", { dashboard: <YourSessions /> })
  const rows = within(await screen.findByRole("region", { name: "Your sessions" }))
  await waitFor(() => expect(rows.getAllByRole("link").map((link) => link.textContent.includes("Open"))).toEqual([true, false]))
})

test("Enter starts a session and leads into it", async () => {
  const calls = serve({ ...started, [START]: aSession() })
  const { address } = renderAt("/", { dashboard: <StartSession /> })
  await userEvent.type(await screen.findByRole("combobox", { name: "Client" }), "Northwind")
  await userEvent.type(screen.getByRole("textbox", { name: /The problem/ }), "Outlook is failing to sync{Enter}")
  await waitFor(() => expect(address()).toBe("/pilot/s-1"))
  expect(calls.find(({ method }) => method === "POST")?.body).toEqual({ problem_summary: "Outlook is failing to sync", client_name: "Northwind" })
})

test("a repeated start has the same key, a changed one another, and nothing typed is lost", async () => {
  const calls = serve({ ...started, [START]: () => problem(503, "busy", "The database is busy.") })
  renderAt("/", { dashboard: <StartSession /> })
  const box = await screen.findByRole<HTMLTextAreaElement>("textbox", { name: /The problem/ })
  await userEvent.type(box, "VPN drops{Enter}")
  await screen.findByRole("alert")
  await userEvent.type(box, "{Enter}")
  await waitFor(() => expect(calls.filter(({ method }) => method === "POST")).toHaveLength(2))
  await userEvent.type(box, " daily{Enter}")
  await waitFor(() => expect(calls.filter(({ method }) => method === "POST")).toHaveLength(3))
  const keys = calls.flatMap(({ method, headers }) => (method === "POST" ? [headers.get("Idempotency-Key")] : []))
  expect(keys[0]).toBe(keys[1])
  expect(keys[2]).not.toBe(keys[0])
  expect(box.value).toBe("VPN drops daily")
})
