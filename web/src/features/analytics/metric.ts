import { queryOptions } from "@tanstack/react-query"
import { api, read } from "@/lib/api/client"
import { analyticsKey } from "./live"

export type Period = "7d" | "30d" | "90d"

export const metricQuery = (period: Period) =>
  queryOptions({
    queryKey: [...analyticsKey, "escalations", period] as const,
    queryFn: ({ signal }) => read(api.GET("/api/v1/analytics/flowpilot/escalations", { params: { query: { period } }, signal })),
  })
