import type { Step } from "@/lib/api/types"

/** Steps in order of `seq`, each once: adding what is known already changes nothing, whatever came first. */
export function merge(known: readonly Step[], news: readonly Step[]): readonly Step[] {
  const seqs = new Set(known.map((step) => step.seq))
  const unknown = news.filter((step) => !seqs.has(step.seq))
  return unknown.length === 0 ? known : [...known, ...unknown].sort((a, b) => a.seq - b.seq)
}

/** The last `seq` before the first hole: numbers start at 1 and have no gaps, so everything up to here is known. */
export function knownThrough(steps: readonly Step[]): number {
  const hole = steps.findIndex((step, index) => step.seq !== index + 1)
  return hole === -1 ? steps.length : hole
}
