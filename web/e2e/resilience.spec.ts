import { claim, escalate, handOff, queueOf, startAdvisedSession, startSession } from "./people"
import { announcements, card, expect, isLive, signIn, test } from "./test"

test("reload, back and forward lead to the same screens", async ({ firm, open }) => {
  const { session } = await escalate(firm.jane, { summary: "Scanner sends no mail" })
  const page = await open(firm.sam, "/escalations")
  await page.getByRole("link", { name: "Scanner sends no mail" }).click()
  const context = page.getByRole("dialog", { name: "Scanner sends no mail" })
  await expect(context).toBeVisible()
  await page.reload()
  await expect(context).toContainText("Jane Cole needs: Next idea")
  await page.goBack()
  await expect(card(page, "Scanner sends no mail")).toBeVisible()
  await expect(context).toBeHidden()
  await page.goForward()
  await expect(context).toBeVisible()
  await context.getByRole("button", { name: "Start on my own" }).click()
  await expect(page).toHaveURL(new RegExp(`/pilot/${session.id}$`))
  await expect(page.getByRole("main").getByText("You picked it up")).toBeVisible()
  await page.reload()
  await expect(page.getByRole("heading", { level: 1, name: /Scanner sends no mail/ })).toBeVisible()
  await expect(page.getByRole("main").getByText("You picked it up")).toBeVisible()
  await page.goBack()
  await expect(page.getByRole("heading", { level: 1, name: "Escalations" })).toBeVisible()
  await page.goForward()
  await expect(page.getByRole("main").getByText("You picked it up")).toBeVisible()
})

test("who was offline says so, and has what was missed exactly once", async ({ firm, open }) => {
  await escalate(firm.jane, { summary: "Waited before" })
  const page = await open(firm.sam, "/escalations")
  await expect(card(page, "Waited before")).toBeVisible()
  await isLive(page)
  await page.context().setOffline(true)
  await expect(page.getByText("You are offline. This page is as it was")).toBeVisible()
  await expect(page.getByRole("banner").getByText("Offline")).toBeVisible()
  const offline = page.waitForTimeout(5_000) // the length of the gap is what is tested
  const missed = await escalate(firm.jane, { summary: "Came in between" })
  await claim(firm.ben, await escalate(firm.jane, { summary: "Came and went" }))
  await offline
  await expect(card(page, "Came in between")).toHaveCount(0)
  await page.context().setOffline(false)
  await isLive(page)
  await expect(card(page, "Came in between")).toHaveCount(1)
  await expect(card(page, "Waited before")).toHaveCount(1)
  await expect(card(page, "Came and went")).toHaveCount(0)
  await expect(page.getByText("You are offline")).toHaveCount(0)
  await claim(firm.ben, missed)
  await expect(card(page, "Came in between")).toHaveCount(0)
})

test("offline, the context screen stays readable and says why nothing can be started", async ({ firm, open }) => {
  const { session } = await escalate(firm.jane, { summary: "Tablet asks for a certificate" })
  const page = await open(firm.sam, `/pilot/${session.id}?pickup=true`)
  await isLive(page)
  const context = page.getByRole("dialog", { name: "Tablet asks for a certificate" })
  await page.context().setOffline(true)
  await expect(context.getByText("You are offline. Picking up needs the connection; the case stays readable here.")).toBeVisible()
  await expect(context.getByText("Restart, for: Tablet asks for a certificate")).toBeVisible()
  await expect(context.getByRole("button", { name: "Start on my own" })).toBeDisabled()
  await page.context().setOffline(false)
  await context.getByRole("button", { name: "Start on my own" }).click()
  await expect(page.getByRole("main").getByText("You picked it up")).toBeVisible()
})

test("who is reading when a colleague picks it up is told by whom", async ({ firm, open }) => {
  const escalation = await escalate(firm.jane, { summary: "Printer prints every page twice" })
  const page = await open(firm.ben, `/pilot/${escalation.session.id}?pickup=true`)
  const context = page.getByRole("dialog", { name: "Printer prints every page twice" })
  await expect(context.getByRole("button", { name: "Start on my own" })).toBeFocused()
  await claim(firm.sam, escalation)
  await expect(context.getByRole("status").filter({ hasText: "Sam Ortiz picked it up" })).toBeVisible()
  await expect(page.getByRole("alert")).toHaveCount(0)
  await context.getByRole("button", { name: "Back to the queue" }).last().click()
  await expect(page).toHaveURL(/\/escalations$/)
})

