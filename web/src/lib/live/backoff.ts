const FIRST_MS = 1_000
const LAST_MS = 24_000
const JITTER = 0.25

/** The pause before retry number `attempt` (from 0): 1 s doubling up to 30 s, each up to a quarter longer by chance. */
export function backoff(attempt: number, chance: () => number = Math.random): number {
  return Math.min(LAST_MS, FIRST_MS * 2 ** attempt) * (1 + JITTER * chance())
}
