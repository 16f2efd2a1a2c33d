import type { QueryClient } from "@tanstack/react-query"
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from "@tanstack/react-router"
import { currentAuth, refresh } from "@/lib/api/auth"
import { ownPath } from "@/lib/paths"
import { Loading } from "@/ui"
import { ErrorPage } from "./ErrorPage"
import { EscalationsPage } from "./pages/EscalationsPage"
import { Shell } from "./shell/Shell"

const root = createRootRouteWithContext<{ cache: QueryClient }>()({
  component: Outlet,
  beforeLoad: async () => {
    if (currentAuth().state === "unknown") await refresh()
  },
})

/** Pages for people who are not signed in; whoever is goes on to where they wanted. */
const entrance = createRoute({
  getParentRoute: () => root,
  id: "entrance",
  validateSearch: (search): { next?: string } => {
    const next = ownPath(typeof search["next"] === "string" ? search["next"] : null)
    return next === null ? {} : { next }
  },
  beforeLoad: ({ search }) => {
    if (currentAuth().state === "signed-in") throw redirect({ href: search.next ?? "/", replace: true })
  },
})

const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  component: Shell,
  beforeLoad: ({ location }) => {
    if (currentAuth().state !== "signed-out") return
    throw redirect({ to: "/sign-in", search: location.href === "/" ? {} : { next: location.href }, replace: true })
  },
})

const signIn = createRoute({ getParentRoute: () => entrance, path: "/sign-in", component: lazyRouteComponent(() => import("@/features/accounts/SignInPage"), "SignInPage") })
const signUp = createRoute({ getParentRoute: () => entrance, path: "/sign-up", component: lazyRouteComponent(() => import("@/features/accounts/SignUpPage"), "SignUpPage") })

const acceptInvitation = createRoute({
  getParentRoute: () => root,
  path: "/accept-invitation",
  component: lazyRouteComponent(() => import("@/features/accounts/AcceptInvitationPage"), "AcceptInvitationPage"),
})

const dashboard = createRoute({ getParentRoute: () => shell, path: "/", component: lazyRouteComponent(() => import("./pages/DashboardPage"), "DashboardPage") })
const escalations = createRoute({ getParentRoute: () => shell, path: "/escalations", component: EscalationsPage })
const pilot = createRoute({
  getParentRoute: () => shell,
  path: "/pilot/$sessionId",
  validateSearch: (search): { pickup?: true } => (search["pickup"] === true ? { pickup: true } : {}),
  component: lazyRouteComponent(() => import("./pages/PilotRoute"), "PilotRoute"),
})
const team = createRoute({ getParentRoute: () => shell, path: "/team", component: lazyRouteComponent(() => import("@/features/accounts/TeamPage"), "TeamPage") })
const profile = createRoute({ getParentRoute: () => shell, path: "/profile", component: lazyRouteComponent(() => import("@/features/accounts/ProfilePage"), "ProfilePage") })

const elsewhere = createRoute({ getParentRoute: () => shell, path: "$", component: lazyRouteComponent(() => import("./NotFoundPage"), "NotFoundPage") })

const routeTree = root.addChildren([entrance.addChildren([signIn, signUp]), acceptInvitation, shell.addChildren([dashboard, escalations, pilot, team, profile, elsewhere])])

export const createAppRouter = (cache: QueryClient) =>
  createRouter({
    routeTree,
    context: { cache },
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    defaultPendingMs: 200,
    defaultPendingComponent: () => <Loading what="Opening the page" className="m-6" />,
    defaultErrorComponent: ErrorPage,
  })

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