test("who is a moment too late is told who was faster, not that something failed", async ({ firm, open }) => {
  const escalation = await escalate(firm.jane, { summary: "Mailbox is full again" })
  const page = await open(firm.ben, `/pilot/${escalation.session.id}?pickup=true`)
  const context = page.getByRole("dialog", { name: "Mailbox is full again" })
  // The click is on its way when Sam's claim commits.
  await page.route("**/claim", async (route) => {
    await claim(firm.sam, escalation)
    await route.continue()
  })
  await context.getByRole("button", { name: "Start on my own" }).click()
  await expect(context.getByRole("status").filter({ hasText: "Sam Ortiz picked it up" })).toBeVisible()
  await expect(page.getByRole("alert")).toHaveCount(0)
})

test("a link opened later says who has it and leads on", async ({ firm, open }) => {
  const escalation = await escalate(firm.jane, { summary: "Laptop forgets its dock" })
  await claim(firm.sam, escalation)
  const page = await open(firm.ben, `/pilot/${escalation.session.id}?pickup=true`)
  await expect(page.getByRole("main").getByText("Sam Ortiz picked it up")).toBeVisible()
  await page.getByRole("main").getByRole("link", { name: "Back to the queue" }).click()
  await expect(page.getByRole("heading", { level: 1, name: "Escalations" })).toBeVisible()
})

test("a link opened signed out leads through sign-in to exactly there", async ({ firm, open }) => {
  const { session } = await escalate(firm.jane, { summary: "Badge reader is dark" })
  const page = await open(null, `/pilot/${session.id}?pickup=true`)
  await page.getByLabel("E-mail").fill(firm.sam.email)
  await page.getByLabel("Password").fill(firm.sam.password)
  await page.getByRole("button", { name: "Sign in" }).click()
  await expect(page.getByRole("dialog", { name: "Badge reader is dark" })).toBeVisible()
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(`/pilot/${session.id}?pickup=true`)
})

test("advice goes back to its owner live, who marks it worked", async ({ firm, open }) => {
  const { session } = await escalate(firm.jane, { summary: "Shared calendar is empty" })
  const jane = await open(firm.jane, `/pilot/${session.id}`)
  await expect(jane.getByText("Waiting for a senior")).toBeVisible()
  await isLive(jane)
  const sam = await open(firm.sam, `/pilot/${session.id}?pickup=true`)
  await sam.getByRole("button", { name: "Advise and hand back" }).click()
  await sam.getByLabel("Advice for Jane Cole").fill("Remove the calendar and add it again from the address book.")
  await sam.getByRole("button", { name: "Send and hand back" }).click()
  await expect(sam).toHaveURL(/\/escalations$/)
  await expect(jane.getByText("Sam Ortiz advises", { exact: false }).first()).toBeVisible()
  const toDo = jane.getByRole("region", { name: "To do" })
  await expect(toDo).toContainText("Remove the calendar and add it again from the address book.")
  await toDo.getByRole("button", { name: "Worked" }).click()
  await expect(toDo).toBeHidden()
  const tried = jane.getByRole("region", { name: "What happened" }).getByRole("listitem").filter({ hasText: "Remove the calendar" })
  await expect(tried.last()).toContainText("Worked")
})

test("an escalation that is withdrawn leaves every queue, and the session goes on", async ({ firm, open }) => {
  const session = await startSession(firm.jane, { summary: "Phone rings once and stops" })
  const sam = await open(firm.sam, "/escalations")
  await isLive(sam)
  await handOff(firm.jane, session)
  await expect(card(sam, "Phone rings once and stops")).toBeVisible()
  const jane = await open(firm.jane, `/pilot/${session.id}`)
  await jane.getByRole("button", { name: "Withdraw" }).click()
  await expect(jane.getByRole("button", { name: "Escalate" })).toBeVisible()
  await expect(card(sam, "Phone rings once and stops")).toContainText("Withdrawn by Jane Cole")
  await expect(sam.getByText("Nobody is waiting")).toBeVisible()
})

