import { useQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { lazy, Suspense } from "react"
import type { Step } from "@/lib/api/types"
import { Icon } from "@/ui"
import { similarQuery } from "./queries"

const Markdown = lazy(() => import("./Markdown").then((module) => ({ default: module.Markdown })))

/** What an assistant says: structure and commands, no links of its own making, nothing fetched from anywhere. */
export function Reply({ text, where }: { text: string; where: string }) {
  return (
    <div className="max-w-[680px]">
      <Suspense fallback={<p className="[overflow-wrap:anywhere] whitespace-pre-line">{text}</p>}>
        <Markdown text={text} where={where} isForeign />
      </Suspense>
    </div>
  )
}

/** Under a reply: who answered and why, and the resolved cases it points at. */
export function UnderReply({ step }: { step: Step }) {
  return (
    <>
      {step.cites.length > 0 && <Cites sessionId={step.session_id} ids={step.cites} />}
      {step.notice !== null && (
        <p className="mt-1 flex max-w-[680px] items-start gap-1.5 text-small text-ink-dim">
          <Icon name="warning" className="mt-px size-3.5 text-amber" /> {step.notice}
        </p>
      )}
    </>
  )
}

function Cites({ sessionId, ids }: { sessionId: string; ids: readonly string[] }) {
  const similar = useQuery(similarQuery(sessionId)).data ?? []
  return (
    <ul aria-label="Cases it points at" className="mt-1.5 flex flex-wrap gap-1.5">
      {ids.map((id) => {
        const found = similar.find((each) => each.session_id === id)
        return (
          <li key={id} className="max-w-full">
            <Link to="/pilot/$sessionId" params={{ sessionId: id }} className="inline-flex h-6 max-w-full items-center gap-1 rounded-small border px-1.5 text-small text-ink-dim hover:bg-sunken hover:text-ink pointer-coarse:h-9">
              <Icon name="link" className="size-3.5" /> <span className="truncate">{found ? found.title : "A resolved case"}</span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
