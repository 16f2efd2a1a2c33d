import type { Page } from "@playwright/test"
import { startAdvisedSession } from "./people"
import { expect, test } from "./test"

type Seen = { title: string; text: string }

/**
 * R-S8. From the start of the document every change and every frame is looked at: whenever the page is that of one session,
 * nothing of another one's lane may stand in it.
 */
async function watchLanes(page: Page, lanes: Record<string, string>): Promise<() => Promise<{ foreign: Seen[]; own: string[] }>> {
  await page.addInitScript((known: Record<string, string>) => {
    const store = { foreign: [] as Seen[], own: new Set<string>() }
    Object.assign(window, { lanesSeen: store })
    const look = () => {
      const title = document.querySelector("main h1")?.textContent ?? ""
      const here = Object.keys(known).find((problem) => title.includes(problem))
      const text = document.querySelector("main")?.textContent ?? ""
      for (const [problem, lane] of Object.entries(known)) {
        if (!text.includes(lane)) continue
        if (problem === here) store.own.add(problem)
        else if (title !== "") store.foreign.push({ title, text: lane })
      }
    }
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true })
    const frame = () => {
      look()
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  }, lanes)
  return () =>
    page.evaluate(() => {
      const { foreign, own } = (window as unknown as { lanesSeen: { foreign: Seen[]; own: Set<string> } }).lanesSeen
      return { foreign, own: [...own] }
    })
}

test("no session ever shows, even for one frame, the task lane of another", async ({ firm, open }) => {
  const { jane, sam } = firm
  const outlook = await startAdvisedSession(jane, sam, { summary: "Outlook hangs at start", advice: "Clear the token cache" })
  const printer = await startAdvisedSession(jane, sam, { summary: "Printer prints blank pages", advice: "Clean the print heads" })
  const page = await open(jane, "/")
  const seen = await watchLanes(page, { "Outlook hangs at start": "Clear the token cache", "Printer prints blank pages": "Clean the print heads" })
  const lane = (advice: string) => page.getByRole("main").getByText(advice).first()
  const entry = (title: string) => page.getByRole("navigation").getByRole("link", { name: title }).first()

  await page.goto(`/pilot/${outlook.id}`)
  await expect(lane("Clear the token cache")).toBeVisible()
  await entry("Printer prints blank pages").click()
  await expect(lane("Clean the print heads")).toBeVisible()
  await page.goBack()
  await expect(lane("Clear the token cache")).toBeVisible()
  await page.goForward()
  await expect(lane("Clean the print heads")).toBeVisible()
  const walked = await seen()
  expect(walked.foreign).toEqual([])
  expect(walked.own.sort(), "the watch sees lanes at all").toEqual(["Outlook hangs at start", "Printer prints blank pages"])

  await page.reload()
  await expect(lane("Clean the print heads")).toBeVisible()
  await page.goto(`/pilot/${printer.id}?pickup=true`)
  await expect(page.getByRole("main")).toContainText("Sam Ortiz advised and handed it back")
  expect((await seen()).foreign).toEqual([])

  await page.goto(`/pilot/${outlook.id}`)
  await expect(lane("Clear the token cache")).toBeVisible()
  await page.getByRole("link", { name: "Dashboard" }).first().click()
  await page.getByLabel("The problem in the client's words, or a ticket number").fill("Scanner does nothing")
  await page.keyboard.press("Enter")
  await expect(page.getByRole("heading", { name: "Scanner does nothing" })).toBeVisible()
  await expect(page).toHaveURL(/\/pilot\//)
  expect((await seen()).foreign).toEqual([])
})
