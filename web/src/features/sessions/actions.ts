import { useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query"
import { api, read } from "@/lib/api/client"
import type { NewSession, NewStep, Session, SessionFields } from "@/lib/api/types"
import { useIntention } from "./intention"
import { refreshSession, sessionKey, sessionListsKey, stepsIn, stepsKey } from "./queries"
import { merge } from "./steps"

export type Resolution = { resolution: string; fixed_by?: string; level_one?: "can_do" | "needs_rights" | "needs_senior" }

const path = (sessionId: string) => ({ path: { session_id: sessionId } })

export function useStartSession() {
  const cache = useQueryClient()
  const { keyFor } = useIntention()
  return useMutation({
    mutationFn: (body: NewSession) => read(api.POST("/api/v1/ai-sessions", { params: { header: { "Idempotency-Key": keyFor(body) } }, body })),
    onSuccess: (session) => adopt(cache, session),
  })
}

/** Changes what a session is about; null clears a field. */
export function useDescribe(sessionId: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (change: SessionFields) => read(api.PATCH("/api/v1/ai-sessions/{session_id}", { params: path(sessionId), body: change })),
    onSuccess: (session) => adopt(cache, session),
  })
}

/** After a failure the steps are read again: an answer that got lost on the way may have been written all the same. */
export function useAddStep(sessionId: string) {
  const cache = useQueryClient()
  const { keyFor, fulfilled } = useIntention()
  return useMutation({
    mutationFn: (step: NewStep) =>
      read(api.POST("/api/v1/ai-sessions/{session_id}/steps", { params: { ...path(sessionId), header: { "Idempotency-Key": keyFor(step) } }, body: step })),
    onSuccess: (step) => {
      fulfilled()
      cache.setQueryData(stepsKey(sessionId), merge(stepsIn(cache, sessionId), [step]))
      refreshSession(cache, sessionId)
    },
    onError: () => cache.invalidateQueries({ queryKey: stepsKey(sessionId) }),
  })
}

export function useResolve(sessionId: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (body: Resolution) => read(api.POST("/api/v1/ai-sessions/{session_id}/resolve", { params: path(sessionId), body })),
    onSettled: () => refreshSession(cache, sessionId),
  })
}

const MOVES = {
  resume: (sessionId: string) => read(api.POST("/api/v1/ai-sessions/{session_id}/resume", { params: path(sessionId) })),
  reopen: (sessionId: string) => read(api.POST("/api/v1/ai-sessions/{session_id}/reopen", { params: path(sessionId) })),
  "take-over": (sessionId: string) => read(api.POST("/api/v1/ai-sessions/{session_id}/take-over", { params: path(sessionId) })),
}

export function useMove(sessionId: string, move: keyof typeof MOVES) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: () => MOVES[move](sessionId),
    onSuccess: (session) => adopt(cache, session),
    onError: () => refreshSession(cache, sessionId),
  })
}

function adopt(cache: QueryClient, session: Session): void {
  cache.setQueryData(sessionKey(session.id), session)
  void cache.invalidateQueries({ queryKey: sessionListsKey })
}
