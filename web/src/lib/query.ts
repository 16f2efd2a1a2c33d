import { QueryClient } from "@tanstack/react-query"
import { Problem } from "@/lib/api/problem"

const TRIES = 3

/** The one cache of server state. Failures of the connection are tried again; refusals are not. */
export function createCache(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 20_000,
        retry: (failures, error) => failures < TRIES && error instanceof Problem && error.isTransient,
        retryDelay: (attempt, error) => Math.max(1_000 * 2 ** attempt, (error instanceof Problem ? (error.retryAfterSeconds ?? 0) : 0) * 1_000),
        networkMode: "always",
      },
      mutations: { networkMode: "always" },
    },
  })
}
