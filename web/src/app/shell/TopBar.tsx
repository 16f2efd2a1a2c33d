import { Link } from "@tanstack/react-router"
import { useRef, useState } from "react"
import { Wordmark } from "@/app/Frame"
import { isEngineer } from "@/features/accounts/me"
import { Bell } from "@/features/notifications/Bell"
import type { Me } from "@/lib/api/types"
import { Avatar, IconButton, Icon, later } from "@/ui"
import { LiveState } from "./LiveState"

const PersonMenu = later(() => import("./PersonMenu").then((module) => module.PersonMenu))

type Props = { me: Me; onMenu: () => void; onMenuNear: () => void; onKeys: () => void }

export function TopBar({ me, onMenu, onMenuNear, onKeys }: Props) {
  return (
    <header className="sticky top-0 z-30 col-span-full flex h-12 min-w-0 items-center gap-1 border-b bg-surface px-2 lg:px-4">
      <span className="lg:hidden">
        <IconButton label="Pages and sessions" icon={<Icon name="menu" />} aria-haspopup="dialog" onClick={onMenu} onPointerEnter={onMenuNear} onFocus={onMenuNear} />
      </span>
      {/* On a phone the word gives way to what the page has to say of itself. */}
      <Link to="/" className="flex min-w-0 items-center rounded px-1 py-1 max-sm:h-7 max-sm:items-start max-sm:overflow-hidden max-sm:*:flex-wrap">
        <Wordmark />
      </Link>
      <span className="grow" />
      {isEngineer(me.user) && <LiveState />}
      <Bell />
      <span className="hidden sm:block">
        <IconButton label="Keys" keys="?" icon={<Icon name="help" />} aria-haspopup="dialog" onClick={onKeys} />
      </span>
      <Person me={me} onKeys={onKeys} />
    </header>
  )
}

function Person({ me, onKeys }: { me: Me; onKeys: () => void }) {
  const anchor = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  return (
    <>
      <IconButton
        ref={anchor}
        label={`${me.user.name}: profile, theme, sign out`}
        icon={<Avatar name={me.user.name} />}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(true)}
        onPointerEnter={PersonMenu.preload}
        onFocus={PersonMenu.preload}
      />
      {open && <PersonMenu anchor={anchor} me={me} onKeys={onKeys} onClose={() => setOpen(false)} />}
    </>
  )
}
