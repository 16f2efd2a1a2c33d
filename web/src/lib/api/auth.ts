import { problemOf, unreachable } from "./problem"
import type { Tokens } from "./types"

/** Who this tab works as. `displaced`: another tab signed in as somebody else, so this one has stopped. */
export type Auth =
  | { state: "unknown" }
  | { state: "signed-out" }
  | { state: "signed-in"; userId: string; accountId: string }
  | { state: "displaced"; by: string }

type Held = { token: string; expiresAt: number }

const EARLY_MS = 20_000
const REFRESH_LOCK = "resolutionflow-refresh"

let auth: Auth = { state: "unknown" }
let held: Held | null = null
let refreshing: Promise<Tokens | null> | null = null
const listeners = new Set<() => void>()
const adopters = new Set<(tokens: Tokens) => void>()

export const currentAuth = (): Auth => auth

export function onAuth(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Called with every fresh pair of tokens, before anybody hears of the new state. */
export function onTokens(adopt: (tokens: Tokens) => void): () => void {
  adopters.add(adopt)
  return () => void adopters.delete(adopt)
}

/** Takes the tokens of a sign-in, a registration or a refresh; a refresh that answers another person stops this tab. */
export function adopt(tokens: Tokens): void {
  if (auth.state === "displaced") return
  if (auth.state === "signed-in" && auth.userId !== tokens.user.id) {
    held = null
    become({ state: "displaced", by: tokens.user.name })
    return
  }
  held = { token: tokens.access_token, expiresAt: Date.now() + tokens.expires_in * 1000 }
  for (const each of adopters) each(tokens)
  if (auth.state !== "signed-in") become({ state: "signed-in", userId: tokens.user.id, accountId: tokens.account.id })
}

export function forget(): void {
  held = null
  if (auth.state !== "displaced") become({ state: "signed-out" })
}

/** A token good for a request now, or null when nobody is signed in. */
export async function accessToken(): Promise<string | null> {
  if (auth.state === "signed-out" || auth.state === "displaced") return null
  if (held && held.expiresAt - EARLY_MS > Date.now()) return held.token
  return (await refresh()) ? (held?.token ?? null) : null
}

/** A token other than the refused one. */
export async function tokenInsteadOf(refused: string): Promise<string | null> {
  if (held && held.token !== refused) return held.token
  return (await refresh()) ? (held?.token ?? null) : null
}

/** One refresh at a time in this tab, and one after the other between tabs. Null: the server says nobody is signed in. */
export function refresh(): Promise<Tokens | null> {
  refreshing ??= inTurn(askForTokens).finally(() => {
    refreshing = null
  })
  return refreshing
}

async function askForTokens(): Promise<Tokens | null> {
  let response: Response
  try {
    response = await fetch("/api/v1/auth/refresh", { method: "POST", credentials: "same-origin", headers: { Accept: "application/json" } })
  } catch {
    throw unreachable()
  }
  if (response.status === 401) {
    forget()
    return null
  }
  if (!response.ok) throw await problemOf(response)
  const tokens = (await response.json()) as Tokens
  adopt(tokens)
  return tokens
}

/** The refresh cookie is shared by all tabs; taking turns keeps them from spending it twice. */
async function inTurn(task: () => Promise<Tokens | null>): Promise<Tokens | null> {
  return "locks" in navigator ? await navigator.locks.request(REFRESH_LOCK, task) : await task()
}

function become(next: Auth): void {
  auth = next
  for (const listener of listeners) listener()
}
