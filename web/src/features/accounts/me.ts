import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query"
import { api, read } from "@/lib/api/client"
import type { Me, User } from "@/lib/api/types"

export const meQuery = queryOptions({
  queryKey: ["me"] as const,
  queryFn: ({ signal }) => read(api.GET("/api/v1/auth/me", { signal })),
  staleTime: 60_000,
})

/** The signed-in person and their account; every sign-in and refresh brings them, so inside the shell they are there. */
export const useMe = (): Me => useSuspenseQuery(meQuery).data

export const isEngineer = (user: Pick<User, "role">): boolean => user.role !== "viewer"
export const isAdmin = (user: Pick<User, "role">): boolean => user.role === "admin" || user.role === "owner"

export type ProfileChange = { name?: string; takes_escalations?: boolean; away_until?: string | null; shortcuts?: boolean }

export function useChangeProfile() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (change: ProfileChange) => read(api.PATCH("/api/v1/auth/me", { body: change })),
    onSuccess: (me) => {
      cache.setQueryData(meQuery.queryKey, me)
      return cache.invalidateQueries({ queryKey: ["team"] })
    },
  })
}
