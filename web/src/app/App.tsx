import { QueryClientProvider, type QueryClient } from "@tanstack/react-query"
import { RouterProvider } from "@tanstack/react-router"
import { useSyncExternalStore } from "react"
import { metaQuery } from "@/features/accounts/entrance"
import { meQuery } from "@/features/accounts/me"
import { currentAuth, onAuth, onTokens } from "@/lib/api/auth"
import { Button, LiveRegion, Toasts } from "@/ui"
import { StandAlone } from "./Frame"
import type { createAppRouter } from "./router"

type AppRouter = ReturnType<typeof createAppRouter>

/** Carries every change of who is signed in to the cache and the routes. */
export function watchAuth(cache: QueryClient, router: AppRouter): void {
  onTokens(({ user, account }) => cache.setQueryData(meQuery.queryKey, { user, account }))
  onAuth(() => void followAuth(cache, router))
}

/** The guards look again first: what was read for one person goes only after its pages are gone. */
async function followAuth(cache: QueryClient, router: AppRouter): Promise<void> {
  await router.invalidate()
  if (currentAuth().state === "signed-out") cache.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== metaQuery.queryKey[0] })
}

export function App({ cache, router }: { cache: QueryClient; router: AppRouter }) {
  const auth = useSyncExternalStore(onAuth, currentAuth)
  if (auth.state === "displaced") return <Displaced by={auth.by} />
  return (
    <QueryClientProvider client={cache}>
      <RouterProvider router={router} />
      <Toasts />
      <LiveRegion />
    </QueryClientProvider>
  )
}

function Displaced({ by }: { by: string }) {
  return (
    <StandAlone
      title={`You are now signed in as ${by} in another tab`}
      actions={
        <Button variant="primary" onClick={() => location.assign("/")}>
          Continue as {by}
        </Button>
      }
    >
      This tab has stopped, so that nothing is done here in the wrong name. To work as two people at once, use a private window for the second.
    </StandAlone>
  )
}
