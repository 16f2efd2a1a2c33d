import { infiniteQueryOptions, queryOptions, type QueryClient } from "@tanstack/react-query"
import { api, read } from "@/lib/api/client"
import type { Step } from "@/lib/api/types"
import { knownThrough, merge } from "./steps"

export const sessionsKey = ["sessions"] as const
export const sessionKey = (sessionId: string) => [...sessionsKey, sessionId] as const
export const stepsKey = (sessionId: string) => [...sessionKey(sessionId), "steps"] as const
export const sessionListsKey = [...sessionsKey, "list"] as const

const path = (sessionId: string) => ({ path: { session_id: sessionId } })

export const sessionQuery = (sessionId: string) =>
  queryOptions({
    queryKey: sessionKey(sessionId),
    queryFn: ({ signal }) => read(api.GET("/api/v1/ai-sessions/{session_id}", { params: path(sessionId), signal })),
  })

/** All steps, read on from what is known: the first pages are shown while the rest is on its way. */
export const stepsQuery = (sessionId: string) =>
  queryOptions({
    queryKey: stepsKey(sessionId),
    queryFn: async ({ client, signal }): Promise<readonly Step[]> => {
      for (;;) {
        const after = knownThrough(stepsIn(client, sessionId))
        const page = await read(api.GET("/api/v1/ai-sessions/{session_id}/steps", { params: { ...path(sessionId), query: { after_seq: after } }, signal }))
        const steps = merge(stepsIn(client, sessionId), page.items)
        if (page.next_cursor === null) return steps
        client.setQueryData(stepsKey(sessionId), steps)
      }
    },
  })

export const stepsIn = (cache: QueryClient, sessionId: string): readonly Step[] => cache.getQueryData<readonly Step[]>(stepsKey(sessionId)) ?? []

/** `mine`: owned or held. `account`: whatever the reader may open. Newest activity first. */
export const sessionListQuery = (scope: "mine" | "account") =>
  infiniteQueryOptions({
    queryKey: [...sessionListsKey, scope] as const,
    queryFn: ({ pageParam, signal }) =>
      read(api.GET("/api/v1/ai-sessions", { params: { query: { scope, limit: 25, ...(pageParam === null ? {} : { cursor: pageParam }) } }, signal })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  })

export const similarQuery = (sessionId: string) =>
  queryOptions({
    queryKey: [...sessionKey(sessionId), "similar"] as const,
    queryFn: async ({ signal }) => (await read(api.GET("/api/v1/ai-sessions/{session_id}/similar", { params: path(sessionId), signal }))).items,
    staleTime: 60_000,
  })

export const documentationQuery = (sessionId: string) =>
  queryOptions({
    queryKey: [...sessionKey(sessionId), "documentation"] as const,
    queryFn: ({ signal }) => read(api.GET("/api/v1/ai-sessions/{session_id}/documentation", { params: path(sessionId), signal })),
  })

export const clientsQuery = (typed: string) =>
  queryOptions({
    queryKey: ["clients", typed.trim().toLowerCase()] as const,
    queryFn: async ({ signal }) => (await read(api.GET("/api/v1/clients", { params: { query: { q: typed.trim() } }, signal }))).items,
    staleTime: 60_000,
  })

/** What a session says of itself is read again wherever it is on screen: its page, the sidebar, the dashboard. */
export function refreshSession(cache: QueryClient, sessionId: string): void {
  void cache.invalidateQueries({ queryKey: sessionKey(sessionId), exact: true })
  void cache.invalidateQueries({ queryKey: [...sessionKey(sessionId), "documentation"] })
  void cache.invalidateQueries({ queryKey: sessionListsKey })
}
