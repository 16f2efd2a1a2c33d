import type { QueryClient } from "@tanstack/react-query"
import type { LiveHandlers } from "@/lib/live/events"
import { refreshSession, sessionsKey, stepsIn, stepsKey } from "./queries"
import { knownThrough } from "./steps"

const moved = (sessionId: string, cache: QueryClient): void => {
  refreshSession(cache, sessionId)
  void cache.invalidateQueries({ queryKey: stepsKey(sessionId) })
}
const refreshAll = (cache: QueryClient): void => void cache.invalidateQueries({ queryKey: sessionsKey })

/** `session_changed` reaches owner and holder only; whoever else reads along hears of handoffs. */
export const sessionsLive = {
  session_changed: ({ session_id: sessionId, last_seq: lastSeq }, cache) => {
    refreshSession(cache, sessionId)
    if (lastSeq > knownThrough(stepsIn(cache, sessionId))) void cache.invalidateQueries({ queryKey: stepsKey(sessionId) })
  },
  handoff_created: ({ card }, cache) => moved(card.session_id, cache),
  handoff_reopened: ({ card }, cache) => moved(card.session_id, cache),
  handoff_updated: ({ card }, cache) => moved(card.session_id, cache),
  handoff_claimed: (event, cache) => moved(event.session_id, cache),
  handoff_withdrawn: (event, cache) => moved(event.session_id, cache),
  handoff_returned: (event, cache) => moved(event.session_id, cache),
  handoff_closed: (event, cache) => moved(event.session_id, cache),
  reload: refreshAll,
  refetch: refreshAll,
} satisfies LiveHandlers
