import { useEffect, useRef, useState } from "react"
import { announce } from "@/lib/announce"
import { Button, Card, EmptyState, Icon, Loading } from "@/ui"
import { EntryRow, goToEntry, type Correctable } from "./EntryRow"
import { sentence, type Entry } from "./ledger"

type Props = {
  entries: readonly Entry[]
  /** Earlier steps are still being read. */
  isReading: boolean
  me: string
  where: (target: string | null) => string
  onCorrect: ((entry: Correctable) => void) | null
  canWrite: boolean
}

/** What lies behind the composer is not in view. */
const COMPOSER_MARGIN = "0px 0px -160px 0px"

/** What happened, oldest first. What others add while it is open is marked, said, and never moves what one reads. */
export function Ledger({ entries, isReading, me, where, onCorrect, canWrite }: Props) {
  const arrivals = useArrivals(entries, isReading, me)
  const end = useRef<HTMLDivElement>(null)
  const below = useBelow(end, arrivals)
  return (
    <Card as="section" aria-labelledby="ledger-title" className="group/ledger overflow-clip p-0">
      <h2 id="ledger-title" className="border-b px-4 py-2 text-small font-medium text-ink-dim">
        What happened
      </h2>
      {entries.length === 0 && !isReading ? (
        <EmptyState icon="menu" title="Nothing written down yet">
          {canWrite ? "Note what you see, and what you try with its outcome. If you escalate, this is what your colleague reads." : "What is tried and learnt will stand here."}
        </EmptyState>
      ) : (
        <ol className="divide-y">
          {entries.map((entry) => (
            <EntryRow key={entry.step.id} entry={entry} where={where} isNew={arrivals.some((each) => each.step.id === entry.step.id)} onCorrect={onCorrect} />
          ))}
        </ol>
      )}
      {isReading && <Loading what="Reading the rest" className="px-4" />}
      <div ref={end} />
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

/** What others wrote since the ledger was first read whole; each is said once. */
function useArrivals(entries: readonly Entry[], isReading: boolean, me: string): readonly Entry[] {
  const [openedAt, setOpenedAt] = useState<number | null>(null)
  const last = entries.at(-1)?.step.seq ?? 0
  if (openedAt === null && !isReading) setOpenedAt(last)
  const arrivals = openedAt === null ? [] : entries.filter(({ step }) => step.seq > openedAt && step.author_id !== me)
  const newest = arrivals.at(-1)
  const said = useRef(0)
  useEffect(() => {
    if (newest === undefined || newest.step.seq <= said.current) return
    said.current = newest.step.seq
    announce(sentence(newest))
  }, [newest])
  return arrivals
}

/** The arrivals that came while the end of the ledger was out of view, until it comes into view. */
function useBelow(end: React.RefObject<HTMLElement | null>, arrivals: readonly Entry[]): readonly Entry[] {
  const [seenThrough, setSeenThrough] = useState(0)
  const [isVisible, setIsVisible] = useState(true)
  useEffect(() => {
    if (end.current === null) return
    const observer = new IntersectionObserver(([record]) => setIsVisible(record?.isIntersecting ?? true), { rootMargin: COMPOSER_MARGIN })
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [end])
  const last = arrivals.at(-1)?.step.seq ?? 0
  if (isVisible && last > seenThrough) setSeenThrough(last)
  return arrivals.filter(({ step }) => step.seq > seenThrough)
}
