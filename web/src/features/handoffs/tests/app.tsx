import { QueryClientProvider, type QueryClient } from "@tanstack/react-query"
import { createMemoryHistory, createRootRoute, createRoute, createRouter, Outlet, RouterProvider } from "@tanstack/react-router"
import { render } from "@testing-library/react"
import type { ReactNode } from "react"
import { meQuery } from "@/features/accounts/me"
import { lendBrowser } from "@/features/sessions/tests/app"
import { adopt } from "@/lib/api/auth"
import type { Role } from "@/lib/api/types"
import { createCache } from "@/lib/query"
import { tokens } from "@/test/server"
import { LiveRegion, Toasts } from "@/ui"

export const SAM = { id: "u-sam", name: "Sam Reyes" }

/** A page at its address, signed in as Sam, with markers where other pages would be. */
export function renderAt(path: string, pages: { escalations?: () => ReactNode; pilot?: (sessionId: string, pickup: boolean) => ReactNode }, role: Role = "engineer"): { cache: QueryClient; address: () => string } {
  lendBrowser()
  const signedIn = { ...tokens("token-sam", SAM), expires_in: 900 }
  adopt(signedIn)
  const cache = createCache()
  cache.setDefaultOptions({ queries: { ...cache.getDefaultOptions().queries, retry: false } })
  cache.setQueryData(meQuery.queryKey, { user: { ...signedIn.user, role }, account: signedIn.account })

  const root = createRootRoute({ component: () => <main id="main" tabIndex={-1}><Outlet /></main> })
  const dashboard = createRoute({ getParentRoute: () => root, path: "/", component: () => "The dashboard" })
  const escalations = createRoute({ getParentRoute: () => root, path: "/escalations", component: () => pages.escalations?.() ?? "The queue" })
  const pilot = createRoute({
    getParentRoute: () => root,
    path: "/pilot/$sessionId",
    validateSearch: (search): { pickup?: true } => (search["pickup"] === true ? { pickup: true } : {}),
    component: function Pilot() {
      const { sessionId } = pilot.useParams()
      const { pickup = false } = pilot.useSearch()
      return pages.pilot?.(sessionId, pickup) ?? "A session"
    },
  })
  const history = createMemoryHistory({ initialEntries: [path] })
  const router = createRouter({ routeTree: root.addChildren([dashboard, escalations, pilot]), history })
  render(
    <QueryClientProvider client={cache}>
      <RouterProvider<typeof router> router={router} />
      <Toasts />
      <LiveRegion />
    </QueryClientProvider>,
  )
  return { cache, address: () => history.location.href }
}
