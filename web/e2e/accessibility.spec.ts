import { AxeBuilder } from "@axe-core/playwright"
import type { Page } from "@playwright/test"
import { allScreens, show, type Screen } from "./pages"
import { escalate, type Person } from "./people"
import { expect, test, type Open } from "./test"

test("axe finds nothing on any page, light or dark", async ({ demo, firm, open }) => {
  await each(await allScreens(demo, firm), open, {}, async (page) => {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme })
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
      expect.soft(violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${colorScheme}, ${id}: ${html}\n${failureSummary ?? ""}`))).toEqual([])
    }
  })
})

test("nothing on any page needs to be scrolled sideways on a phone", async ({ demo, firm, open }) => {
  const openUnsteady: Open = async (...given) => {
    const page = await open(...given)
    await page.route("**/escalations/stream", (route) => route.abort()) // "Reconnecting" is the widest that the top bar says
    return page
  }
  await each(await allScreens(demo, firm), openUnsteady, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }, async (page) => {
    expect.soft(await page.evaluate(tooWide)).toEqual([])
  })
})

test("an escalation is picked up by keyboard alone, from sign-in on", async ({ firm, open }) => {
  await escalate(firm.jane, { summary: "Second in line" })
  const page = await open(null, "/escalations")
  const type = (text: string) => page.keyboard.type(text)
  const press = (...keys: string[]) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve())
  await expect(page.getByLabel("E-mail")).toBeFocused()
  await type(firm.sam.email)
  await press("Tab")
  await type(firm.sam.password)
  await press("Enter")
  await expect(page.getByRole("link", { name: "Second in line" })).toBeVisible()
  await press("g", "d")
  await expect(page.getByRole("heading", { level: 1, name: "Dashboard" })).toBeVisible()
  await press("g", "e")
  await expect(page.getByRole("link", { name: "Second in line" })).toBeVisible()
  await press("j")
  await expect(page.getByRole("link", { name: "Second in line" })).toBeFocused()
  await press("Enter")
  const context = page.getByRole("dialog", { name: "Second in line" })
  await expect(context.getByRole("button", { name: "Start on my own" })).toBeFocused()
  await expect(async () => {
    await press("3") // keys act 400 ms after the screen has come
    await expect(context).toBeHidden({ timeout: 1_000 })
  }).toPass()
  await expect(page).toHaveURL(/\/pilot\/[\w-]+$/)
  await expect(page.getByRole("main").getByText("You picked it up")).toBeVisible()
  await press("?")
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible()
  await press("Escape")
  await expect(page.getByRole("dialog")).toHaveCount(0)
  await press("t")
  await expect(page.getByLabel("What was tried")).toBeFocused()
})

test("the context screen opened from a session gives focus back when Escape closes it", async ({ firm, open }) => {
  const { session } = await escalate(firm.jane, { summary: "Window will not close" })
  const page = await open(firm.jane, `/pilot/${session.id}`)
  const button = page.getByRole("button", { name: "Context" })
  await button.focus()
  await page.keyboard.press("Enter")
  const context = page.getByRole("dialog", { name: "Window will not close" })
  await expect(context).toBeVisible()
  await expect(async () => {
    await page.keyboard.press("Escape")
    await expect(context).toBeHidden({ timeout: 1_000 })
  }).toPass()
  await expect(button).toBeFocused()
  await expect(page).toHaveURL(new RegExp(`/pilot/${session.id}$`))
})

/** One page per person, so that nobody signs in more often than they must. */
async function each(screens: Screen[], open: Open, options: Parameters<Open>[2], look: (page: Page) => Promise<void>): Promise<void> {
  const pages = new Map<Person | null, Page>()
  for (const screen of screens) {
    const page = pages.get(screen.who) ?? (await open(screen.who, "about:blank", { ...options, reducedMotion: "reduce" }))
    pages.set(screen.who, page)
    await test.step(screen.name, async () => {
      await show(page, screen)
      await look(page)
    })
  }
}

/** Runs in the page: what reaches beyond the right edge, if the page or a dialog can be scrolled sideways. */
function tooWide(): string[] {
  const scrolls = [document.documentElement, ...document.querySelectorAll("[role=dialog], [role=dialog] *")].some(
    (box) => box.scrollWidth > box.clientWidth + 1 && (box === document.documentElement || ["auto", "scroll"].includes(getComputedStyle(box).overflowX)),
  )
  if (!scrolls && innerWidth <= screen.width) return []
  const reach = [...document.querySelectorAll("body *")].filter((each) => each.getBoundingClientRect().right > screen.width + 1)
  return [`${innerWidth} px wide`, ...reach.map((each) => each.outerHTML.slice(0, 160))].slice(0, 6)
}
