import { MetricCard } from "@/features/analytics/MetricCard"
import { QueuePage } from "@/features/handoffs/QueuePage"

export function EscalationsPage() {
  return <QueuePage metric={<MetricCard />} />
}
