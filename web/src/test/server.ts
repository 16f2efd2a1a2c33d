import { vi } from "vitest"
import type { Tokens, User } from "@/lib/api/types"

type Answer = object | null
type Route = (request: Request) => Answer | Promise<Answer>
type Routes = Record<string, Answer | Route>
export type Call = { method: string; path: string; headers: Headers; body: unknown }

/** Answers at the network's edge by `"METHOD /path"`; returns what was asked. A Response is sent as it is, anything else as JSON. */
export function serve(routes: Routes): Call[] {
  const calls: Call[] = []
  vi.stubGlobal("fetch", async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input instanceof Request ? input : new URL(input, location.origin), init)
    const { pathname } = new URL(request.url)
    const text = await request.clone().text()
    calls.push({ method: request.method, path: pathname, headers: request.headers, body: text === "" ? null : (JSON.parse(text) as unknown) })
    const route = routes[`${request.method} ${pathname}`]
    if (route === undefined) return problem(404, "not_found", `no route for ${request.method} ${pathname}`)
    const answer = isRoute(route) ? await route(request) : route
    return answer instanceof Response ? answer : Response.json(answer)
  })
  return calls
}

const isRoute = (answer: Answer | Route): answer is Route => typeof answer === "function"

export const problem = (status: number, code: string, detail: string, extra: object = {}): Response =>
  new Response(JSON.stringify({ type: "about:blank", title: code, status, detail, code, ...extra }), {
    status,
    headers: { "Content-Type": "application/problem+json" },
  })

const USER: User = { id: "u-jane", name: "Jane Doe", email: "jane@example.com", role: "engineer", is_active: true, takes_escalations: true, away_until: null, shortcuts: true, created_at: "2026-01-01T00:00:00Z" }

export const tokens = (token = "token-1", user: Partial<User> = {}): Tokens => ({
  access_token: token,
  token_type: "bearer" as const,
  expires_in: 900,
  user: { ...USER, ...user },
  account: { id: "a-1", name: "Harbor IT", time_zone: "UTC", is_demo: false },
})
