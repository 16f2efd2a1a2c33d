import type { ReactNode } from "react"
import { Problem, sentenceOf } from "@/lib/api/problem"
import { Button } from "./Button"
import { cx } from "./cx"
import { Icon, type IconName } from "./icons"

type CardProps = { children: ReactNode; className?: string; as?: "div" | "section" | "li" | "article"; "aria-labelledby"?: string; "aria-label"?: string }

/** Its padding gives way to any other in `className` (`p-0` for lists and tables that reach the border). */
export function Card({ children, className, as: Tag = "div", ...rest }: CardProps) {
  return (
    <Tag {...rest} className={cx("rounded border bg-surface [:where(&)]:p-4", className)}>
      {children}
    </Tag>
  )
}

/** The page's name, what can be done with it, and focus for whoever arrives by link. */
export function PageHeader({ title, children, actions }: { title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <header className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-2">
      <div className="min-w-0 grow">
        <h1 className="text-title font-semibold tracking-tight text-balance">{title}</h1>
        {children !== undefined && <p className="text-ink-dim">{children}</p>}
      </div>
      {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  )
}

/** What will stand here, and the next step. */
export function EmptyState({ icon = "inbox", title, children, action }: { icon?: IconName; title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="grid justify-items-center gap-2 px-4 py-10 text-center">
      <span className="mb-1 grid size-10 place-items-center rounded-full bg-sunken text-ink-faint">
        <Icon name={icon} className="size-5" />
      </span>
      <p className="font-medium">{title}</p>
      {children !== undefined && <div className="max-w-[52ch] text-ink-dim">{children}</div>}
      {action !== undefined && <div className="mt-2">{action}</div>}
    </div>
  )
}

/** A failure as a sentence with a way on. */
export function ErrorState({ error, retry, retrying = false, title = "This could not be loaded" }: { error: unknown; retry?: () => void; retrying?: boolean; title?: string }) {
  const offline = error instanceof Problem && error.code === "unreachable"
  return (
    <div role="alert" className="grid justify-items-center gap-2 px-4 py-8 text-center">
      <span className="mb-1 grid size-10 place-items-center rounded-full bg-red-dim text-red">
        <Icon name="warning" className="size-5" />
      </span>
      <p className="font-medium">{offline ? "No connection to the server" : title}</p>
      <p className="max-w-[60ch] text-ink-dim">{sentenceOf(error)}</p>
      {retry && (
        <Button className="mt-2" onClick={retry} pending={retrying} icon={<Icon name="refresh" />}>
          Try again
        </Button>
      )}
    </div>
  )
}

type NoticeTone = "accent" | "amber" | "red" | "green"
const NOTICES: Record<NoticeTone, { look: string; icon: IconName }> = {
  accent: { look: "border-accent/30 bg-accent-dim", icon: "circle" },
  amber: { look: "border-amber/30 bg-amber-dim", icon: "clock" },
  red: { look: "border-red/30 bg-red-dim", icon: "warning" },
  green: { look: "border-green/30 bg-green-dim", icon: "check" },
}
const NOTICE_ICONS: Record<NoticeTone, string> = { accent: "text-accent", amber: "text-amber", red: "text-red", green: "text-green" }

/** A sentence that stands above what it is about. `role="alert"` when it answers what was just done. */
export function Notice({ tone = "accent", children, actions, role, className }: { tone?: NoticeTone; children: ReactNode; actions?: ReactNode; role?: "alert" | "status"; className?: string }) {
  const { look, icon } = NOTICES[tone]
  return (
    <div role={role} className={cx("flex flex-wrap items-center gap-x-3 gap-y-2 rounded border px-3 py-2", look, className)}>
      <Icon name={icon} className={NOTICE_ICONS[tone]} />
      <div className="min-w-0 grow basis-48">{children}</div>
      {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  )
}
