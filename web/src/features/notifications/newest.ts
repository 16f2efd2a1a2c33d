import { api, read } from "@/lib/api/client"
import { Problem } from "@/lib/api/problem"
import { goTo } from "@/lib/go"
import { ownPath } from "@/lib/paths"
import { toast } from "@/lib/toast"

let lastShown: string | null = null

/** Shows what the bell just rang for, in the tab one looks at. The queue page shows and says escalations itself. */
export async function showNewest(): Promise<void> {
  if (document.hidden) return
  const newest = await newestUnread()
  if (!newest || newest.id === lastShown) return
  lastShown = newest.id
  const isArrival = newest.type === "session.escalated"
  if (isArrival && location.pathname === "/escalations") return
  const path = ownPath(newest.link)
  toast(newest.title, { spoken: !isArrival, ...(path !== null && { action: { label: "Open", run: () => goTo(path) } }) })
}

/** Null where it cannot be read: the bell's number stands there all the same. */
async function newestUnread() {
  try {
    const { items } = await read(api.GET("/api/v1/notifications", { params: { query: { unread: true, limit: 1 } } }))
    return items[0] ?? null
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}
