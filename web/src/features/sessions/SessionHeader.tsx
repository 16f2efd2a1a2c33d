import type { ReactNode } from "react"
import type { Session } from "@/lib/api/types"
import { Badge, Button, Icon, StatusBadge } from "@/ui"
import { AboutBar } from "./AboutBar"
import { KINDS } from "./kinds"
import type { Standing } from "./standing"

type Props = {
  session: Session
  standing: Standing
  onContext: (() => void) | null
  onEscalate: () => void
  onConclude: () => void
  onConcludeNear: () => void
  extra: ReactNode
}

/** Whom it is about, the problem, where it stands, and what can be done with it as a whole. */
export function SessionHeader({ session, standing, onContext, onEscalate, onConclude, onConcludeNear, extra }: Props) {
  return (
    <header className="mb-4 grid gap-2">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 grow basis-80">
          <h1 className="text-title font-semibold tracking-tight text-balance [overflow-wrap:anywhere]">
            {session.client_name !== null && <span className="text-ink-dim">{session.client_name} · </span>}
            {session.title}
          </h1>
          <p className="mt-1 flex flex-wrap items-center gap-1.5">
            <StatusBadge status={session.status} />
            {session.problem_domain !== null && <Badge>{KINDS[session.problem_domain]}</Badge>}
            <span className="text-small text-ink-faint">
              {standing.isOwner ? "Yours" : session.user_name}
              {session.holder_id !== null && session.holder_id !== session.user_id && ` · ${standing.isHolder ? "you are" : `${session.holder_name ?? "a colleague"} is`} working on it`}
            </span>
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {onContext && (
            <Button variant="quiet" keys="x" icon={<Icon name="help" />} onClick={onContext}>
              Context
            </Button>
          )}
          {extra}
          {standing.mayHandOff && (
            <Button keys="e" icon={<Icon name="escalate" />} onClick={onEscalate}>
              Escalate
            </Button>
          )}
          {standing.mayResolve && (
            <Button variant="primary" keys="r" icon={<Icon name="check" />} onClick={onConclude} onPointerEnter={onConcludeNear} onFocus={onConcludeNear}>
              Resolve
            </Button>
          )}
        </div>
      </div>
      {session.problem_summary.trim() !== "" && !sameWords(session.problem_summary, session.title) && (
        <p className="max-w-[80ch] [overflow-wrap:anywhere] whitespace-pre-line text-ink-dim">{session.problem_summary}</p>
      )}
      <AboutBar session={session} mayChange={standing.mayChange} />
    </header>
  )
}

const sameWords = (one: string, other: string): boolean => plain(one) === plain(other)
const plain = (text: string): string => text.trim().toLowerCase().replace(/[.!?]+$/, "")
