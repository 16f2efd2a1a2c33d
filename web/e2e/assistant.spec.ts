import { mkdir } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import type { Locator, Page } from "@playwright/test"
import type { Person } from "./people"
import { startModel, startProduct } from "./server"
import { expect, isLive, test, type Open } from "./test"
import { TICKETS, type Ticket } from "./tickets"

const DOCS = fileURLToPath(new URL("../../docs/screenshots/walks/", import.meta.url))
const MOST_TASKS = 30

const happened = (page: Page): Locator => page.getByRole("region", { name: "What happened" })
const lane = (page: Page): Locator => page.getByRole("region", { name: /^To do/ })
const offer = (page: Page): Locator => page.getByRole("button", { name: /^(Resolve with this|Escalate now)/ })

for (const ticket of TICKETS)
  test(`the ticket “${ticket.name}” goes by the built-in assistant until it is ${ticket.ends}`, async ({ firm, open }, testInfo) => {
    const picture = await pictures(testInfo.outputPath())
    const jane = await open(firm.jane, "/")
    await start(jane, ticket)
    await expect(happened(jane)).toContainText("Built-in assistant")
    await follow(jane, ticket)
    await picture(jane, `${ticket.name}-session`)
    if (ticket.ends === "resolved") {
      await jane.getByRole("button", { name: /^Resolve with this/ }).click()
      await expect(jane.getByLabel("What solved it")).not.toHaveValue("")
      await jane.getByRole("dialog").getByRole("button", { name: "Resolve", exact: true }).click()
      await expect(jane.getByRole("dialog", { name: "Resolved" })).toContainText(Object.keys(ticket.results).at(-1) ?? "")
      await picture(jane, `${ticket.name}-resolved`)
    } else {
      await jane.getByRole("button", { name: /^Escalate now/ }).click()
      await expect(jane.getByLabel("What do you need?")).not.toHaveValue("")
      await jane.keyboard.press("Control+Enter")
      await expect(jane).toHaveURL(/\/$/)
      await seniorReads(open, firm.sam, ticket, picture)
    }
  })

test("a model answers in its own words, streamed, and says what it was not told", async ({ open }, testInfo) => {
  const picture = await pictures(testInfo.outputPath())
  const model = await startModel("anthropic")
  const product = await startProduct("model.log", {
    RESOLUTIONFLOW_AI_MODEL: "anthropic:claude-sonnet-5-5",
    RESOLUTIONFLOW_AI_API_KEY: "no key of anybody",
    RESOLUTIONFLOW_AI_BASE_URL: model.address,
  })
  try {
    const page = await open(null, `${product.address}/sign-in`)
    await page.getByRole("button", { name: /^Jane Miller/ }).click()
    await page.getByLabel("The problem in the client's words").fill("Outlook asks for the password again and again. Her password is Winter-2026! and it works on the web.")
    await page.keyboard.press("Enter")
    const reply = happened(page).getByText("Assistant ·", { exact: false }).first()
    await expect(reply).toBeVisible()
    await expect(happened(page)).toContainText("Hidden from the model: 1 password.")
    await expect(happened(page)).not.toContainText("Built-in assistant")
    const question = lane(page).getByRole("listitem").first()
    await question.getByRole("group", { name: "Answers" }).getByRole("button").first().click()
    await expect(lane(page).getByRole("button", { name: "Worked" })).toBeVisible()
    await picture(page, "model-session")
  } finally {
    await product.stop()
    await model.stop()
  }
})

async function pictures(elsewhere: string): Promise<(page: Page, name: string) => Promise<void>> {
  const directory = process.env["UPDATE_SCREENSHOTS"] === "1" ? DOCS : elsewhere
  await mkdir(directory, { recursive: true })
  return async (page, name) => {
    await page.evaluate(() => document.fonts.ready)
    await page.mouse.move(0, 0)
    await page.screenshot({ path: `${directory}/${name}.png`, animations: "disabled", caret: "hide" })
  }
}

async function start(page: Page, { problem, client, device }: Ticket): Promise<void> {
  await page.getByLabel("The problem in the client's words").fill(problem)
  await page.getByRole("combobox", { name: "Client" }).fill(client)
  await page.getByRole("button", { name: "Start a session" }).click()
  await expect(page).toHaveURL(/\/pilot\//)
  await expect(page.getByRole("form", { name: "Add to the session" })).toBeVisible()
  await isLive(page)
  await page.keyboard.press("d")
  await page.getByRole("textbox", { name: "Device" }).fill(device)
  await page.keyboard.press("Enter")
  await expect(page.getByRole("button", { name: new RegExp(device) })).toBeVisible()
}

/** Answers and does whatever is next, until the assistant offers an end. */
async function follow(page: Page, ticket: Ticket): Promise<void> {
  for (let task = 0; task < MOST_TASKS; task += 1) {
    const next = lane(page).getByRole("listitem").first()
    await expect(next.or(offer(page)).first()).toBeVisible()
    if (await offer(page).isVisible()) return
    const words = (await next.locator("p").first().textContent()) ?? ""
    const answers = next.getByRole("group", { name: "Answers" })
    if ((await answers.count()) > 0) {
      const answer = found(ticket.answers, words)
      await (answer === undefined ? answers.getByRole("button").last() : answers.getByRole("button", { name: answer }).first()).click()
    } else {
      const [outcome, seen] = found(ticket.results, words) ?? ["Failed", "No change"]
      if (seen !== "") await next.getByLabel("What was seen").fill(seen)
      await next.getByRole("group", { name: "How it went" }).getByRole("button", { name: outcome }).click()
    }
    await expect(lane(page).getByText(words.split("\n")[0] ?? words, { exact: true })).toHaveCount(0)
  }
  throw new Error("The assistant came to no end.")
}

const found = <What>(known: Record<string, What>, words: string): What | undefined => Object.entries(known).find(([part]) => words.includes(part))?.[1]

/** What a senior needs is on the screen before anything is picked up. */
async function seniorReads(open: Open, sam: Person, ticket: Ticket, picture: (page: Page, name: string) => Promise<void>): Promise<void> {
  const page = await open(sam, "/escalations")
  await page.getByRole("region", { name: "Waiting" }).getByRole("link").first().click()
  const context = page.getByRole("dialog")
  await expect(context).toContainText(ticket.device)
  const observed = Object.values(ticket.results).filter(([outcome]) => outcome === "Failed")
  let seen = 0
  for (const [, words] of observed) seen += await context.getByText(words).count()
  expect(seen).toBeGreaterThanOrEqual(3)
  await picture(page, `${ticket.name}-pickup`)
}
