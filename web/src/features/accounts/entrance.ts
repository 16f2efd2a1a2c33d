import { queryOptions, useMutation } from "@tanstack/react-query"
import { adopt, forget } from "@/lib/api/auth"
import { api, done, read } from "@/lib/api/client"
import { Problem } from "@/lib/api/problem"

/** What this installation offers before sign-in: who may register, and the demo's sign-ins. */
export const metaQuery = queryOptions({
  queryKey: ["meta"] as const,
  queryFn: ({ signal }) => read(api.GET("/api/v1/meta", { signal })),
  staleTime: Infinity,
})

export type SignIn = { email: string; password: string }
export type SignUp = { account_name: string; name: string; email: string; password: string }
export type Acceptance = { token: string; name: string; password: string }

export const useSignIn = () =>
  useMutation({ mutationFn: (body: SignIn) => read(api.POST("/api/v1/auth/login", { body })), onSuccess: adopt })

export const useSignUp = () =>
  useMutation({ mutationFn: (body: SignUp) => read(api.POST("/api/v1/auth/register", { body })), onSuccess: adopt })

export const useAcceptInvitation = () =>
  useMutation({ mutationFn: (body: Acceptance) => read(api.POST("/api/v1/auth/accept-invitation", { body })), onSuccess: adopt })

/** Ends the session on the server first: whoever is told "signed out" is. An ended session counts as success. */
export const useSignOut = () =>
  useMutation({
    mutationFn: async () => {
      try {
        await done(api.POST("/api/v1/auth/logout"))
      } catch (error) {
        if (!(error instanceof Problem) || error.status !== 401) throw error
      }
    },
    onSuccess: forget,
  })
