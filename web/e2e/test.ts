import { test as base, expect, type BrowserContext, type BrowserContextOptions, type Locator, type Page } from "@playwright/test"
import { openOwnBrowser } from "./browser"
import { address, demoPerson, makeFirm, type Firm, type Person } from "./people"

/** A page in a browser profile of its own, signed in as that person; as nobody with null. */
export type Open = (person: Person | null, path: string, options?: BrowserContextOptions) => Promise<Page>

type Fixtures = {
  firm: Firm
  demo: (name: Parameters<typeof demoPerson>[1]) => Promise<Person>
  open: Open
  /** The one profile of a browser in which tabs can hide each other. */
  ownBrowser: BrowserContext
  complaints: string[]
}

/** Every page is watched: an error in the console, such as a breach of the content security policy, fails the test that caused it. */
export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern
  baseURL: async ({}, provide) => provide(address()),
  firm: async ({ request }, provide) => provide(await makeFirm(request)),
  demo: async ({ request }, provide) => provide((name) => demoPerson(request, name)),
  // eslint-disable-next-line no-empty-pattern
  complaints: async ({}, provide) => {
    const complaints: string[] = []
    await provide(complaints)
    expect(complaints).toEqual([])
  },
  open: async ({ browser, complaints }, provide) => {
    const contexts: BrowserContext[] = []
    await provide(async (person, path, options = {}) => {
      const context = await browser.newContext(options)
      contexts.push(context)
      watch(context, complaints)
      if (person) await signIn(context, person)
      const page = await context.newPage()
      await page.goto(path)
      return page
    })
    for (const context of contexts) await context.close()
  },
  ownBrowser: async ({ complaints }, provide) => {
    const { browser, close } = await openOwnBrowser()
    try {
      const [profile] = browser.contexts()
      if (profile === undefined) throw new Error("The browser has no profile.")
      watch(profile, complaints)
      await provide(profile)
    } finally {
      await close()
    }
  },
})

export { expect } from "@playwright/test"

/** The browser holds the refresh cookie afterwards, as after the sign-in screen. */
export async function signIn(context: BrowserContext, { email, password }: Person): Promise<void> {
  const response = await context.request.post(`${address()}/api/v1/auth/login`, { data: { email, password } })
  expect(response.status()).toBe(200)
}

function watch(context: BrowserContext, complaints: string[]): void {
  context.on("weberror", (error) => complaints.push(error.error().stack ?? error.error().message))
  context.on("console", (message) => {
    const isRefusal = message.text().startsWith("Failed to load resource") // an answer such as 401 or 409, which pages deal with
    if (message.type() === "error" && !isRefusal) complaints.push(message.text())
  })
}

export const isLive = (page: Page): Promise<void> => expect(page.getByRole("banner").getByText("Live", { exact: true })).toBeVisible()

/** The page's polite live region. */
export const announcements = (page: Page): Locator => page.locator("[aria-live=polite]")

/** How often the page was loaded anew since this was called. */
export function countLoads(page: Page): () => number {
  let loads = 0
  page.on("load", () => (loads += 1))
  return () => loads
}

/** A waiting case in the queue, by its title. */
export const card = (page: Page, title: string): Locator => page.getByRole("main").getByRole("listitem").filter({ has: page.getByRole("heading", { name: title }) })
