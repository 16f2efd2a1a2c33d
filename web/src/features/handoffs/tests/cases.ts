import { aStep as sessionStep } from "@/features/sessions/tests/cases"
import type { Handoff, HandoffQuestion, Step } from "@/lib/api/types"
import type { TriedRow } from "@/features/sessions/ledger"

type Assessment = NonNullable<Handoff["ai_assessment_data"]>

export function aHandoff(handoff: Partial<Handoff> = {}, snapshot: Partial<Handoff["snapshot"]> = {}): Handoff {
  return {
    id: "h-s-1",
    session_id: "s-1",
    intent: "escalate",
    status: "open",
    reason: "the next idea",
    engineer_notes: null,
    priority: null,
    handed_off_by: "u-jane",
    handed_off_by_name: "Jane",
    target_user_id: null,
    target_user_name: null,
    claimed_by: null,
    claimed_by_name: null,
    claimed_at: null,
    last_claim: null,
    claims: [],
    bounces: 0,
    lease_expires_at: null,
    withdrawn_at: null,
    ended_at: null,
    reopened_count: 0,
    created_at: "2026-01-01T08:00:00Z",
    snapshot: {
      problem: {
        summary: "Outlook is failing to sync",
        domain: null,
        client_name: "Northwind",
        contact: { name: "Ana Lee", phone: "+1 555 0117", email: null },
        device: "NW-LT-114",
        client_waiting: "on_phone",
        callback_by: null,
        affects: null,
        ticket_id: "12345",
        priority: "high",
        ask: "the next idea",
      },
      step_count: 1,
      tried_count: 1,
      last_seq: 1,
      tried: [aTry()],
      open_questions: [],
      open_actions: [],
      facts: [],
      timeline: [],
      notes: null,
      ...snapshot,
    },
    questions: [],
    seen_by: [],
    ai_assessment_status: "unavailable",
    ai_assessment_source: null,
    ai_assessment: null,
    ai_assessment_data: null,
    ai_assessment_notice: null,
    ...handoff,
  }
}

export function aTry(row: Partial<TriedRow> = {}): TriedRow & { outcome: NonNullable<TriedRow["outcome"]> } {
  return {
    what: "Restarted Outlook",
    target: null,
    expected: null,
    observed: "Asks for the password again",
    command: null,
    author_name: "Jane",
    at: "2026-01-01T07:50:00Z",
    step_id: "step-1",
    ...row,
    outcome: row.outcome ?? "failed",
  }
}

/** A cause with what it rests on and one step to take, unless said otherwise. */
export function anAssessment(assessment: Partial<Assessment> = {}): Assessment {
  return {
    likely_cause: "Cached credentials",
    confidence: "medium",
    claims: [{ kind: "hypothesis", text: "Cached credentials. The old password is still offered", quote: null, evidence: ["step-1"], against: [] }],
    suggested_steps: [{ title: "Clear the credential cache", detail: "Remove the Office entries", command: "cmdkey /list", repeats: null, evidence: ["step-1"] }],
    evidence: ["step-1"],
    dropped: 0,
    ...assessment,
  }
}

export const aQuestion = (question: Partial<HandoffQuestion> = {}): HandoffQuestion => ({
  id: "q-1",
  content: "In the browser too?",
  asked_by: "u-ana",
  asked_by_name: "Ana",
  asked_at: "2026-01-01T08:03:00Z",
  answer: null,
  answered_at: null,
  ...question,
})

/** By Jane, who tried something that failed, unless said otherwise. */
export const aStep = (step: Partial<Step> = {}): Step =>
  sessionStep(step.seq ?? 1, { kind: "tried", author_name: "Jane", content: "Restarted Outlook", outcome: "failed", created_at: "2026-01-01T07:50:00Z", ...step })