test("the tabs of one person share one stream, and closing the one that holds it leaves the other live", async ({ firm, open }) => {
  const first = await open(firm.sam, "about:blank")
  let streams = 0
  first.context().on("request", (request) => (streams += Number(request.url().endsWith("/escalations/stream"))))
  await first.goto("/escalations")
  await isLive(first)
  const second = await first.context().newPage()
  await second.goto("/escalations")
  await isLive(second)
  await escalate(firm.jane, { summary: "Seen in both tabs" })
  for (const page of [first, second]) await expect(card(page, "Seen in both tabs")).toHaveCount(1)
  expect(streams).toBe(1)
  await first.close()
  await expect.poll(() => streams).toBe(2)
  await escalate(firm.jane, { summary: "After the handover" })
  await expect(card(second, "After the handover")).toHaveCount(1)
  await isLive(second)
})

test("a tab whose refresh answers another person stops and says so", async ({ firm, open }) => {
  const page = await open(firm.sam, "/escalations")
  await isLive(page)
  await signIn(page.context(), firm.ben)
  // Its access token is refused, as after fifteen minutes, so it asks for another.
  let refused = false
  await page.route("**/api/v1/account/users*", (route) => {
    if (refused) return route.continue()
    refused = true
    return route.fulfill({ status: 401, contentType: "application/problem+json", body: JSON.stringify({ type: "about:blank", title: "Unauthorized", status: 401, code: "not_authenticated", detail: "Sign in." }) })
  })
  await page.getByRole("link", { name: "Team" }).click()
  await expect(page.getByRole("heading", { name: "You are now signed in as Ben Adler in another tab" })).toBeVisible()
  await page.getByRole("button", { name: "Continue as Ben Adler" }).click()
  await expect(page.getByRole("button", { name: /^Ben Adler/ })).toBeVisible()
})

test("no other session's task lane is shown, not for one frame", async ({ firm, open }) => {
  const first = await startAdvisedSession(firm.jane, firm.sam, { summary: "First case", advice: "Only for the first case" })
  const second = await startAdvisedSession(firm.jane, firm.sam, { summary: "Second case", advice: "Only for the second case" })
  const page = await open(firm.jane, "about:blank")
  const foreign: string[] = []
  await page.exposeFunction("foreignLane", (text: string) => foreign.push(text))
  await page.addInitScript(watchLane, { [first.id]: "Only for the second case", [second.id]: "Only for the first case" })
  const lane = page.getByRole("region", { name: "To do" })
  await page.goto(`/pilot/${first.id}`)
  await expect(lane).toContainText("Only for the first case")
  await page.getByRole("navigation", { name: "Your sessions" }).getByRole("link", { name: "Second case" }).click()
  await expect(lane).toContainText("Only for the second case")
  await page.goBack()
  await expect(lane).toContainText("Only for the first case")
  await page.goForward()
  await expect(lane).toContainText("Only for the second case")
  await page.reload()
  await expect(lane).toContainText("Only for the second case")
  await page.getByRole("link", { name: "Dashboard" }).click()
  await page.getByLabel("The problem in the client's words").fill("Third case")
  await page.getByRole("button", { name: "Start a session" }).click()
  await expect(page.getByRole("heading", { level: 1, name: "Third case" })).toBeVisible()
  await expect(lane).toHaveCount(0)
  expect(foreign).toEqual([])
})

test("the card under the keyboard leaves, and focus goes to the next", async ({ firm, open }) => {
  const leaves = await escalate(firm.jane, { summary: "Leaves first" })
  await escalate(firm.jane, { summary: "Stays behind" })
  const page = await open(firm.ben, "/escalations")
  await isLive(page)
  await expect(card(page, "Stays behind")).toBeVisible()
  await page.keyboard.press("j")
  await expect(page.getByRole("link", { name: "Leaves first" })).toBeFocused()
  await claim(firm.sam, leaves)
  await expect(page.getByRole("link", { name: "Stays behind" })).toBeFocused()
  await expect(announcements(page)).toHaveText("Picked up by Sam Ortiz: Leaves first")
  expect((await queueOf(firm.ben)).items.filter(({ status }) => status === "open")).toHaveLength(1)
})

/** Runs in the page from its first moment: tells of every text of a task lane that belongs to another session than the address. */
function watchLane(foreignText: Record<string, string>): void {
  const tell = (window as unknown as { foreignLane: (text: string) => void }).foreignLane
  const look = () => {
    const session = location.pathname.split("/")[2] ?? ""
    const lane = document.querySelector('[aria-labelledby="lane-title"]')?.textContent ?? ""
    const foreign = foreignText[session]
    if (foreign !== undefined ? lane.includes(foreign) : lane !== "") tell(`${location.pathname}: ${lane}`)
  }
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true })
}
