import type { Page } from "@playwright/test"
import { address, emailOf, PASSWORD } from "./people"
import { announcements, card, countLoads, expect, isLive, test } from "./test"

const PROBLEM = "Outlook asks for a password again and again since this morning"

test("an escalation is walked from the first sign-up to the resolved case, and nobody reloads", async ({ open, ownBrowser }) => {
  const olga = await open(null, "/sign-in")
  const invited = await test.step("Olga sets up her company and invites three engineers", async () => {
    await olga.getByRole("link", { name: "Set up your company" }).click()
    await olga.getByLabel("Company").fill("Northside IT")
    await olga.getByLabel("Your name").fill("Olga Berg")
    await olga.getByLabel("E-mail").fill(emailOf("Olga"))
    await olga.getByLabel("Password").fill(PASSWORD)
    await olga.getByRole("button", { name: "Set up" }).click()
    await expect(olga.getByRole("heading", { name: "Dashboard" })).toBeVisible()
    await olga.getByRole("link", { name: "Team" }).click()
    const [jane] = await invite(olga, ["Jane"], { picksUp: false })
    const [sam, ben] = await invite(olga, ["Sam", "Ben"], { picksUp: true })
    await expect(olga.getByRole("region", { name: "Invited, not here yet" }).getByRole("listitem")).toHaveCount(3)
    return { jane, sam, ben }
  })

  const jane = await open(null, "about:blank")
  const ben = await open(null, "about:blank")
  const sam = ownBrowser.pages()[0] ?? (await ownBrowser.newPage())
  await test.step("each accepts in a browser of their own", async () => {
    await accept(jane, invited.jane, "Jane Cole")
    await accept(sam, invited.sam, "Sam Ortiz")
    await accept(ben, invited.ben, "Ben Adler")
  })

  await test.step("Jane starts a session and writes down what she sees, tries and learns", async () => {
    await jane.getByLabel("The problem in the client's words").fill(PROBLEM)
    await jane.getByRole("combobox", { name: "Client" }).fill("Northwind")
    await jane.getByLabel("Ticket number", { exact: true }).fill("12345")
    await jane.getByText("On the phone", { exact: true }).click()
    await jane.getByRole("button", { name: "Start a session" }).click()
    await expect(jane.getByRole("heading", { level: 1 })).toContainText(PROBLEM)
    await expect(jane).toHaveTitle(/^Northwind · Outlook asks .* #12345/)
    await expect(entry(jane, PROBLEM)).toContainText("Jane Cole")
    await expect(jane.getByRole("region", { name: "What happened" })).toContainText("Built-in assistant")
    await jane.getByRole("button", { name: "Note", exact: true }).click()
    await jane.getByLabel("Note", { exact: true }).fill("She changed her password yesterday evening.")
    await jane.getByRole("button", { name: "Add note" }).click()
    await expect(entry(jane, "She changed her password yesterday evening.")).toBeVisible()
    await jane.getByRole("button", { name: "Tried", exact: true }).click()
    await jane.getByLabel("What was tried").fill("Restart Outlook in safe mode")
    await jane.getByLabel("What was seen").fill("The prompt comes back at once")
    await jane.getByText("Failed", { exact: true }).click()
    await jane.keyboard.press("Control+Enter")
    await expect(entry(jane, "Restart Outlook in safe mode")).toContainText("Failed")
    await jane.getByRole("button", { name: "Fact", exact: true }).click()
    await jane.getByLabel("Name", { exact: true }).fill("Windows build")
    await jane.getByLabel("Value", { exact: true }).fill("Windows 11 24H2")
    await jane.getByRole("button", { name: "Add fact" }).click()
    await expect(entry(jane, "Windows build")).toBeVisible()
  })

  await test.step("Sam and Ben have the queue open, Sam behind another tab", async () => {
    for (const page of [sam, ben]) {
      await page.getByRole("link", { name: "Escalations" }).click()
      await expect(page.getByText("Nobody is waiting")).toBeVisible()
      await expect(page.getByText("Nothing has been picked up in this time.")).toBeVisible()
      await isLive(page)
    }
    await ben.evaluate(rememberAnimations)
    await (await ownBrowser.newPage()).bringToFront()
    await expect.poll(() => sam.evaluate(() => document.visibilityState)).toBe("hidden")
  })
  const samLoads = countLoads(sam)
  const benLoads = countLoads(ben)

  await test.step("Jane escalates with two keys and is back on the dashboard", async () => {
    await jane.getByRole("heading", { level: 1 }).click()
    await jane.keyboard.press("e")
    await jane.getByLabel("What do you need?").fill("Next idea")
    await jane.keyboard.press("Control+Enter")
    await expect(jane).toHaveURL(`${address()}/`)
    await expect(jane.getByRole("status").filter({ hasText: "Escalated. Every senior sees it now" })).toBeVisible()
  })

  await test.step("the card is on both screens, said politely, counted in the hidden tab's title", async () => {
    await expect(sam).toHaveTitle(/^\(1\) Escalations/)
    await sam.bringToFront()
    await expect(sam).toHaveTitle(/^Escalations/)
    for (const page of [sam, ben]) {
      await expect(card(page, PROBLEM)).toContainText("Jane Cole needs: Next idea")
      await expect(card(page, PROBLEM)).toContainText("On the phone")
      await expect(announcements(page)).toHaveText(`New escalation from Jane Cole: ${PROBLEM}`)
      await expect(page.getByRole("button", { name: "Notifications, 1 unread" })).toBeVisible()
    }
    await expect.poll(() => ben.evaluate(animationsSeen)).toContain("arrive")
  })

  await test.step("Sam opens it, reads, and picks it up; Ben's card leaves and says who has it", async () => {
    await sam.getByRole("link", { name: PROBLEM }).click()
    const context = sam.getByRole("dialog", { name: PROBLEM })
    await expect(context).toContainText("Jane Cole needs: Next idea")
    await expect(context).toContainText("Restart Outlook in safe mode")
    await expect(context).toContainText("Windows 11 24H2")
    await expect(sam).toHaveURL(/pickup=true/)
    await expect(context.getByRole("button", { name: "Continue Jane Cole's list" })).toBeFocused()
    await jane.getByRole("main").getByRole("link", { name: PROBLEM }).first().click()
    await expect(jane.getByText("Waiting for a senior")).toBeVisible()
    await context.getByRole("button", { name: "Start on my own" }).click()
    await expect(ben.getByRole("main").getByText("Picked up by Sam Ortiz")).toBeVisible()
    await expect(ben.getByText("Nobody is waiting")).toBeVisible()
    await expect(ben.getByText("1 picked up, none with a first step yet.")).toBeVisible()
    await expect(context).toBeHidden()
    await expect(sam).toHaveURL(/\/pilot\/[\w-]+$/)
    await expect(sam.getByRole("main").getByText("You picked it up")).toBeVisible()
  })

  await test.step("Jane sees who has it and Sam's first step; the figure appears on Ben's screen", async () => {
    await expect(jane.getByRole("main").getByText("Sam Ortiz picked it up")).toBeVisible()
    await sam.getByRole("button", { name: "Note", exact: true }).click()
    await sam.getByLabel("Note", { exact: true }).fill("Looking at the sign-in log.")
    await sam.getByRole("button", { name: "Add note" }).click()
    await expect(entry(jane, "Looking at the sign-in log.")).toBeVisible()
    await expect(announcements(jane)).toContainText("Looking at the sign-in log.")
    const metric = ben.getByRole("region", { name: "Time to first action, last 30 days" })
    await expect(metric).toContainText("1 of 1")
    await expect(metric).toContainText("Not minutes recovered")
  })

  await test.step("Sam resolves it, reads what was written, and Jane sees it", async () => {
    await sam.getByRole("button", { name: "Resolve", exact: true }).click()
    await sam.getByLabel("What solved it").fill("Cleared the cached token; she is signed in again.")
    await sam.getByRole("dialog").getByRole("button", { name: "Resolve", exact: true }).click()
    const written = sam.getByRole("dialog", { name: "Resolved" })
    await expect(written).toContainText("Restart Outlook in safe mode")
    await written.getByRole("button", { name: "Done" }).click()
    await expect(sam).toHaveURL(`${address()}/`)
    await expect(jane.getByRole("main").getByText("Sam Ortiz resolved this")).toBeVisible()
    await expect(jane.getByText("Cleared the cached token; she is signed in again.").first()).toBeVisible()
  })
  expect([samLoads(), benLoads()]).toEqual([0, 0])
})

test("an arrival fades in place for people who asked for less motion", async ({ firm, open }) => {
  const sam = await open(firm.sam, "/escalations", { reducedMotion: "reduce" })
  await expect(sam.getByText("Nobody is waiting")).toBeVisible()
  await isLive(sam)
  await sam.evaluate(rememberAnimations)
  const session = await firm.jane.post<{ id: string }>("/api/v1/ai-sessions", { problem_summary: PROBLEM })
  await firm.jane.post(`/api/v1/ai-sessions/${session.id}/handoff`, { intent: "escalate", reason: "Next idea" })
  await expect(card(sam, PROBLEM)).toBeVisible()
  await expect.poll(() => sam.evaluate(animationsSeen)).toContain("appear")
  expect(await sam.evaluate(animationsSeen)).not.toContain("arrive")
})

/** The links shown after inviting, in the order of the names. */
async function invite(page: Page, names: string[], { picksUp }: { picksUp: boolean }): Promise<string[]> {
  await page.getByRole("button", { name: "Invite people" }).click()
  const dialog = page.getByRole("dialog")
  await dialog.getByLabel("E-mail addresses").fill(names.map(emailOf).join("\n"))
  if (!picksUp) await dialog.getByText("Picks up escalations", { exact: true }).click()
  await dialog.getByRole("button", { name: /^Invite/ }).click()
  const links = dialog.getByRole("listitem")
  await expect(links).toHaveCount(names.length)
  const shown = await links.locator("code").allTextContents()
  await dialog.getByRole("button", { name: "Done" }).click()
  return shown
}

async function accept(page: Page, link: string | undefined, name: string): Promise<void> {
  await page.goto(link ?? "")
  await page.getByLabel("Your name").fill(name)
  await page.getByLabel("Password").fill(PASSWORD)
  await page.getByRole("button", { name: "Join" }).click()
  await expect(page.getByRole("heading", { name: "Dashboard" })).toBeVisible()
}

const entry = (page: Page, text: string) => page.getByRole("region", { name: "What happened" }).getByRole("listitem").filter({ hasText: text })

/** Runs in the page. */
function rememberAnimations(): void {
  const seen: string[] = []
  Object.assign(window, { animationsSeen: seen })
  document.addEventListener("animationstart", ({ animationName }) => seen.push(animationName))
}

/** Runs in the page. */
const animationsSeen = (): string[] => (window as unknown as { animationsSeen: string[] }).animationsSeen
