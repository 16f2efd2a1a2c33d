import { QueryClientProvider } from "@tanstack/react-query"
import { render, screen } from "@testing-library/react"
import userEvent from "@testing-library/user-event"
import { expect, test } from "vitest"
import { adopt } from "@/lib/api/auth"
import type { EscalationMetrics } from "@/lib/api/types"
import { createCache } from "@/lib/query"
import { problem, serve, tokens } from "@/test/server"
import { MetricCard } from "./MetricCard"

const PATH = "GET /api/v1/analytics/flowpilot/escalations"
const figures: EscalationMetrics = {
  period: "30d",
  from: "2026-01-01T00:00:00Z",
  to: "2026-01-31T00:00:00Z",
  n_handoffs_created: 25,
  n_handoffs_claimed: 21,
  n_handoffs_with_action: 18,
  n_advised: 2,
  n_reopened: 1,
  conversion_rate: 18 / 21,
  avg_seconds: 186,
  median_seconds: 42,
  p95_seconds: 600,
  avg_time_to_claim_seconds: 30,
  metric_definition: "Seconds from the pickup to the first step. Not minutes recovered.",
}
const nothing = { n_handoffs_with_action: 0, conversion_rate: null, avg_seconds: null, median_seconds: null, p95_seconds: null }

function show(answer: object | (() => object)) {
  adopt(tokens())
  serve({ [PATH]: answer })
  render(
    <QueryClientProvider client={createCache()}>
      <MetricCard />
    </QueryClientProvider>,
  )
}

test("median, average and conversion stand with what is measured and what is not", async () => {
  show(figures)
  expect(await screen.findByText("42 s")).toBeTruthy()
  expect(screen.getByText("3.1 min")).toBeTruthy()
  expect(screen.getByText(/18 of 21/)).toBeTruthy()
  expect(screen.getByText(/Not minutes recovered\. How|Measured after pickup/)).toBeTruthy()
  expect(screen.getByText(figures.metric_definition)).toBeTruthy()
})

test("while the figures are read, their place says so", () => {
  show(() => new Promise<never>(() => undefined))
  expect(screen.getByRole("status").textContent).toContain("Reading the figures")
})

test("nothing picked up yet is a sentence, not a zero", async () => {
  show({ ...figures, ...nothing, n_handoffs_claimed: 0 })
  expect(await screen.findByText(/Nothing has been picked up/)).toBeTruthy()
  expect(screen.queryByText("0 s")).toBeNull()
})

test("picked up without a first step is a sentence of its own", async () => {
  show({ ...figures, ...nothing, n_handoffs_claimed: 3 })
  expect(await screen.findByText(/3 picked up, none with a first step yet/)).toBeTruthy()
})

test("a failure says why and can be tried again", async () => {
  let fails = true
  show(() => (fails ? problem(403, "forbidden", "Engineer or admin access required") : figures))
  expect(await screen.findByText("Engineer or admin access required")).toBeTruthy()
  fails = false
  await userEvent.click(screen.getByRole("button", { name: "Try again" }))
  expect(await screen.findByText("42 s")).toBeTruthy()
})
