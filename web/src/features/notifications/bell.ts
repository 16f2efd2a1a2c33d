import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient, type InfiniteData, type QueryClient } from "@tanstack/react-query"
import { api, done, read } from "@/lib/api/client"
import type { AppNotification } from "@/lib/api/types"

const bellKey = ["notifications"] as const
type BellPage = { items: AppNotification[]; next_cursor?: string | null }

export const unreadCountQuery = queryOptions({
  queryKey: [...bellKey, "unread-count"] as const,
  queryFn: async ({ signal }) => (await read(api.GET("/api/v1/notifications/unread-count", { signal }))).count,
})

export const bellQuery = infiniteQueryOptions({
  queryKey: [...bellKey, "list"] as const,
  queryFn: ({ pageParam, signal }): Promise<BellPage> =>
    read(api.GET("/api/v1/notifications", { params: { query: { limit: 30, ...(pageParam === null ? {} : { cursor: pageParam }) } }, signal })),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
})

export const refreshBell = (cache: QueryClient): void => void cache.invalidateQueries({ queryKey: bellKey })

/** The server pushes the number; the list is read again only where it is on screen. Returns the number before. */
export function setUnread(cache: QueryClient, count: number): number | undefined {
  const before = cache.getQueryData(unreadCountQuery.queryKey)
  cache.setQueryData(unreadCountQuery.queryKey, count)
  void cache.invalidateQueries({ queryKey: bellQuery.queryKey })
  return before
}

export function useMarkRead() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => done(api.POST("/api/v1/notifications/{notification_id}/read", { params: { path: { notification_id: id } } })),
    onMutate: (id) => markInCache(cache, (each) => each.id === id),
    onSettled: () => refreshBell(cache),
  })
}

export function useMarkAllRead() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: () => done(api.POST("/api/v1/notifications/read-all")),
    onMutate: () => markInCache(cache, () => true),
    onSettled: () => refreshBell(cache),
  })
}

/** Shown as read at once; the answer of the server corrects it where it failed. */
function markInCache(cache: QueryClient, concerned: (each: AppNotification) => boolean): void {
  let marked = 0
  cache.setQueryData(bellQuery.queryKey, (data: InfiniteData<BellPage> | undefined) =>
    data && {
      ...data,
      pages: data.pages.map((page) => ({
        ...page,
        items: page.items.map((each) => {
          if (each.is_read || !concerned(each)) return each
          marked += 1
          return { ...each, is_read: true }
        }),
      })),
    },
  )
  cache.setQueryData(unreadCountQuery.queryKey, (count) => (count === undefined ? count : Math.max(0, count - marked)))
}
