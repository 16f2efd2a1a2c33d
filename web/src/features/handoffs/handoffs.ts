import { queryOptions } from "@tanstack/react-query"
import { api, read } from "@/lib/api/client"
import type { Handoff } from "@/lib/api/types"

export const handoffsKey = ["handoffs"] as const
export const handoffsOfSession = (sessionId: string) => [...handoffsKey, sessionId] as const

/** Newest first. 404 for who may not read the session (any more). */
export const handoffsQuery = (sessionId: string) =>
  queryOptions({
    queryKey: [...handoffsOfSession(sessionId), "list"] as const,
    queryFn: async ({ signal }) => (await read(api.GET("/api/v1/ai-sessions/{session_id}/handoffs", { params: { path: { session_id: sessionId } }, signal }))).items,
  })

export const escalationsOf = (handoffs: readonly Handoff[]): Handoff[] => handoffs.filter((handoff) => handoff.intent === "escalate")
