import type { LiveHandlers } from "@/lib/live/events"

export const handoffsLive = {} satisfies LiveHandlers
