import { useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query"
import { refreshSession } from "@/features/sessions/queries"
import { useIntention } from "@/features/sessions/intention"
import { api, read } from "@/lib/api/client"
import { Problem } from "@/lib/api/problem"
import type { NewHandoff } from "@/lib/api/types"
import { handoffsOfSession } from "./handoffs"
import { queueQuery } from "./queue"

export type Start = "continue" | "ai_analysis" | "own"

const ofSession = (sessionId: string) => ({ path: { session_id: sessionId } })
const ofHandoff = (sessionId: string, handoffId: string) => ({ path: { session_id: sessionId, handoff_id: handoffId } })

export function useHandOff(sessionId: string) {
  const cache = useQueryClient()
  const { keyFor } = useIntention()
  return useMutation({
    mutationFn: (body: NewHandoff) =>
      read(api.POST("/api/v1/ai-sessions/{session_id}/handoff", { params: { ...ofSession(sessionId), header: { "Idempotency-Key": keyFor(body) } }, body })),
    onSuccess: () => refresh(cache, sessionId),
  })
}

/** Picks up; a legacy card has no handoff yet and is picked up by its session. */
export function useClaim(sessionId: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: async ({ handoffId, start }: { handoffId: string | null; start: Start }) => {
      if (handoffId === null) await read(api.POST("/api/v1/ai-sessions/{session_id}/pickup", { params: ofSession(sessionId) }))
      else await read(api.POST("/api/v1/ai-sessions/{session_id}/handoffs/{handoff_id}/claim", { params: ofHandoff(sessionId, handoffId), body: { start } }))
    },
    onSettled: () => refresh(cache, sessionId),
  })
}

export function useHandBack(sessionId: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ handoffId, advice }: { handoffId: string; advice: string }) =>
      read(api.POST("/api/v1/ai-sessions/{session_id}/handoffs/{handoff_id}/hand-back", { params: ofHandoff(sessionId, handoffId), body: { content: advice } })),
    onSettled: () => refresh(cache, sessionId),
  })
}

/** Asks whoever escalated; the case stays in the queue. */
export function useAskBack(sessionId: string) {
  const cache = useQueryClient()
  const { keyFor, fulfilled } = useIntention()
  return useMutation({
    mutationFn: ({ handoffId, content }: { handoffId: string; content: string }) =>
      read(
        api.POST("/api/v1/ai-sessions/{session_id}/handoffs/{handoff_id}/questions", {
          params: { ...ofHandoff(sessionId, handoffId), header: { "Idempotency-Key": keyFor({ handoffId, content }) } },
          body: { content },
        }),
      ),
    onSuccess: fulfilled,
    onSettled: () => refresh(cache, sessionId),
  })
}

export function useAnswer(sessionId: string) {
  const cache = useQueryClient()
  const { keyFor, fulfilled } = useIntention()
  return useMutation({
    mutationFn: ({ handoffId, questionId, content }: { handoffId: string; questionId: string; content: string }) =>
      read(
        api.POST("/api/v1/ai-sessions/{session_id}/handoffs/{handoff_id}/questions/{question_id}/answer", {
          params: { path: { session_id: sessionId, handoff_id: handoffId, question_id: questionId }, header: { "Idempotency-Key": keyFor({ questionId, content }) } },
          body: { content },
        }),
      ),
    onSuccess: fulfilled,
    onSettled: () => refresh(cache, sessionId),
  })
}

export type Handover = { target_user_id: string; reason?: string }

/** This case, or every active one that the person holds, to one colleague. Answers what went. */
export function useHandOver(sessionId: string) {
  const cache = useQueryClient()
  const { keyFor, fulfilled } = useIntention()
  return useMutation({
    mutationFn: async ({ all, ...body }: Handover & { all: boolean }) => {
      const header = { "Idempotency-Key": keyFor({ all, ...body }) }
      if (all) return (await read(api.POST("/api/v1/ai-sessions/handovers", { params: { header }, body }))).items
      return [await read(api.POST("/api/v1/ai-sessions/{session_id}/handoff", { params: { ...ofSession(sessionId), header }, body: { intent: "handover", ...body } }))]
    },
    onSuccess: fulfilled,
    onSettled: (given = []) => {
      for (const id of new Set([sessionId, ...given.map(({ session_id }) => session_id)])) refresh(cache, id)
    },
  })
}

export function useWithdraw(sessionId: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (handoffId: string) => read(api.POST("/api/v1/ai-sessions/{session_id}/handoffs/{handoff_id}/withdraw", { params: ofHandoff(sessionId, handoffId) })),
    onSettled: () => refresh(cache, sessionId),
  })
}

export function useRelease(sessionId: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (handoffId: string) => read(api.POST("/api/v1/ai-sessions/{session_id}/handoffs/{handoff_id}/release", { params: ofHandoff(sessionId, handoffId) })),
    onSettled: () => refresh(cache, sessionId),
  })
}

/** The claimer's time to begin starts anew. */
export function useStillOnIt(sessionId: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (handoffId: string) => read(api.POST("/api/v1/ai-sessions/{session_id}/handoffs/{handoff_id}/still-on-it", { params: ofHandoff(sessionId, handoffId) })),
    onSettled: () => refresh(cache, sessionId),
  })
}

/** Who was faster, where that is why it was refused. */
export const winnerIn = (error: unknown): string | null =>
  error instanceof Problem && error.code === "already_claimed" && typeof error.extra["claimed_by_name"] === "string" ? error.extra["claimed_by_name"] : null

/** The stream says the same, but not to a page that is just reconnecting. */
function refresh(cache: QueryClient, sessionId: string): void {
  refreshSession(cache, sessionId)
  void cache.invalidateQueries({ queryKey: handoffsOfSession(sessionId) })
  void cache.invalidateQueries({ queryKey: queueQuery.queryKey })
}
