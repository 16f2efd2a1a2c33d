import { screen } from "@testing-library/react"
import userEvent from "@testing-library/user-event"
import { describe, expect, it } from "vitest"
import type { Handoff } from "@/lib/api/types"
import { aSession } from "@/features/sessions/tests/cases"
import { problem, serve } from "@/test/server"
import { HandoffBanner } from "./HandoffBanner"
import { renderAt, SAM } from "./tests/app"
import { aHandoff } from "./tests/cases"

const STILL = "POST /api/v1/ai-sessions/s-1/handoffs/h-s-1/still-on-it"
const mine = (lease: string | null) => aHandoff({ status: "claimed", claimed_by: SAM.id, claimed_by_name: SAM.name, claimed_at: "2026-01-01T08:05:00Z", lease_expires_at: lease })
const show = (latest: Handoff) => renderAt("/pilot/s-1", { pilot: () => <HandoffBanner session={aSession({ status: "active", holder_id: SAM.id })} latest={latest} myId={SAM.id} /> })

describe("the banner over what one picked up", () => {
  it("says until when it holds without a first step, and puts that off", async () => {
    const calls = serve({ [STILL]: mine("2026-01-01T10:05:00Z") })
    show(mine("2026-01-01T09:05:00Z"))
    expect(await screen.findByText(/Without a first step from you/)).toBeTruthy()
    await userEvent.click(screen.getByRole("button", { name: "Still on it" }))
    expect(await screen.findByText("Good. It stays with you.")).toBeTruthy()
    expect(calls.map(({ method }) => method)).toContain("POST")
  })

  it("says who has it now where that came too late", async () => {
    serve({ [STILL]: problem(409, "already_claimed", "Picked up by Ana.", { claimed_by_name: "Ana" }) })
    show(mine("2026-01-01T09:05:00Z"))
    await userEvent.click(await screen.findByRole("button", { name: "Still on it" }))
    expect(await screen.findByText("Picked up by Ana.")).toBeTruthy()
  })

  it("asks for nothing once the first step was made", async () => {
    show(mine(null))
    expect(await screen.findByText("You picked it up")).toBeTruthy()
    expect(screen.queryByRole("button", { name: "Still on it" })).toBeNull()
  })
})
