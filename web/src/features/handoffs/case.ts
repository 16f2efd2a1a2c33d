import { ledgerOf, type Entry, type TriedRow } from "@/features/sessions/ledger"
import type { Handoff, QueueCard, Snapshot, Step } from "@/lib/api/types"

/** What the context screen shows, frozen when it was sent. */
export type Case = {
  sessionId: string
  /** Null for sessions that were escalated before handoffs had rows; they are picked up by their session. */
  handoffId: string | null
  problem: Snapshot["problem"]
  by: { id: string; name: string }
  /** Whose session it is, and who gets advice: another person than `by` where it was escalated on. */
  owner: string
  at: string
  intent: Handoff["intent"]
  target_user_id: string | null
  target_user_name: string | null
  reopened_count: number
  last_claim: Handoff["last_claim"]
  stepCount: number
  /** Steps after this one were added since. */
  lastSeq: number
  tried: readonly TriedRow[]
  facts: readonly { name: string; value: string; step_id: string }[]
  questions: readonly string[]
  actions: readonly string[]
  notes: string | null
  asked: Handoff["questions"]
  assessment: { status: Handoff["ai_assessment_status"]; source: Handoff["ai_assessment_source"]; data: Handoff["ai_assessment_data"]; notice: string | null }
}

export function caseOf(handoff: Handoff, owner: string = handoff.handed_off_by_name): Case {
  const { snapshot } = handoff
  return {
    sessionId: handoff.session_id,
    handoffId: handoff.id,
    problem: { ...snapshot.problem, priority: handoff.priority ?? snapshot.problem.priority, ask: handoff.reason ?? snapshot.problem.ask },
    by: { id: handoff.handed_off_by, name: handoff.handed_off_by_name },
    owner,
    at: handoff.created_at,
    intent: handoff.intent,
    target_user_id: handoff.target_user_id,
    target_user_name: handoff.target_user_name,
    reopened_count: handoff.reopened_count,
    last_claim: handoff.last_claim,
    stepCount: snapshot.step_count,
    lastSeq: snapshot.last_seq,
    tried: snapshot.tried,
    facts: snapshot.facts,
    questions: snapshot.open_questions.map(({ content }) => content),
    actions: snapshot.open_actions.map(({ content }) => content),
    notes: handoff.engineer_notes ?? snapshot.notes,
    asked: handoff.questions,
    assessment: { status: handoff.ai_assessment_status, source: handoff.ai_assessment_source, data: handoff.ai_assessment_data, notice: handoff.ai_assessment_notice },
  }
}

/** A legacy case has no snapshot: its session as it is now takes that place. */
export function caseOfCard(card: QueueCard, steps: readonly Step[]): Case {
  const ledger = ledgerOf(steps)
  return {
    sessionId: card.session_id,
    handoffId: null,
    problem: { ...card, summary: card.problem_summary || card.title, domain: card.problem_domain, ticket_id: card.psa_ticket_id },
    by: card.escalated_by,
    owner: card.owner.name,
    at: card.created_at,
    intent: "escalate",
    target_user_id: card.target_user_id,
    target_user_name: card.target_user_name,
    reopened_count: 0,
    last_claim: null,
    stepCount: card.step_count,
    lastSeq: steps.at(-1)?.seq ?? 0,
    tried: ledger.entries.flatMap((entry) => (entry.is === "tried" && entry.correctedBy === null ? [entry.row] : [])),
    facts: ledger.facts.map(({ name, value, step }) => ({ name, value, step_id: step.id })),
    questions: ledger.questions.map(({ content }) => content ?? ""),
    actions: ledger.actions.map(({ content }) => content ?? ""),
    notes: null,
    asked: [],
    assessment: { status: "unavailable", source: null, data: null, notice: null },
  }
}

const DECISIVE: Record<NonNullable<TriedRow["outcome"]> | "open", number> = { worked: 0, failed: 0, inconclusive: 1, skipped: 2, open: 3 }

/** The last thing really tried first; after it what decided something, newest first. */
export function readingOrder(tried: readonly TriedRow[]): TriedRow[] {
  const newestFirst = [...tried].sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
  const last = newestFirst.find(({ outcome }) => outcome !== "skipped")
  const rest = newestFirst.filter((row) => row !== last).sort((a, b) => DECISIVE[a.outcome ?? "open"] - DECISIVE[b.outcome ?? "open"])
  return last ? [last, ...rest] : rest
}

export type Answered = { stepId: string; question: string; answer: string }

/** What was asked and answered before it was sent: an assessment may rest on it as on rows and facts. */
export const answersIn = (steps: readonly Step[], lastSeq: number): Answered[] =>
  ledgerOf(steps).entries.flatMap((entry) =>
    entry.is === "question" && entry.answer && entry.answer.seq <= lastSeq ? [{ stepId: entry.answer.id, question: entry.step.content ?? "", answer: entry.answer.content ?? "" }] : [],
  )

/** What the session says beyond the snapshot. */
export const since = (steps: readonly Step[], lastSeq: number): Entry[] => ledgerOf(steps).entries.filter(({ step }) => step.seq > lastSeq)
