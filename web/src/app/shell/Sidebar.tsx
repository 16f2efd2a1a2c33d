import { Link } from "@tanstack/react-router"
import { isEngineer } from "@/features/accounts/me"
import { useWaitingCount } from "@/features/handoffs/useWaitingCount"
import { SessionList } from "@/features/sessions/SessionList"
import type { Me } from "@/lib/api/types"
import { Count, Icon, type IconName } from "@/ui"

/** Where one can go, and one's own sessions. `onGo` closes the drawer it may stand in. */
export function Sidebar({ me: { user }, onGo }: { me: Me; onGo?: () => void }) {
  return (
    <div className="grid gap-4 p-3" onClick={(event) => event.target instanceof Element && event.target.closest("a") && onGo?.()}>
      <nav aria-label="Pages">
        <ul className="grid gap-0.5">
          <Page to="/" icon="home" word="Dashboard" />
          {isEngineer(user) && (
            <Page to="/escalations" icon="inbox" word="Escalations">
              <WaitingCount />
            </Page>
          )}
          <Page to="/team" icon="people" word="Team" />
        </ul>
      </nav>
      <nav aria-label="Your sessions" className="min-w-0 border-t pt-3">
        <SessionList />
      </nav>
    </div>
  )
}

function Page({ to, icon, word, children }: { to: "/" | "/escalations" | "/team"; icon: IconName; word: string; children?: React.ReactNode }) {
  return (
    <li>
      <Link
        to={to}
        activeOptions={{ exact: true }}
        className="flex h-8 items-center gap-2 rounded px-2 text-ink-dim hover:bg-sunken hover:text-ink pointer-coarse:h-10"
        activeProps={{ className: "bg-accent-dim font-medium !text-accent forced-colors:underline" }}
      >
        <Icon name={icon} />
        <span className="grow">{word}</span>
        {children}
      </Link>
    </li>
  )
}

function WaitingCount() {
  return <Count value={useWaitingCount()} what="waiting" tone="amber" />
}
