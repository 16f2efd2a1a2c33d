import type { LiveHandlers } from "@/lib/live/events"
import { refreshBell, setUnread } from "./bell"

export const notificationsLive = {
  notification_changed: (event, cache) => setUnread(cache, event.unread_count),
  refetch: refreshBell,
} satisfies LiveHandlers
