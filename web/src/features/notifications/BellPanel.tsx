import { useInfiniteQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import type { AppNotification } from "@/lib/api/types"
import { ownPath } from "@/lib/paths"
import { Button, cx, EmptyState, ErrorState, Icon, RelativeTime, Skeleton, type IconName } from "@/ui"
import { Dialog } from "@/ui/Dialog"
import { bellQuery, useMarkAllRead, useMarkRead } from "./bell"

const ICONS: Record<string, IconName> = {
  "session.escalated": "escalate",
  "session.handed_over": "people",
  "handoff.picked_up": "check",
  "handoff.question": "question",
  "handoff.answer": "question",
  "handoff.returned": "undo",
  "handoff.reopened": "escalate",
  "handoff.solved": "check",
  "handoff.nobody_reached": "warning",
}

/** What this person was told, newest first. */
export function BellPanel({ onClose }: { onClose: () => void }) {
  const list = useInfiniteQuery(bellQuery)
  const markAll = useMarkAllRead()
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Dialog
      title="Notifications"
      from="panel"
      onClose={onClose}
      actions={
        items.some((item) => !item.is_read) && (
          <Button variant="quiet" pending={markAll.isPending} onClick={() => markAll.mutate()}>
            Mark all as read
          </Button>
        )
      }
    >
      {list.isPending ? (
        <Skeleton what="Reading your notifications" lines={6} />
      ) : list.isError ? (
        <ErrorState error={list.error} retry={() => void list.refetch()} retrying={list.isFetching} />
      ) : items.length === 0 ? (
        <EmptyState icon="bell" title="Nothing yet">
          You hear here when a colleague escalates, and when somebody picks up or answers what you escalated.
        </EmptyState>
      ) : (
        <>
          <ul className="-mx-2 grid gap-0.5">
            {items.map((item) => (
              <Told key={item.id} item={item} onGo={onClose} />
            ))}
          </ul>
          {list.hasNextPage && (
            <Button className="mt-3 w-full" pending={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              Show older ones
            </Button>
          )}
        </>
      )}
    </Dialog>
  )
}

function Told({ item, onGo }: { item: AppNotification; onGo: () => void }) {
  const navigate = useNavigate()
  const markRead = useMarkRead()
  const path = ownPath(item.link)
  const open = () => {
    if (!item.is_read) markRead.mutate(item.id)
    if (path === null) return
    onGo()
    void navigate({ href: path })
  }
  return (
    <li>
      <button type="button" onClick={open} className="flex w-full gap-2.5 rounded px-2 py-2 text-left hover:bg-sunken">
        <Icon name={ICONS[item.type] ?? "bell"} className={cx("mt-0.5", item.is_read ? "text-ink-faint" : "text-accent")} />
        <span className="grid min-w-0 grow gap-0.5">
          <span className={cx("[overflow-wrap:anywhere]", !item.is_read && "font-medium")}>
            {!item.is_read && <span className="sr-only">Unread: </span>}
            {item.title}
          </span>
          {item.body && <span className="line-clamp-2 text-small text-ink-dim">{item.body}</span>}
          <span className="text-small text-ink-faint">
            <RelativeTime at={item.created_at} ago />
          </span>
        </span>
        {!item.is_read && <span aria-hidden="true" className="mt-1.5 size-2 shrink-0 rounded-full bg-accent" />}
      </button>
    </li>
  )
}
