import { now, useNow } from "@/lib/clock"
import { age, ageStep, fullTime } from "@/lib/time"

/** How long ago, ticking: `4 s`, `3.4 min`; `ago` adds the word. */
export function RelativeTime({ at, ago = false, className }: { at: string; ago?: boolean; className?: string }) {
  const since = Date.parse(at)
  const current = useNow(ageStep((now() - since) / 1000))
  const seconds = (Math.max(current, since) - since) / 1000
  return (
    <time dateTime={at} title={fullTime(at)} className={className ?? "tabular-nums"}>
      {age(seconds)}
      {ago && " ago"}
    </time>
  )
}
