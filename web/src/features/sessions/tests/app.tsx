import { QueryClientProvider, type QueryClient } from "@tanstack/react-query"
import { createMemoryHistory, createRootRoute, createRoute, createRouter, Outlet, RouterProvider } from "@tanstack/react-router"
import { render } from "@testing-library/react"
import type { ReactNode } from "react"
import { vi } from "vitest"
import { meQuery } from "@/features/accounts/me"
import { adopt } from "@/lib/api/auth"
import type { Role, Step } from "@/lib/api/types"
import { createCache } from "@/lib/query"
import { tokens } from "@/test/server"
import { LiveRegion } from "@/ui"
import { SessionPage, type SessionActions } from "../SessionPage"

export const NO_ACTIONS: SessionActions = { escalate: () => undefined, park: () => undefined, handOver: () => undefined, context: null }

/** Signed in as Jane, on the dashboard made of `dashboard` or on a session's page. */
export function renderAt(path: string, { dashboard = "The dashboard", actions = NO_ACTIONS, role = "engineer" }: { dashboard?: ReactNode; actions?: SessionActions; role?: Role } = {}): {
  cache: QueryClient
  address: () => string
  go: (path: string) => void
} {
  lendBrowser()
  const jane = tokens()
  adopt(jane)
  const cache = createCache()
  cache.setDefaultOptions({ queries: { ...cache.getDefaultOptions().queries, retry: false } })
  cache.setQueryData(meQuery.queryKey, { user: { ...jane.user, role }, account: jane.account })
  const root = createRootRoute({ component: Outlet })
  const home = createRoute({ getParentRoute: () => root, path: "/", component: () => dashboard })
  const pilot = createRoute({
    getParentRoute: () => root,
    path: "/pilot/$sessionId",
    component: function Pilot() {
      const { sessionId } = pilot.useParams()
      return <SessionPage key={sessionId} sessionId={sessionId} actions={actions} />
    },
  })
  const history = createMemoryHistory({ initialEntries: [path] })
  const router = createRouter({ routeTree: root.addChildren([home, pilot]), history })
  render(
    <QueryClientProvider client={cache}>
      <RouterProvider<typeof router> router={router} />
      <LiveRegion />
    </QueryClientProvider>,
  )
  return { cache, address: () => history.location.href, go: (next) => history.push(next) }
}

/** A page of those steps that the request has not seen, as the server would answer. */
export const stepsAfter =
  (steps: () => readonly Step[], limit = 100) =>
  (request: Request) => {
    const after = Number(new URL(request.url).searchParams.get("after_seq") ?? 0)
    const rest = steps().filter(({ seq }) => seq > after)
    return { items: rest.slice(0, limit), next_cursor: rest.length > limit ? String(rest[limit - 1]?.seq) : null }
  }

/** What jsdom lacks, and dialogs, the router and the ledger need. */
export function lendBrowser(): void {
  vi.stubGlobal("CSS", { escape: (text: string) => text.replace(/[^\w-]/g, "\\$&") })
  vi.stubGlobal("scrollTo", () => undefined)
  for (const observer of ["IntersectionObserver", "ResizeObserver"])
    vi.stubGlobal(
      observer,
      class {
        observe() {}
        disconnect() {}
      },
    )
  Element.prototype.scrollIntoView = () => undefined
}
