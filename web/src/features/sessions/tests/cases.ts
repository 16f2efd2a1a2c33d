import type { Session, Step } from "@/lib/api/types"

export function aSession(session: Partial<Session> = {}): Session {
  return {
    id: "s-1",
    title: "Outlook is failing to sync",
    problem_summary: "Outlook is failing to sync",
    problem_domain: null,
    client_id: "c-1",
    client_name: "Northwind",
    contact: { name: "Ana Lee", phone: "+1 555 0117", email: null },
    device: "NW-LT-114",
    client_waiting: "no",
    callback_by: null,
    affects: null,
    priority: "normal",
    status: "active",
    user_id: "u-jane",
    user_name: "Jane Doe",
    holder_id: "u-jane",
    holder_name: "Jane Doe",
    escalated_to_id: null,
    escalated_to_name: null,
    escalation_reason: null,
    escalation_package: null,
    psa_ticket_id: "12345",
    step_count: 0,
    tried_count: 0,
    has_handoff: false,
    can_write: true,
    created_at: "2026-01-01T08:00:00Z",
    updated_at: "2026-01-01T08:00:00Z",
    resolved_at: null,
    resolution: null,
    turn: null,
    task_lane: { questions: [], actions: [] },
    ...session,
  }
}

/** A note by Jane, unless said otherwise; its id follows its number. */
export function aStep(seq: number, step: Partial<Step> = {}): Step {
  return {
    id: `step-${seq}`,
    session_id: "s-1",
    seq,
    kind: "note",
    author_id: "u-jane",
    author_name: "Jane Doe",
    author_type: "user",
    content: `Note ${seq}`,
    target: null,
    expected: null,
    observed: null,
    name: null,
    value: null,
    outcome: null,
    reply_to: null,
    amends: null,
    command: null,
    after_pickup: false,
    turn_id: null,
    source: null,
    detail: null,
    options: [],
    cites: [],
    notice: null,
    playbook_key: null,
    created_at: "2026-01-01T08:00:00Z",
    ...step,
  }
}

export const aTry = (seq: number, step: Partial<Step> = {}): Step => aStep(seq, { kind: "tried", content: "Restarted Outlook", outcome: "failed", ...step })
export const aFact = (seq: number, step: Partial<Step> = {}): Step => aStep(seq, { kind: "fact", content: null, name: "Version", value: "2408", ...step })
