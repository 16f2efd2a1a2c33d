import { useState, useSyncExternalStore } from "react"
import { useSignOut } from "@/features/accounts/entrance"
import { sentenceOf } from "@/lib/api/problem"
import type { Me } from "@/lib/api/types"
import { clockTime } from "@/lib/time"
import { toast } from "@/lib/toast"
import { Button } from "@/ui"

/** What is true of the whole page: it is offline, or it shows demo data. */
export function Banners({ me }: { me: Me }) {
  const online = useOnline()
  return (
    <aside aria-label="About this page">
      {!online && <OfflineBanner />}
      {me.account.is_demo && <DemoBanner />}
    </aside>
  )
}

function OfflineBanner() {
  const [since] = useState(() => new Date())
  return (
    <div role="status" className="border-b border-red/30 bg-red-dim px-4 py-1.5 text-small lg:px-6">
      You are offline. This page is as it was at {clockTime(since.toISOString(), since.getTime())} and catches up by itself.
    </div>
  )
}

function DemoBanner() {
  const signOut = useSignOut()
  const setUp = () =>
    signOut.mutate(undefined, {
      onSuccess: () => location.assign("/sign-up"),
      onError: (error) => toast(sentenceOf(error), { tone: "red" }),
    })
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b bg-sunken px-4 py-1 text-small text-ink-dim lg:px-6">
      <span>
        <strong className="font-medium text-ink">Demo data.</strong> Nothing here reaches a real client.
      </span>
      <Button size="small" variant="quiet" className="-mx-2 !text-accent" pending={signOut.isPending} onClick={setUp}>
        Set up my own
      </Button>
    </div>
  )
}

const useOnline = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      window.addEventListener("online", listener)
      window.addEventListener("offline", listener)
      return () => {
        window.removeEventListener("online", listener)
        window.removeEventListener("offline", listener)
      }
    },
    () => navigator.onLine,
  )
