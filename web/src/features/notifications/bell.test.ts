import { QueryClient, type InfiniteData } from "@tanstack/react-query"
import { expect, test } from "vitest"
import type { AppNotification } from "@/lib/api/types"
import { bellQuery, setUnread, unreadCountQuery } from "./bell"
import { notificationsLive } from "./live"

const told = (id: string): AppNotification => ({ id, type: "handoff.picked_up", session_id: "s-1", handoff_id: "h-1", title: "Picked up", body: "", link: "/", is_read: false, created_at: "2026-01-01T00:00:00Z" })

test("the number the server pushes stands at once, and the list is read again", () => {
  const cache = new QueryClient()
  const list: InfiniteData<{ items: AppNotification[] }> = { pages: [{ items: [told("n-1")] }], pageParams: [null] }
  cache.setQueryData(bellQuery.queryKey, list)
  notificationsLive.notification_changed({ unread_count: 1 }, cache)
  expect(cache.getQueryData(unreadCountQuery.queryKey)).toBe(1)
  expect(cache.getQueryState(bellQuery.queryKey)?.isInvalidated).toBe(true)
})

test("setting the number answers what it was", () => {
  const cache = new QueryClient()
  expect([setUnread(cache, 2), setUnread(cache, 3)]).toEqual([undefined, 2])
})
