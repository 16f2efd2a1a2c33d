import { mkdir } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import type { Page } from "@playwright/test"
import { card, expect, isLive, test } from "./test"

const DOCS = fileURLToPath(new URL("../../docs/screenshots/walks/", import.meta.url))
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }
const PROBLEM = "Outlook asks for the password again and again since she changed it"

test("from a session with the assistant to the senior's first step: assessed, asked back, taken along, seen live", async ({ firm, open }, testInfo) => {
  const directory = process.env["UPDATE_SCREENSHOTS"] === "1" ? DOCS : testInfo.outputPath()
  await mkdir(directory, { recursive: true })
  const take = (page: Page, name: string) => page.screenshot({ path: `${directory}/${name}.png`, animations: "disabled", caret: "hide" })
  const jane = await open(firm.jane, "/")
  const sam = await open(firm.sam, "/escalations")
  const phone = await open(firm.sam, "/escalations", PHONE)
  for (const page of [sam, phone]) await expect(page.getByText("Nobody is waiting")).toBeVisible()
  await isLive(sam)

  await test.step("Jane follows the assistant until it finds nothing more to try, and escalates", async () => {
    await jane.getByLabel("The problem in the client's words").fill(PROBLEM)
    await jane.keyboard.press("Enter")
    const lane = jane.getByRole("region", { name: /^To do/ })
    await expect(lane).toBeVisible()
    for (let task = 0; task < 4; task += 1) {
      const words = (await lane.getByRole("listitem").first().locator("p").first().textContent()) ?? ""
      await jane.getByRole("heading", { level: 1 }).click()
      await jane.keyboard.press(task < 3 ? "1" : "2")
      await expect(lane.getByText(words, { exact: true })).toHaveCount(0)
      await expect(lane.getByRole("listitem").first()).toBeVisible()
    }
    await jane.keyboard.press("e")
    await jane.getByLabel("What do you need?").fill("Next idea: the web takes the new password, Outlook does not")
    await jane.keyboard.press("Control+Enter")
    await expect(jane).toHaveURL(/\/$/)
    await jane.getByRole("main").getByRole("link", { name: PROBLEM }).first().click()
    await expect(jane.getByText("Waiting for a senior")).toBeVisible()
  })

  await test.step("the card is on Sam's desk and phone, with the likely cause", async () => {
    for (const page of [sam, phone]) {
      await expect(card(page, PROBLEM)).toContainText("Jane Cole needs: Next idea")
      await expect(card(page, PROBLEM)).toContainText(/likely .+ \((low|medium|high)\)/)
    }
  })

  await test.step("Sam reads the assessment, and the rows it rests on", async () => {
    await sam.getByRole("link", { name: PROBLEM }).click()
    const assessment = sam.getByRole("region", { name: /^Assessment/ })
    await expect(assessment).toContainText(/(Low|Medium|High) confidence/)
    await assessment.getByRole("button").first().click()
    await expect(sam.locator("[id^=row-]:focus")).toBeVisible()
    await take(sam, "pickup-assessment")
  })

  await test.step("Sam asks back; Jane answers in place; the answer is on Sam's screen", async () => {
    await sam.getByRole("button", { name: /^Ask Jane Cole/ }).click()
    await sam.getByLabel("Ask Jane Cole").fill("Which Windows build is it?")
    await sam.keyboard.press("Control+Enter")
    await expect(sam.getByText("Waits for Jane Cole's answer.")).toBeVisible()
    await expect(card(phone, PROBLEM)).toContainText("Asked back")
    const asked = jane.getByRole("region", { name: "Sam Ortiz asks" })
    await expect(asked).toContainText("Which Windows build is it?")
    await take(jane, "asked-back")
    await asked.getByRole("textbox").fill("24H2, 26100.2314")
    await asked.getByRole("button", { name: "Answer" }).click()
    await expect(asked).toHaveCount(0)
    await expect(sam.getByRole("region", { name: "Asked back" })).toContainText("24H2, 26100.2314")
  })

  await test.step("Sam takes a suggestion along, continues Jane's list, and the outcome is Sam's first step", async () => {
    const suggestion = sam.getByRole("region", { name: /^Assessment/ }).locator("details").first()
    const title = (await suggestion.locator("summary").textContent()) ?? ""
    await suggestion.locator("summary").click()
    await suggestion.getByRole("button", { name: "Take it along" }).click()
    await sam.getByRole("button", { name: /Continue Jane Cole's list/ }).click()
    await expect(sam.getByText("You picked it up")).toBeVisible()
    await expect(sam.getByLabel("What was tried")).toHaveValue(title)
    await sam.getByLabel("What was seen").first().fill("The prompt is gone")
    await sam.getByRole("form", { name: "Add to the session" }).getByText("Worked", { exact: true }).click()
    await sam.keyboard.press("Control+Enter")
    await expect(jane.getByRole("region", { name: "What happened" })).toContainText("The prompt is gone")
  })

  await test.step("Sam resolves it and says for the next time what fixed it", async () => {
    await sam.getByRole("button", { name: "Resolve", exact: true }).click()
    await expect(sam.getByLabel("What solved it")).toHaveValue(/The prompt is gone/)
    await sam.getByRole("dialog").getByText("Yes", { exact: true }).click()
    await sam.getByRole("dialog").getByRole("button", { name: "Resolve", exact: true }).click()
    await expect(sam.getByRole("dialog", { name: "Resolved" })).toContainText("The prompt is gone")
    await expect(jane.getByText("Sam Ortiz resolved this")).toBeVisible()
  })
})
