import type { QueryClient } from "@tanstack/react-query"
import { meQuery } from "@/features/accounts/me"
import type { QueueCard } from "@/lib/api/types"
import { announceArrival } from "@/lib/announce"
import type { LiveHandlers, LoggedEvent } from "@/lib/live/events"
import { countUnseen } from "@/lib/title"
import { handoffsKey, handoffsOfSession } from "./handoffs"
import { applyEvent, queueQuery } from "./queue"

export const handoffsLive = {
  handoff_created: (event, cache) => {
    follow(cache, event, event.card.session_id)
    arrive(cache, event.card, `New escalation from ${event.card.escalated_by.name}: ${event.card.title}`)
  },
  handoff_reopened: (event, cache) => {
    follow(cache, event, event.card.session_id)
    arrive(cache, event.card, `Waiting again: ${event.card.title}`)
  },
  handoff_updated: (event, cache) => follow(cache, event, event.card.session_id),
  handoff_assessment_ready: (event, cache) => follow(cache, event, event.session_id),
  handoff_claimed: (event, cache) => follow(cache, event, event.session_id),
  handoff_question: (event, cache) => follow(cache, event, event.session_id),
  handoff_answer: (event, cache) => follow(cache, event, event.session_id),
  handoff_withdrawn: (event, cache) => follow(cache, event, event.session_id),
  handoff_returned: (event, cache) => follow(cache, event, event.session_id),
  handoff_closed: (event, cache) => follow(cache, event, event.session_id),
  reload: (cache, lastEventId) => {
    const queue = cache.getQueryData(queueQuery.queryKey)
    if (queue && queue.last_event_id < lastEventId) void cache.invalidateQueries({ queryKey: queueQuery.queryKey })
    void cache.invalidateQueries({ queryKey: handoffsKey })
  },
} satisfies LiveHandlers

function follow(cache: QueryClient, event: LoggedEvent, sessionId: string): void {
  cache.setQueryData(queueQuery.queryKey, (queue) => queue && applyEvent(queue, event))
  void cache.invalidateQueries({ queryKey: handoffsOfSession(sessionId) })
}

/** Said and counted wherever in the product one is; one's own are no news. */
function arrive(cache: QueryClient, card: QueueCard, sentence: string): void {
  if (card.escalated_by.id === cache.getQueryData(meQuery.queryKey)?.user.id) return
  countUnseen()
  announceArrival("escalation", sentence, (count) => `${count} new escalations`)
}
