import type { QueryClient } from "@tanstack/react-query"
import type { LiveHandlers } from "@/lib/live/events"

export const analyticsKey = ["analytics"] as const

const stale = (cache: QueryClient) => void cache.invalidateQueries({ queryKey: analyticsKey })

/** The figures are computed on the server: whatever may move one makes all of them be read again. */
export const analyticsLive = {
  handoff_created: (_, cache) => stale(cache),
  handoff_claimed: (_, cache) => stale(cache),
  handoff_returned: (_, cache) => stale(cache),
  handoff_reopened: (_, cache) => stale(cache),
  handoff_withdrawn: (_, cache) => stale(cache),
  // A picked-up case changes with its first step, of which only its owner and holder hear otherwise.
  handoff_updated: ({ card }, cache) => {
    if (card.status === "claimed") stale(cache)
  },
  session_changed: (_, cache) => stale(cache),
  refetch: stale,
} satisfies LiveHandlers
