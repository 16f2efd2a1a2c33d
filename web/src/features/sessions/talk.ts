import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { authorizedFetch } from "@/lib/api/client"
import { unreachable } from "@/lib/api/problem"
import type { Step, Turn } from "@/lib/api/types"
import { readFrames } from "@/lib/live/frames"
import { useIntention } from "./intention"
import { refreshSession, sessionKey, stepsIn, stepsKey } from "./queries"
import { merge } from "./steps"

/** A reply as it comes. `stepId`: the step it has been written as, which then stands in its place. */
export type Streamed = { text: string; stepId: string | null }

/**
 * Talking to the assistant. A message counts as sent once it is saved; its reply streams on, and is written whoever listens.
 * What ends without a reply stands in the session's turn, so that a lost connection loses nothing.
 */
export function useTalk(sessionId: string) {
  const cache = useQueryClient()
  const [streamed, setStreamed] = useState<Streamed | null>(null)
  const { keyFor, fulfilled } = useIntention()
  const base = `/api/v1/ai-sessions/${encodeURIComponent(sessionId)}`

  const take = (event: string, data: unknown): void => {
    if (event === "step") {
      const step = data as Step
      cache.setQueryData(stepsKey(sessionId), merge(stepsIn(cache, sessionId), [step]))
      if (step.author_type === "assistant" && step.kind === "message") setStreamed((now) => now && { ...now, stepId: step.id })
    } else if (event === "delta") {
      const { text } = data as { text: string }
      setStreamed((now) => ({ text: (now?.text ?? "") + text, stepId: null }))
    } else if (event === "done") {
      cache.setQueryData(sessionKey(sessionId), (session: object | undefined) => session && { ...session, turn: data as Turn })
    }
  }
  const listen = async (request: Request, onSaved: () => void): Promise<void> => {
    try {
      const { body } = await authorizedFetch(request)
      setStreamed({ text: "", stepId: null })
      if (body)
        await readFrames(
          body,
          ({ event, data }) => {
            take(event, data)
            if (event === "step") onSaved()
          },
          () => undefined,
        )
    } finally {
      refreshSession(cache, sessionId)
      await cache.invalidateQueries({ queryKey: stepsKey(sessionId) })
      await cache.refetchQueries({ queryKey: sessionKey(sessionId), exact: true })
      setStreamed(null)
    }
  }
  /** Resolves once the message stands in the ledger. */
  const post = (path: string, body: object | null, key: string | null): Promise<void> =>
    new Promise((saved, failed) => {
      const headers = { Accept: "text/event-stream", ...(body && { "Content-Type": "application/json" }), ...(key && { "Idempotency-Key": key }) }
      const request = new Request(new URL(base + path, location.origin), { method: "POST", headers, body: body && JSON.stringify(body) })
      listen(request, saved).then(
        () => failed(unreachable()), // after `saved` this changes nothing
        failed,
      )
    })

  const say = useMutation({
    mutationFn: ({ content, key }: { content: string; key?: string }) => post("/messages", { content }, key ?? keyFor({ content })),
    onSuccess: fulfilled,
  })
  const again = useMutation({ mutationFn: (turnId: string) => post(`/turns/${encodeURIComponent(turnId)}/retry`, null, null) })
  const stop = useMutation({
    mutationFn: (turnId: string) => authorizedFetch(new Request(new URL(`${base}/turns/${encodeURIComponent(turnId)}/stop`, location.origin), { method: "POST" })),
    onSettled: () => refreshSession(cache, sessionId),
  })
  return { streamed, say, again, stop }
}

export type Talk = ReturnType<typeof useTalk>

const started = new Set<string>()

/** Remembers that a session was started from here with its problem, which then becomes the first message. */
export const rememberStarted = (sessionId: string): void => void started.add(sessionId)
export const wasJustStarted = (sessionId: string): boolean => started.delete(sessionId)
