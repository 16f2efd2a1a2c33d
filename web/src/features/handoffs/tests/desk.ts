import type { Queue, QueueCard } from "@/lib/api/types"
import type { LoggedEvent } from "@/lib/live/events"

/** A card of a waiting case with everything that a test does not care about. */
export function aCard(card: Partial<QueueCard> = {}): QueueCard {
  const id = card.session_id ?? "s-1"
  return {
    handoff_id: `h-${id}`,
    session_id: id,
    title: "Outlook is failing to sync",
    problem_summary: "Outlook is failing to sync",
    problem_domain: null,
    client_name: "Northwind",
    contact: null,
    device: "NW-LT-114",
    client_waiting: "no",
    callback_by: null,
    affects: null,
    priority: "normal",
    psa_ticket_id: null,
    ask: "the next idea",
    owner: { id: "u-jane", name: "Jane" },
    escalated_by: { id: "u-jane", name: "Jane" },
    target_user_id: null,
    target_user_name: null,
    step_count: 3,
    tried_count: 2,
    ai_assessment_status: "unavailable",
    likely_cause: null,
    confidence: null,
    last_claim: null,
    reopened_count: 0,
    bounces: 0,
    claimed_by: null,
    claimed_at: null,
    question_pending: false,
    created_at: "2026-01-01T08:00:00Z",
    status: "open",
    ...card,
  }
}

type Claimed = Extract<LoggedEvent, { type: "handoff_claimed" }>

/** Ana takes the card of a session. */
export const aClaim = (eventId: number, sessionId: string, claim: Partial<Claimed> = {}): Claimed => ({
  event_id: eventId,
  type: "handoff_claimed",
  occurred_at: "2026-01-01T08:05:00Z",
  handoff_id: `h-${sessionId}`,
  session_id: sessionId,
  claimed_by: { id: "u-ana", name: "Ana" },
  claimed_at: "2026-01-01T08:05:00Z",
  taken_from: null,
  ...claim,
})

/** Numbers in [0, 1), the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

const PEOPLE = [
  { id: "u-sam", name: "Sam" },
  { id: "u-ana", name: "Ana" },
]
const START = Date.parse("2026-01-01T08:00:00Z")

/** What the server does to its queue, with the events that it publishes; the tests' own model of the product's rules. */
export class Desk {
  #cards = new Map<string, QueueCard>()
  #lastEvent = 0
  #made = 0
  #unanswered = new Map<string, number>()

  constructor(private readonly random: () => number) {}

  load = (): Queue => ({ items: [...this.#cards.values()], last_event_id: this.#lastEvent })

  /** One legal change, chosen at random, as the events it is told by. */
  move(): LoggedEvent[] {
    const card = this.#pick([...this.#cards.values()])
    if (!card || this.random() < 0.3) return this.#create(`s-${this.#pick([1, 2, 3, 4, 5, 6]) ?? 1}`)
    if (card.status === "open") return this.#pick([this.#claim, this.#withdraw, this.#update, this.#solve, this.#ask, this.#answer])?.(card) ?? []
    return this.#pick([this.#release, this.#handBack, this.#update, this.#solve, this.#escalateOn, this.#answer])?.(card) ?? []
  }

  #create(sessionId: string): LoggedEvent[] {
    if (this.#cards.has(sessionId)) return []
    this.#made += 1
    const at = new Date(START + this.#made * 60_000).toISOString()
    return [this.#tell({ type: "handoff_created", card: this.#keep(aCard({ session_id: sessionId, handoff_id: `h-${this.#made}`, created_at: at })) })]
  }

  #claim = (card: QueueCard): LoggedEvent[] => {
    const by = this.#pick(PEOPLE) ?? { id: "u-sam", name: "Sam" }
    const at = new Date(START + this.#lastEvent * 1_000).toISOString()
    this.#keep({ ...card, status: "claimed", claimed_by: by, claimed_at: at })
    return [this.#tell(aClaim(0, card.session_id, { ...about(card), claimed_by: by, claimed_at: at }))]
  }

  #release = (card: QueueCard): LoggedEvent[] => {
    const waiting: QueueCard = { ...card, status: "open", claimed_by: null, claimed_at: null, reopened_count: card.reopened_count + 1 }
    return [this.#tell({ type: "handoff_reopened", card: this.#keep(waiting) })]
  }

  #ask = (card: QueueCard): LoggedEvent[] => [this.#talk(card, "handoff_question", 1)]
  #answer = (card: QueueCard): LoggedEvent[] => (card.question_pending ? [this.#talk(card, "handoff_answer", -1)] : [])

  #talk(card: QueueCard, type: "handoff_question" | "handoff_answer", more: 1 | -1): LoggedEvent {
    const { handoff_id, session_id } = about(card)
    const left = (this.#unanswered.get(handoff_id) ?? 0) + more
    this.#unanswered.set(handoff_id, left)
    const answered = type === "handoff_answer" ? { answer: "Yes", answered_at: card.created_at } : { answer: null, answered_at: null }
    const question = { id: "q-1", content: "In the browser too?", asked_by: "u-ana", asked_by_name: "Ana", asked_at: card.created_at, ...answered }
    this.#keep({ ...card, question_pending: left > 0 })
    return this.#tell({ type, handoff_id, session_id, question, question_pending: left > 0 })
  }

  #update = (card: QueueCard): LoggedEvent[] => [this.#tell({ type: "handoff_updated", card: this.#keep({ ...card, tried_count: card.tried_count + 1 }) })]
  #withdraw = (card: QueueCard): LoggedEvent[] => [this.#end(card, "handoff_withdrawn", false)]
  #handBack = (card: QueueCard): LoggedEvent[] => [this.#end(card, "handoff_returned", false)]
  #solve = (card: QueueCard): LoggedEvent[] => [this.#end(card, "handoff_closed", true)]
  #escalateOn = (card: QueueCard): LoggedEvent[] => [this.#end(card, "handoff_closed", false), ...this.#create(card.session_id)]

  #end(card: QueueCard, type: "handoff_withdrawn" | "handoff_returned" | "handoff_closed", resolved: boolean): LoggedEvent {
    this.#cards.delete(card.session_id)
    return this.#tell({ type, ...about(card), by: { id: "u-jane", name: "Jane" }, resolved })
  }

  #keep(card: QueueCard): QueueCard {
    this.#cards.set(card.session_id, card)
    return card
  }

  #tell(event: Unnumbered): LoggedEvent {
    this.#lastEvent += 1
    return { ...event, event_id: this.#lastEvent, occurred_at: new Date(START + this.#lastEvent * 1_000).toISOString() }
  }

  #pick<Each>(from: readonly Each[]): Each | undefined {
    return from[Math.floor(this.random() * from.length)]
  }
}

type Unnumbered = LoggedEvent extends infer Each ? (Each extends LoggedEvent ? Omit<Each, "event_id" | "occurred_at"> : never) : never

const about = (card: QueueCard) => ({ handoff_id: card.handoff_id ?? "", session_id: card.session_id })
