import createClient from "openapi-fetch"
import { learnServerTime } from "@/lib/clock"
import { accessToken, tokenInsteadOf } from "./auth"
import { Problem, problemOf, unreachable } from "./problem"
import type { paths } from "./schema"

/** `fetch` as the signed-in person: a refused token is renewed once, and anything but success throws a Problem. */
export async function authorizedFetch(request: Request): Promise<Response> {
  const again = request.clone()
  const token = isSignIn(request) ? null : await accessToken()
  let response = await send(request, token)
  if (response.status === 401 && token !== null) {
    const renewed = await tokenInsteadOf(token)
    if (renewed !== null) response = await send(again, renewed)
  }
  if (!response.ok) throw await problemOf(response)
  return response
}

export const api = createClient<paths>({ baseUrl: globalThis.location.origin, fetch: authorizedFetch })

/** The body of a successful answer; failures have already thrown a Problem. */
export async function read<Answer extends { data?: unknown }>(answer: Promise<Answer>): Promise<NonNullable<Answer["data"]>> {
  const { data } = await answer
  if (data === undefined || data === null) throw new Problem(0, "empty", "The server's answer was empty. Please try again.")
  return data
}

/** For answers without a body (204). */
export async function done(answer: Promise<unknown>): Promise<void> {
  await answer
}

/** One key for one intention: kept by the caller over its retries, so that nothing is created twice. */
export const idempotencyKey = (): string => ("randomUUID" in crypto ? crypto.randomUUID() : `${Date.now()}-${Math.random()}`)

async function send(request: Request, token: string | null): Promise<Response> {
  if (token !== null) request.headers.set("Authorization", `Bearer ${token}`)
  try {
    const response = await fetch(request)
    learnServerTime(response)
    return response
  } catch (error) {
    if (request.signal.aborted) throw error
    throw unreachable()
  }
}

/** Signing in must not first try to renew the session that it replaces. */
const isSignIn = (request: Request): boolean => /\/auth\/(login|register|refresh|accept-invitation)$/.test(new URL(request.url).pathname)
