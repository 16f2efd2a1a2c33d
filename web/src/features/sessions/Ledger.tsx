import { useEffect, useRef, useState, type ReactNode } from "react"
import { announce } from "@/lib/announce"
import { useKeys } from "@/lib/keys"
import { Button, Card, cx, EmptyState, Icon, Loading } from "@/ui"
import { EntryRow, goToEntry, type Correctable } from "./EntryRow"
import { newestOf, sentence, type Entry } from "./ledger"

type Props = {
  entries: readonly Entry[]
  /** Earlier steps are still being read. */
  isReading: boolean
  me: string
  where: (target: string | null) => string
  onCorrect: ((entry: Correctable) => void) | null
  canWrite: boolean
  /** What an empty one offers. */
  begin?: ReactNode
  /** Stands after the last entry: the reply in the making. */
  end?: ReactNode
  /** Somebody talks here: the end stays in view, if it is. */
  follows: boolean
}

/** What lies behind the composer is not in view. */
const COMPOSER_MARGIN = "0px 0px -160px 0px"

/** What happened, oldest first. What others add while it is open is marked, said, and never moves what one reads. */
export function Ledger({ entries, isReading, me, where, onCorrect, canWrite, begin, end: tail, follows }: Props) {
  const arrivals = useArrivals(entries, isReading, me)
  const end = useRef<HTMLDivElement>(null)
  const below = useBelow(end, arrivals, follows)
  const [isBrief, setBrief] = useState(false)
  const shown = isBrief ? entries.filter(({ is }) => is === "tried" || is === "fact") : entries
  useKeys("Session", [{ keys: "v", label: "Everything, or the ledger alone", run: () => setBrief(!isBrief) }])
  return (
    <Card as="section" aria-labelledby="ledger-title" className="group/ledger overflow-clip p-0">
      <div className="flex min-h-9 items-center justify-between gap-2 border-b px-4">
        <h2 id="ledger-title" className="text-small font-medium text-ink-dim">
          What happened
        </h2>
        {entries.length > 0 && <Views isBrief={isBrief} onChoose={setBrief} />}
      </div>
      {entries.length === 0 && !isReading ? (
        <EmptyState icon="menu" title="Nothing written down yet">
          {begin ?? (canWrite ? "Note what you see, and what you try with its outcome. If you escalate, this is what your colleague reads." : "What is tried and learnt will stand here.")}
        </EmptyState>
      ) : (
        <ol className="divide-y">
          {shown.map((entry) => (
            <EntryRow key={entry.step.id} entry={entry} where={where} isNew={arrivals.some((each) => each.step.id === entry.step.id)} onCorrect={onCorrect} />
          ))}
        </ol>
      )}
      {isBrief && shown.length === 0 && <p className="px-4 py-4 text-ink-dim">Nothing tried and no fact yet.</p>}
      {tail}
      {isReading && <Loading what="Reading the rest" className="px-4" />}
      <div ref={end} className="scroll-mb-44" />
      {below.length > 0 && (
        <div className="sticky bottom-40 z-10 flex h-0 justify-center">
          <Button size="small" variant="primary" className="-translate-y-9 shadow-float" icon={<Icon name="chevronDown" />} onClick={() => goToEntry(below[0]?.step.id ?? "")}>
            {below.length} new
          </Button>
        </div>
      )}
    </Card>
  )
}

function Views({ isBrief, onChoose }: { isBrief: boolean; onChoose: (isBrief: boolean) => void }) {
  const view = (word: string, brief: boolean) => (
    <button
      type="button"
      aria-pressed={isBrief === brief}
      onClick={() => onChoose(brief)}
      className={cx("h-6 rounded-small px-1.5 text-small transition-colors duration-100 pointer-coarse:h-9", isBrief === brief ? "bg-sunken font-medium text-ink" : "text-ink-faint hover:text-ink")}
    >
      {word}
    </button>
  )
  return (
    <div role="group" aria-label="View" className="flex gap-1">
      {view("Everything", false)}
      {view("Ledger", true)}
    </div>
  )
}

/** What others wrote since the ledger was first read whole; each is said once. */
function useArrivals(entries: readonly Entry[], isReading: boolean, me: string): readonly Entry[] {
  const [openedAt, setOpenedAt] = useState<number | null>(null)
  const last = Math.max(0, ...entries.map((entry) => newestOf(entry).seq))
  if (openedAt === null && !isReading) setOpenedAt(last)
  const arrivals = openedAt === null ? [] : entries.filter((entry) => newestOf(entry).seq > openedAt && newestOf(entry).author_id !== me).sort((a, b) => newestOf(a).seq - newestOf(b).seq)
  const newest = arrivals.at(-1)
  const said = useRef(0)
  useEffect(() => {
    if (newest === undefined || newestOf(newest).seq <= said.current) return
    said.current = newestOf(newest).seq
    announce(sentence(newest))
  }, [newest])
  return arrivals.filter((entry) => newestOf(entry).author_type !== "assistant")
}

/** The arrivals that came while the end of the ledger was out of view, until it comes into view. */
function useBelow(end: React.RefObject<HTMLElement | null>, arrivals: readonly Entry[], follows: boolean): readonly Entry[] {
  const [seenThrough, setSeenThrough] = useState(0)
  const [isVisible, setIsVisible] = useState(true)
  const wasVisible = useRef(true)
  useEffect(() => {
    if (end.current === null) return
    const observer = new IntersectionObserver(
      ([record]) => {
        wasVisible.current = record?.isIntersecting ?? true
        setIsVisible(wasVisible.current)
      },
      { rootMargin: COMPOSER_MARGIN },
    )
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [end])
  useEffect(() => {
    const ledger = end.current?.parentElement
    if (!follows || !ledger) return
    // A growth is seen before the end is found to be out of view by it.
    const observer = new ResizeObserver(() => {
      if (wasVisible.current) end.current?.scrollIntoView({ block: "nearest" })
    })
    observer.observe(ledger)
    return () => observer.disconnect()
  }, [end, follows])
  const newest = arrivals.at(-1)
  const last = newest ? newestOf(newest).seq : 0
  if (isVisible && last > seenThrough) setSeenThrough(last)
  return arrivals.filter((entry) => newestOf(entry).seq > seenThrough)
}
