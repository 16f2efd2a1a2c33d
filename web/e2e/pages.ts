import type { Page } from "@playwright/test"
import type { SessionSummary } from "../src/lib/api/types"
import { emailOf, queueOf, type Firm, type Person } from "./people"
import { expect } from "./test"

/** A page or a dialog as somebody sees it: where it is, how to get it open, and what stands there when it is whole. */
export type Screen = { name: string; who: Person | null; path: string; open?: (page: Page) => Promise<void>; whole: (page: Page) => Promise<void> }

const heading = (name: string | RegExp) => (page: Page) => expect(page.getByRole("heading", { level: 1, name })).toBeVisible()
const dialog = (name: string | RegExp) => (page: Page) => expect(page.getByRole("dialog", { name })).toBeVisible()

/** Every page of the product, on the demo's data and, where nothing should stand, on those of a new firm. */
export async function allScreens(demo: (name: "jane" | "sam" | "dana") => Promise<Person>, firm: Firm): Promise<Screen[]> {
  const [jane, sam, dana] = [await demo("jane"), await demo("sam"), await demo("dana")]
  const active = await ownSession(jane, "active")
  const resolved = await ownSession(jane, "resolved")
  const waiting = await waitingCase(sam)
  const invitation = new URL((await firm.olga.post<{ url: string }>("/api/v1/account/invitations", { email: emailOf("Visitor"), role: "viewer" })).url)
  const session = `/pilot/${active.id}`
  return [
    { name: "sign-in", who: null, path: "/sign-in", whole: (page) => expect(page.getByRole("button", { name: /^Jane Miller/ })).toBeVisible() },
    { name: "sign-up", who: null, path: "/sign-up", whole: (page) => expect(page.getByLabel("Company")).toBeVisible() },
    { name: "accept invitation", who: null, path: invitation.pathname + invitation.search + invitation.hash, whole: heading("Join your team") },
    { name: "dashboard", who: jane, path: "/", whole: (page) => expect(page.getByRole("region", { name: "Your sessions" }).getByRole("listitem").first()).toBeVisible() },
    { name: "dashboard of a new firm", who: firm.olga, path: "/", whole: (page) => expect(page.getByText("Nothing here yet").first()).toBeVisible() },
    { name: "escalations", who: sam, path: "/escalations", whole: (page) => expect(page.getByRole("region", { name: "Waiting" }).getByRole("listitem").first()).toBeVisible() },
    { name: "escalations, nobody waits", who: firm.sam, path: "/escalations", whole: (page) => expect(page.getByText("Nobody is waiting")).toBeVisible() },
    { name: "session", who: jane, path: session, whole: (page) => expect(page.getByRole("region", { name: "What happened" }).getByRole("listitem").first()).toBeVisible() },
    { name: "resolved session", who: jane, path: `/pilot/${resolved.id}`, whole: (page) => expect(page.getByRole("button", { name: "Documentation" })).toBeVisible() },
    { name: "handoff context", who: sam, path: `/pilot/${waiting.session_id}?pickup=true`, whole: (page) => expect(page.getByRole("button", { name: "Start on my own" })).toBeVisible() },
    { name: "team", who: dana, path: "/team", whole: (page) => expect(page.getByRole("row", { name: /Ben Okafor/ })).toBeVisible() },
    { name: "profile", who: jane, path: "/profile", whole: (page) => expect(page.getByLabel("Current password")).toBeVisible() },
    { name: "bell panel", who: sam, path: "/", open: (page) => page.getByRole("button", { name: /^Notifications/ }).click(), whole: dialog("Notifications") },
    { name: "escalate dialog", who: jane, path: session, open: (page) => page.getByRole("button", { name: "Escalate", exact: true }).click(), whole: dialog("Escalate to a senior") },
    { name: "conclude dialog", who: jane, path: session, open: (page) => page.getByRole("button", { name: "Resolve", exact: true }).click(), whole: dialog("How does it end?") },
    { name: "keys", who: jane, path: session, open: (page) => page.keyboard.press("?"), whole: dialog("Keys") },
    { name: "not found", who: jane, path: "/nowhere", whole: heading("Not found") },
  ]
}

export async function show(page: Page, { path, open, whole }: Screen): Promise<void> {
  await page.goto(path)
  if (open) {
    await page.getByRole("heading", { level: 1 }).first().waitFor()
    await open(page)
  }
  await whole(page)
}

export async function ownSession(owner: Person, status: SessionSummary["status"]): Promise<SessionSummary> {
  const { items } = await owner.get<{ items: SessionSummary[] }>(`/api/v1/ai-sessions?status=${status}`)
  const richest = items.filter(({ holder_id: holder }) => holder === owner.id).toSorted((a, b) => b.step_count - a.step_count)[0]
  if (richest === undefined) throw new Error(`${owner.name} works on no session that is ${status}`)
  return richest
}

/** The case that waits with the most to read. */
export async function waitingCase(engineer: Person) {
  const { items } = await queueOf(engineer)
  const richest = items.filter(({ status }) => status === "open").toSorted((a, b) => b.tried_count - a.tried_count)[0]
  if (richest === undefined) throw new Error("nobody waits in the demo")
  return richest
}
