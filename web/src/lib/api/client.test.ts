import { beforeEach, expect, test, vi } from "vitest"
import { problem, serve, tokens } from "@/test/server"

const freshTab = async () => ({ auth: await import("./auth"), client: await import("./client"), problems: await import("./problem") })
type Modules = Awaited<ReturnType<typeof freshTab>>
let modules: Modules

beforeEach(async () => {
  vi.resetModules()
  modules = await freshTab()
})

test("the first request renews the session by the cookie and carries the token", async () => {
  const calls = serve({ "POST /api/v1/auth/refresh": tokens(), "GET /api/v1/auth/me": { user: {}, account: {} } })
  await modules.client.read(modules.client.api.GET("/api/v1/auth/me"))
  expect(calls.map((call) => call.path)).toEqual(["/api/v1/auth/refresh", "/api/v1/auth/me"])
  expect(calls[1]?.headers.get("Authorization")).toBe("Bearer token-1")
})

test("many requests that need a token at once share one refresh", async () => {
  const calls = serve({ "POST /api/v1/auth/refresh": tokens(), "GET /api/v1/auth/me": { user: {}, account: {} } })
  await Promise.all(Array.from({ length: 5 }, () => modules.client.read(modules.client.api.GET("/api/v1/auth/me"))))
  expect(calls.filter((call) => call.path.endsWith("/refresh"))).toHaveLength(1)
})

test("a refused token is renewed once and the request is sent again with its body", async () => {
  let refreshed = 0
  const calls = serve({
    "POST /api/v1/auth/refresh": () => tokens(`token-${(refreshed += 1)}`),
    "PATCH /api/v1/auth/me": (request: Request) =>
      request.headers.get("Authorization") === "Bearer token-2" ? { user: {}, account: {} } : problem(401, "not_authenticated", "expired"),
  })
  await modules.client.read(modules.client.api.PATCH("/api/v1/auth/me", { body: { name: "Jane" } }))
  const sent = calls.filter((call) => call.method === "PATCH")
  expect(sent.map((call) => call.body)).toEqual([{ name: "Jane" }, { name: "Jane" }])
})

test("a session that has ended signs the tab out", async () => {
  serve({ "POST /api/v1/auth/refresh": problem(401, "not_authenticated", "Please sign in.") })
  expect(await modules.auth.refresh()).toBeNull()
  expect(modules.auth.currentAuth()).toEqual({ state: "signed-out" })
})

test("a refresh that answers another person stops the tab and gives no token", async () => {
  serve({ "POST /api/v1/auth/refresh": tokens("theirs", { id: "u-sam", name: "Sam" }) })
  modules.auth.adopt(tokens("mine"))
  await modules.auth.refresh()
  expect(modules.auth.currentAuth()).toEqual({ state: "displaced", by: "Sam" })
  expect(await modules.auth.accessToken()).toBeNull()
})

test("a refused request throws the server's sentence, code and fields", async () => {
  modules.auth.adopt(tokens())
  serve({ "POST /api/v1/auth/login": problem(422, "invalid", "Please check the form.", { errors: [{ loc: ["body", "email"], msg: "must be an address" }] }) })
  const error = await modules.client.read(modules.client.api.POST("/api/v1/auth/login", { body: { email: "x", password: "y" } })).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(modules.problems.Problem)
  expect(error).toMatchObject({ status: 422, code: "invalid", message: "Please check the form." })
  expect((error as InstanceType<Modules["problems"]["Problem"]>).field("email")).toBe("must be an address")
})

test("a server that cannot be reached is a problem of its own, and does not sign out", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed to fetch")))
  modules.auth.adopt(tokens())
  await expect(modules.client.read(modules.client.api.GET("/api/v1/auth/me"))).rejects.toMatchObject({ code: "unreachable", isTransient: true })
  expect(modules.auth.currentAuth().state).toBe("signed-in")
})

test("an answer that is no JSON still becomes a problem", async () => {
  modules.auth.adopt(tokens())
  serve({ "GET /api/v1/auth/me": new Response("<h1>Bad gateway</h1>", { status: 502 }) })
  await expect(modules.client.read(modules.client.api.GET("/api/v1/auth/me"))).rejects.toMatchObject({ status: 502, code: "http_502", isTransient: true })
})
