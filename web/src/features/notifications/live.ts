import type { LiveHandlers } from "@/lib/live/events"
import { refreshBell, setUnread } from "./bell"

export const notificationsLive = {
  notification_changed: ({ unread_count: count }, cache) => {
    const before = setUnread(cache, count)
    if (before !== undefined && count > before) void import("./newest").then(({ showNewest }) => showNewest())
  },
  refetch: refreshBell,
} satisfies LiveHandlers
