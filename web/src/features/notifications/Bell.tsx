import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { Icon, IconButton, later } from "@/ui"
import { unreadCountQuery } from "./bell"

const BellPanel = later(() => import("./BellPanel").then((module) => module.BellPanel))

/** The bell with what is unread; the panel is loaded when it is wanted. */
export function Bell() {
  const [open, setOpen] = useState(false)
  const { data: unread = 0 } = useQuery(unreadCountQuery)
  return (
    <>
      <IconButton
        label={unread === 0 ? "Notifications" : `Notifications, ${unread} unread`}
        icon={
          <>
            <Icon name="bell" />
            {unread > 0 && <span className="text-small font-medium text-accent tabular-nums">{unread > 99 ? "99+" : unread}</span>}
          </>
        }
        className="!w-auto min-w-8 px-1.5"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(true)}
        onPointerEnter={BellPanel.preload}
        onFocus={BellPanel.preload}
      />
      {open && <BellPanel onClose={() => setOpen(false)} />}
    </>
  )
}
