import { screen, waitFor } from "@testing-library/react"
import userEvent from "@testing-library/user-event"
import { beforeEach, expect, test, vi } from "vitest"
import { problem, tokens } from "@/test/server"

const team = { "GET /api/v1/account/users": { items: [tokens().user] } }
const signedOut = { "POST /api/v1/auth/refresh": () => problem(401, "not_authenticated", "Please sign in.") }

/** Modules hold who is signed in: each test opens its own browser. */
const freshBrowser = () => import("@/test/app")

beforeEach(() => {
  vi.resetModules()
  window.scrollTo = () => undefined
})

test("a link opened signed out leads through the sign-in to exactly there", async () => {
  const { openApp } = await freshBrowser()
  openApp("/team?from=mail", { ...signedOut, ...team, "POST /api/v1/auth/login": tokens() })
  await userEvent.type(await screen.findByLabelText("E-mail"), "jane@example.com")
  await userEvent.type(screen.getByLabelText("Password"), "a password")
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }))
  expect(await screen.findByRole("heading", { name: "Team" })).toBeTruthy()
  expect(location.pathname + location.search).toBe("/team?from=mail")
})

test("a refused sign-in says the server's sentence and keeps what was written", async () => {
  const { openApp } = await freshBrowser()
  openApp("/sign-in", { ...signedOut, "POST /api/v1/auth/login": () => problem(401, "not_authenticated", "E-mail or password is wrong.") })
  await userEvent.type(await screen.findByLabelText("E-mail"), "jane@example.com")
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }))
  expect((await screen.findByRole("alert")).textContent).toContain("E-mail or password is wrong.")
  expect(screen.getByLabelText("E-mail")).toHaveProperty("value", "jane@example.com")
})

test("an invitation is accepted with the token behind the hash", async () => {
  const { openApp } = await freshBrowser()
  const calls = openApp("/accept-invitation#secret-token", { ...signedOut, "POST /api/v1/auth/accept-invitation": tokens() })
  await userEvent.type(await screen.findByLabelText("Your name"), "Ana Lee")
  await userEvent.type(screen.getByLabelText("Password"), "a password")
  await userEvent.click(screen.getByRole("button", { name: "Join" }))
  expect(await screen.findByRole("heading", { name: "Dashboard" })).toBeTruthy()
  expect(calls.find((call) => call.path.endsWith("accept-invitation"))?.body).toEqual({ token: "secret-token", name: "Ana Lee", password: "a password" })
})

test("an address that does not exist is a page with ways on", async () => {
  const { openApp } = await freshBrowser()
  openApp("/nowhere")
  expect(await screen.findByRole("heading", { name: "Not found" })).toBeTruthy()
  expect(screen.getAllByRole("link", { name: "Escalations" }).length).toBeGreaterThan(0)
})

test("a server that is away at the start is said, with a way to try again", async () => {
  const { openApp } = await freshBrowser()
  let away = true
  openApp("/team", { ...team, "POST /api/v1/auth/refresh": () => (away ? problem(503, "unavailable", "The database is away.") : tokens()) })
  expect(await screen.findByText("The database is away.")).toBeTruthy()
  away = false
  await userEvent.click(screen.getByRole("button", { name: "Try again" }))
  expect(await screen.findByRole("heading", { name: "Team" })).toBeTruthy()
})

test("a tab whose session now belongs to somebody else stops and says so", async () => {
  const { openApp } = await freshBrowser()
  let holder = tokens()
  openApp("/team", { ...team, "POST /api/v1/auth/refresh": () => holder })
  await screen.findByRole("heading", { name: "Team" })
  holder = tokens("theirs", { id: "u-sam", name: "Sam Rivera" })
  const { refresh } = await import("@/lib/api/auth")
  await refresh()
  expect(await screen.findByRole("heading", { name: "You are now signed in as Sam Rivera in another tab" })).toBeTruthy()
  expect(screen.queryByRole("heading", { name: "Team" })).toBeNull()
})

test("demo data is marked on every page", async () => {
  const { openApp } = await freshBrowser()
  const demo = tokens()
  openApp("/team", { ...team, "POST /api/v1/auth/refresh": { ...demo, account: { ...demo.account, is_demo: true } } })
  expect(await screen.findByRole("button", { name: "Set up my own" })).toBeTruthy()
})

test("viewers see no queue and open no stream", async () => {
  const { openApp } = await freshBrowser()
  const calls = openApp("/team", { ...team, "POST /api/v1/auth/refresh": tokens("t", { role: "viewer" }) })
  await screen.findByRole("heading", { name: "Team" })
  await waitFor(() => expect(calls.some((call) => call.path.endsWith("/unread-count"))).toBe(true))
  expect(screen.queryByRole("link", { name: /Escalations/ })).toBeNull()
  expect(calls.filter((call) => call.path.includes("/escalations"))).toEqual([])
})
