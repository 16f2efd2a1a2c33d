import { randomUUID } from "node:crypto"
import { request, type APIRequestContext } from "@playwright/test"
import type { Handoff, Queue, Session, Step, Tokens } from "../src/lib/api/types"

export const PASSWORD = "a quiet afternoon"

/** Somebody who can sign in, and acts over the API where no screen of theirs is watched. */
export type Person = { id: string; name: string; email: string; password: string; get: <Answer>(path: string) => Promise<Answer>; post: <Answer>(path: string, body?: object) => Promise<Answer> }

export type Firm = { olga: Person; jane: Person; sam: Person; ben: Person }

export const address = (): string => {
  const found = process.env["E2E_ADDRESS"]
  if (found === undefined) throw new Error("no server: e2e/server.ts starts it")
  return found
}

export const emailOf = (name: string): string => `${name.toLowerCase().replace(/\W+/g, ".")}.${randomUUID().slice(0, 8)}@northside.example`

/** An account of its own: Olga owns it, Jane is the junior, Sam and Ben pick up. */
export async function makeFirm(visitor: APIRequestContext): Promise<Firm> {
  const email = emailOf("Olga")
  const olga = await person(email, PASSWORD, await answer<Tokens>(visitor.post("/api/v1/auth/register", { data: { account_name: "Northside IT", name: "Olga Berg", email, password: PASSWORD } })))
  const join = async (name: string, takes_escalations: boolean): Promise<Person> => {
    const invited = await olga.post<{ token: string; email: string }>("/api/v1/account/invitations", { email: emailOf(name), role: "engineer", takes_escalations })
    const tokens = await answer<Tokens>(visitor.post("/api/v1/auth/accept-invitation", { data: { token: invited.token, name, password: PASSWORD } }))
    return person(invited.email, PASSWORD, tokens)
  }
  return { olga, jane: await join("Jane Cole", false), sam: await join("Sam Ortiz", true), ben: await join("Ben Adler", true) }
}

/** One of the demo's people, all of whom share a password that everybody may know. */
export async function demoPerson(visitor: APIRequestContext, name: "jane" | "sam" | "ben" | "dana" | "priya"): Promise<Person> {
  const [email, password] = [`${name}@alderstreet.example`, "alderstreet"]
  return person(email, password, await answer<Tokens>(visitor.post("/api/v1/auth/login", { data: { email, password } })))
}

async function person(email: string, password: string, { access_token: token, user }: Tokens): Promise<Person> {
  const api = await request.newContext({ baseURL: address(), extraHTTPHeaders: { Authorization: `Bearer ${token}` } })
  return {
    id: user.id,
    name: user.name,
    email,
    password,
    get: <Answer>(path: string) => answer<Answer>(api.get(path)),
    post: <Answer>(path: string, body: object = {}) => answer<Answer>(api.post(path, { data: body })),
  }
}

async function answer<Answer>(asked: ReturnType<APIRequestContext["get"]>): Promise<Answer> {
  const response = await asked
  if (!response.ok()) throw new Error(`${response.url()} answered ${response.status()}: ${await response.text()}`)
  return (await response.json()) as Answer
}

export type Problem = { summary: string; client?: string; advice?: string }

/** A session with one thing tried, as its owner left it. */
export async function startSession(owner: Person, { summary, client = "Northwind" }: Problem): Promise<Session> {
  const session = await owner.post<Session>("/api/v1/ai-sessions", { problem_summary: summary, client_name: client, device: "NW-LT-114", contact: { name: "Ana Lee", phone: "+44 20 7946 0134" } })
  await owner.post<Step>(`/api/v1/ai-sessions/${session.id}/steps`, { kind: "tried", what: `Restart, for: ${summary}`, outcome: "failed", observed: "No change" })
  return session
}

export const handOff = (holder: Person, session: Session, reason = "Next idea"): Promise<Handoff> =>
  holder.post(`/api/v1/ai-sessions/${session.id}/handoff`, { intent: "escalate", reason })

export async function escalate(owner: Person, problem: Problem): Promise<{ session: Session; handoff: Handoff }> {
  const session = await startSession(owner, problem)
  return { session, handoff: await handOff(owner, session) }
}

export const claim = (engineer: Person, { session, handoff }: { session: Session; handoff: Handoff }): Promise<Handoff> =>
  engineer.post(`/api/v1/ai-sessions/${session.id}/handoffs/${handoff.id}/claim`, { start: "own" })

/** A session with something in its task lane: a colleague's advice that is not marked yet. */
export async function startAdvisedSession(owner: Person, senior: Person, { advice = "Clear the token cache", ...problem }: Problem): Promise<Session> {
  const { session, handoff } = await escalate(owner, problem)
  await senior.post(`/api/v1/ai-sessions/${session.id}/handoffs/${handoff.id}/hand-back`, { content: advice })
  return session
}

export const queueOf = (engineer: Person): Promise<Queue> => engineer.get("/api/v1/ai-sessions/escalations")
