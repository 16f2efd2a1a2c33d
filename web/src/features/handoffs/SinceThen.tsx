import { useCallback, useEffect, useId, useState } from "react"
import { whereOf } from "@/features/sessions/about"
import { EntryRow } from "@/features/sessions/EntryRow"
import { sentence, type Entry } from "@/features/sessions/ledger"
import type { Snapshot } from "@/lib/api/types"
import { announceArrival } from "@/lib/announce"
import { Badge, Card } from "@/ui"

/** Steps that came while this screen was open, others' only: said, and marked. */
export function useNews(entries: readonly Entry[], isLoaded: boolean, myId: string): ReadonlySet<string> {
  const [known, setKnown] = useState<ReadonlySet<string> | null>(null)
  const [news, setNews] = useState<ReadonlySet<string>>(new Set())
  if (isLoaded && known === null) setKnown(new Set(entries.map(({ step }) => step.id)))
  const arrived = known === null ? [] : entries.filter(({ step }) => !known.has(step.id))
  if (known !== null && arrived.length > 0) {
    setKnown(new Set([...known, ...arrived.map(({ step }) => step.id)]))
    setNews(new Set([...news, ...arrived.flatMap(({ step }) => (step.author_id === myId ? [] : [step.id]))]))
  }
  const latest = entries.findLast(({ step }) => news.has(step.id))
  const latestId = latest?.step.id
  useEffect(() => {
    if (latest) announceArrival("since then", sentence(latest), (count) => `${count} new entries`)
    // The sentence of a step never changes: its id says whether there is another.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [latestId])
  return news
}

/** What was added after it was sent, live. */
export function SinceThen({ entries, news, problem }: { entries: readonly Entry[]; news: ReadonlySet<string>; problem: Snapshot["problem"] }) {
  const title = useId()
  const { client_name, device } = problem
  const where = useCallback((target: string | null) => whereOf({ client_name, device }, target), [client_name, device])
  if (entries.length === 0) return null
  return (
    <Card as="section" aria-labelledby={title} className="!p-0">
      <h2 id={title} className="flex items-center gap-2 border-b px-4 py-2 text-small font-medium text-ink-dim">
        <span id="since-then" className="scroll-mt-4">
          Since then
        </span>
        {news.size > 0 && <Badge tone="accent">{news.size} new</Badge>}
      </h2>
      <ol className="divide-y">
        {entries.map((entry) => (
          <EntryRow key={entry.step.id} entry={entry} where={where} isNew={news.has(entry.step.id)} onCorrect={null} />
        ))}
      </ol>
    </Card>
  )
}
