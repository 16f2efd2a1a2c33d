import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { api, done, read } from "@/lib/api/client"
import type { Role, User } from "@/lib/api/types"
import { meQuery } from "./me"

const teamKey = ["team"] as const

export const usersQuery = queryOptions({
  queryKey: [...teamKey, "users"] as const,
  queryFn: async ({ signal }) => (await read(api.GET("/api/v1/account/users", { signal }))).items,
})

export const invitationsQuery = queryOptions({
  queryKey: [...teamKey, "invitations"] as const,
  queryFn: async ({ signal }) => (await read(api.GET("/api/v1/account/invitations", { signal }))).items,
})

export type UserChange = { role?: Role; is_active?: boolean; takes_escalations?: boolean }

export function useChangeUser(user: User) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (change: UserChange) => read(api.PATCH("/api/v1/account/users/{user_id}", { params: { path: { user_id: user.id } }, body: change })),
    onSuccess: (changed) => {
      cache.setQueryData(usersQuery.queryKey, (users) => users?.map((each) => (each.id === changed.id ? changed : each)))
      return cache.invalidateQueries({ queryKey: meQuery.queryKey })
    },
  })
}

export type Invitee = { email: string; role: Role; takes_escalations: boolean }

export function useInvite() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: async (items: Invitee[]) => {
      const answer = await read(api.POST("/api/v1/account/invitations", { body: { items } }))
      return "items" in answer ? answer.items : [answer]
    },
    onSuccess: () => cache.invalidateQueries({ queryKey: teamKey }),
  })
}

export function useRevokeInvitation() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => done(api.DELETE("/api/v1/account/invitations/{invitation_id}", { params: { path: { invitation_id: id } } })),
    onSettled: () => cache.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  })
}
