import { useQuery } from "@tanstack/react-query"
import { useId, type ReactNode } from "react"
import type { EscalationMetrics } from "@/lib/api/types"
import { duration } from "@/lib/time"
import { Card, ErrorState, Skeleton } from "@/ui"
import { metricQuery } from "./metric"

/** Post-claim time to first action over 30 days, with what it is and what it is not. */
export function MetricCard() {
  const title = useId()
  const { data, error, refetch, isFetching } = useQuery(metricQuery("30d"))
  return (
    <Card as="section" aria-labelledby={title} className="mb-6">
      <h2 id={title} className="mb-3 text-small font-medium text-ink-dim">
        Time to first action, last 30 days
      </h2>
      {data ? <Metric metric={data} /> : error ? <ErrorState error={error} retry={() => void refetch()} retrying={isFetching} /> : <Skeleton what="Reading the figures" lines={2} className="min-h-17" />}
    </Card>
  )
}

function Metric({ metric }: { metric: EscalationMetrics }) {
  return (
    <>
      {metric.n_handoffs_with_action === 0 || metric.median_seconds === null ? <NothingYet claimed={metric.n_handoffs_claimed} /> : <Figures metric={metric} />}
      <details className="mt-3 text-small text-ink-dim">
        <summary className="w-fit rounded-small">
          Measured after pickup. Not minutes recovered. <span className="text-accent underline underline-offset-2">How this is measured</span>
        </summary>
        <p className="mt-2 max-w-[80ch]">{metric.metric_definition}</p>
      </details>
    </>
  )
}

function Figures({ metric }: { metric: EscalationMetrics }) {
  const { n_handoffs_with_action: acted, n_handoffs_claimed: claimed, conversion_rate: rate } = metric
  return (
    <dl className="flex flex-wrap items-end gap-x-8 gap-y-3">
      <Figure word="median" large>
        {shown(metric.median_seconds)}
      </Figure>
      <Figure word="average">{shown(metric.avg_seconds)}</Figure>
      <Figure word="of those claimed had action">
        {acted} of {claimed}
        {rate !== null && <span className="ml-1.5 text-body font-normal text-ink-dim">{Math.round(rate * 100)} %</span>}
      </Figure>
    </dl>
  )
}

function Figure({ word, large = false, children }: { word: string; large?: boolean; children: ReactNode }) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-small text-ink-dim">{word}</dt>
      <dd className={large ? "text-figure font-semibold tracking-tight tabular-nums" : "text-title font-medium tabular-nums"}>{children}</dd>
    </div>
  )
}

function NothingYet({ claimed }: { claimed: number }) {
  return (
    <p className="min-h-13 text-ink-dim">
      {claimed === 0
        ? "Nothing has been picked up in this time. The figure appears after the first pickup and the first step that follows it."
        : `${claimed} picked up, none with a first step yet. The figure appears with the first one.`}
    </p>
  )
}

const shown = (seconds: number | null): string => (seconds === null ? "–" : duration(seconds))
