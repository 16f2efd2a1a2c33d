import { Outlet, useNavigate, useRouter } from "@tanstack/react-router"
import { useEffect, useState } from "react"
import { useLive } from "@/app/live"
import { isEngineer, useMe } from "@/features/accounts/me"
import { switchSingleLetters, useKeys } from "@/lib/keys"
import { later } from "@/ui"
import { Banners } from "./Banners"
import { Sidebar } from "./Sidebar"
import { TopBar } from "./TopBar"

const KeysDialog = later(() => import("./KeysDialog").then((module) => module.KeysDialog))
const Drawer = later(() => import("./Drawer").then((module) => module.Drawer))

/** The frame around every page of a signed-in person, and what must run as long as they are: the stream and the keys. */
export function Shell() {
  const me = useMe()
  const navigate = useNavigate()
  const [open, setOpen] = useState<"keys" | "drawer" | null>(null)
  const close = () => setOpen(null)
  useLive(me)
  useFocusOnArrival()
  useEffect(() => switchSingleLetters(me.user.shortcuts), [me.user.shortcuts])
  useKeys("Anywhere", [
    { keys: "g d", label: "Dashboard", run: () => void navigate({ to: "/" }) },
    { keys: "g e", label: "Escalations", run: () => void navigate({ to: "/escalations" }), enabled: isEngineer(me.user) },
    { keys: "g t", label: "Team", run: () => void navigate({ to: "/team" }) },
    { keys: "?", label: "Show the keys", run: () => setOpen("keys") },
  ])
  return (
    <div className="grid min-h-dvh grid-rows-[auto_1fr] lg:grid-cols-[15.5rem_minmax(0,1fr)]">
      <a href="#main" className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded focus:bg-surface focus:px-3 focus:py-2">
        Skip to the page
      </a>
      <TopBar me={me} onMenu={() => setOpen("drawer")} onMenuNear={Drawer.preload} onKeys={() => setOpen("keys")} />
      <div className="sticky top-12 hidden h-[calc(100dvh-3rem)] overflow-y-auto border-r lg:block">
        <Sidebar me={me} />
      </div>
      <div className="min-w-0">
        <Banners me={me} />
        <main id="main" tabIndex={-1} className="mx-auto max-w-320 p-4 pb-24 outline-none lg:p-6">
          <Outlet />
        </main>
      </div>
      {open === "keys" && <KeysDialog onClose={close} />}
      {open === "drawer" && (
        <Drawer onClose={close}>
          <Sidebar me={me} onGo={close} />
        </Drawer>
      )}
    </div>
  )
}

/** After going to another page, focus is in it, unless the page has placed it itself. */
function useFocusOnArrival(): void {
  const router = useRouter()
  useEffect(
    () =>
      router.subscribe("onRendered", ({ pathChanged }) => {
        const main = document.getElementById("main")
        const inPage = main?.contains(document.activeElement) || document.activeElement?.closest("[role=dialog]")
        if (pathChanged && !inPage) main?.focus({ preventScroll: true })
      }),
    [router],
  )
}
