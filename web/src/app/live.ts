import { useQueryClient } from "@tanstack/react-query"
import { useEffect } from "react"
import { isEngineer } from "@/features/accounts/me"
import { handoffsLive } from "@/features/handoffs/live"
import { notificationsLive } from "@/features/notifications/live"
import { sessionsLive } from "@/features/sessions/live"
import { analyticsLive } from "@/features/analytics/live"
import type { Me } from "@/lib/api/types"
import { startLive } from "@/lib/live/client"
import type { LiveHandlers } from "@/lib/live/events"

const handlers: readonly LiveHandlers[] = [sessionsLive, handoffsLive, notificationsLive, analyticsLive]

/** Keeps the cache current while the shell is mounted. Viewers have no stream. */
export function useLive({ user, account }: Me): void {
  const cache = useQueryClient()
  const streams = isEngineer(user)
  useEffect(() => {
    if (!streams) return
    return startLive({ accountId: account.id, personId: user.id, handlers, cache })
  }, [streams, account.id, user.id, cache])
}
