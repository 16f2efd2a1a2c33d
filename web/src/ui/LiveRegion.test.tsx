import { act, render, screen } from "@testing-library/react"
import { beforeEach, expect, test, vi } from "vitest"
import { LiveRegion } from "./LiveRegion"
import { announceArrival } from "@/lib/announce"
import { countUnseen } from "@/lib/title"

beforeEach(() => {
  vi.useFakeTimers()
  return () => vi.useRealTimers()
})

const arrive = (kind: string, who: string) => act(() => announceArrival(kind, `New from ${who}`, (count) => `${count} new`))

test("up to three arrivals in five seconds are said one by one, more as a number", () => {
  render(<LiveRegion />)
  const said = ["Ana", "Ben", "Cy", "Dee", "Eve"].map((who) => {
    arrive("burst", who)
    return screen.getByRole("status").textContent
  })
  expect(said).toEqual(["New from Ana", "New from Ben", "New from Cy", "4 new", "5 new"])
})

test("arrivals spread over time are never counted together", () => {
  render(<LiveRegion />)
  for (const who of ["Ana", "Ben", "Cy", "Dee"]) {
    arrive("spread", who)
    vi.advanceTimersByTime(2_600)
  }
  expect(screen.getByRole("status")).toHaveProperty("textContent", "New from Dee")
})

test("arrivals in a hidden tab count in its title until it is shown", () => {
  const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true)
  countUnseen()
  countUnseen()
  expect(document.title).toMatch(/^\(2\) /)
  hidden.mockReturnValue(false)
  document.dispatchEvent(new Event("visibilitychange"))
  expect(document.title).not.toContain("(")
})
