import { mkdir } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import type { BrowserContextOptions, Page } from "@playwright/test"
import { ownSession, waitingCase } from "./pages"
import { expect, isLive, test } from "./test"

const DOCS = fileURLToPath(new URL("../../docs/screenshots/", import.meta.url))
const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }
const DARK: BrowserContextOptions = { colorScheme: "dark" }

/** The pictures in docs/screenshots, of the demo as it opens. Only UPDATE_SCREENSHOTS=1 writes them there. */
test("the pictures of the documentation can be taken", async ({ demo, open }, testInfo) => {
  const directory = process.env["UPDATE_SCREENSHOTS"] === "1" ? DOCS : testInfo.outputPath()
  await mkdir(directory, { recursive: true })
  const [jane, sam, dana] = [await demo("jane"), await demo("sam"), await demo("dana")]
  const waiting = await waitingCase(sam)
  const session = `/pilot/${(await ownSession(jane, "active")).id}`
  const context = `/pilot/${waiting.session_id}?pickup=true`

  const take = async (name: string, page: Page) => {
    await page.evaluate(() => document.fonts.ready)
    await page.mouse.move(0, 0)
    await page.screenshot({ path: `${directory}/${name}.png`, animations: "disabled", caret: "hide" })
    await page.context().close()
  }
  const queue = async (page: Page) => {
    await expect(page.getByRole("region", { name: "Waiting" }).getByRole("listitem").first()).toBeVisible()
    await expect(page.getByText("of those claimed had action")).toBeVisible()
    await isLive(page)
  }
  const inContext = (page: Page) => expect(page.getByRole("button", { name: "Start on my own" })).toBeVisible()
  const inSession = async (page: Page) => {
    await expect(page.getByRole("region", { name: "What happened" }).getByRole("listitem").first()).toBeVisible()
    await isLive(page)
  }

  const shots: [name: string, who: typeof jane | null, path: string, ready: (page: Page) => Promise<void>, options?: BrowserContextOptions][] = [
    ["queue-light", sam, "/escalations", queue],
    ["queue-dark", sam, "/escalations", queue, DARK],
    ["queue-390", sam, "/escalations", queue, PHONE],
    ["context-light", sam, context, inContext],
    ["context-dark", sam, context, inContext, DARK],
    ["context-390", sam, context, inContext, PHONE],
    ["session-light", jane, session, inSession],
    ["session-dark", jane, session, inSession, DARK],
    ["dashboard-light", jane, "/", async (page) => {
      await expect(page.getByRole("region", { name: "Your sessions" }).getByRole("listitem").first()).toBeVisible()
      await expect(page.getByRole("region", { name: "Waiting for a senior" }).getByRole("listitem").first()).toBeVisible()
      await isLive(page)
    }],
    ["escalate-dialog", jane, session, async (page) => {
      await inSession(page)
      await page.getByRole("button", { name: "Escalate", exact: true }).click()
      await page.getByLabel("What do you need?").fill("Next idea: same cable, same minute, two adapters")
    }],
    ["team", dana, "/team", async (page) => {
      await expect(page.getByRole("row", { name: /Ben Okafor/ })).toBeVisible()
      await isLive(page)
    }],
    ["sign-in", null, "/sign-in", (page) => expect(page.getByRole("button", { name: /^Jane Miller/ })).toBeVisible()],
  ]
  for (const [name, who, path, ready, options] of shots)
    await test.step(name, async () => {
      const page = await open(who, path, options)
      await ready(page)
      await take(name, page)
    })
})
