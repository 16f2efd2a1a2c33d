import type { LiveHandlers } from "@/lib/live/events"

export const sessionsLive = {} satisfies LiveHandlers
