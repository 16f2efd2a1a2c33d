/** Declared by hand from the wire contract until the server's document is generated. */
type Id = string
type Time = string
type Op<Ok, Body = never, Query = never, Path = never> = {
  parameters: { query?: Query; header?: { "Idempotency-Key"?: string }; cookie?: never } & ([Path] extends [never] ? { path?: never } : { path: Path })
  requestBody?: [Body] extends [never] ? never : { content: { "application/json": Body } }
  responses: {
    200: { headers: Record<string, string>; content: { "application/json": Ok } }
    422: { headers: Record<string, string>; content: { "application/json": components["schemas"]["ProblemBody"] } }
  }
}
type Page<T> = { items: T[]; next_cursor: string | null }
type Items<T> = { items: T[] }
type S = components["schemas"]
type ById = { session_id: Id }
type ByHandoff = { session_id: Id; handoff_id: Id }
type Paging = { limit?: number; cursor?: string }

export interface components {
  schemas: {
    ProblemBody: { type: string; title: string; status: number; detail: string; code: string; errors?: { loc: (string | number)[]; msg: string }[] }
    User: {
      id: Id
      name: string
      email: string
      role: "owner" | "admin" | "engineer" | "viewer"
      is_active: boolean
      takes_escalations: boolean
      away_until: Time | null
      shortcuts: boolean
      created_at: Time
    }
    Account: { id: Id; name: string; time_zone: string; is_demo: boolean }
    Me: { user: S["User"]; account: S["Account"] }
    Tokens: { access_token: string; token_type: "bearer"; expires_in: number; user: S["User"]; account: S["Account"] }
    Meta: {
      version: string
      registration: "open" | "first" | "invite" | "closed"
      demo_sign_ins: { name: string; email: string; password: string; role: string }[] | null
      assistant: boolean
    }
    Invitation: { id: Id; email: string; role: S["User"]["role"]; takes_escalations?: boolean; created_at?: Time; expires_at: Time }
    NewInvitation: S["Invitation"] & { token: string; url: string }
    Client: { id: Id; name: string; psa_id: string | null }
    Contact: { name: string | null; phone: string | null; email: string | null }
    SessionSummary: {
      id: Id
      title: string
      problem_summary: string
      problem_domain: string | null
      client_id: Id | null
      client_name: string | null
      contact: S["Contact"] | null
      device: string | null
      client_waiting: "on_phone" | "callback" | "no"
      callback_by: Time | null
      affects: "one" | "several" | "site" | null
      priority: "low" | "normal" | "high" | "critical"
      status: "active" | "parked" | "requesting_escalation" | "escalated" | "resolved"
      user_id: Id
      user_name: string
      holder_id: Id | null
      holder_name: string | null
      escalated_to_id: Id | null
      escalated_to_name: string | null
      escalation_reason: string | null
      psa_ticket_id: string | null
      step_count: number
      tried_count: number
      has_handoff: boolean
      can_write: boolean
      created_at: Time
      updated_at: Time
      resolved_at: Time | null
    }
    Session: S["SessionSummary"] & { resolution: string | null; escalation_package: S["EscalationPackage"] | null; task_lane: { questions: S["Step"][]; actions: S["Step"][] } }
    EscalationPackage: {
      summary: string
      tried: { text: string; outcome: S["Outcome"] | null; evidence: Id[] }[]
      facts: { name: string; value: string }[]
      open_questions: string[]
      risks: string[]
      source: "playbook" | "model"
    }
    Outcome: "worked" | "failed" | "inconclusive" | "skipped"
    Step: {
      id: Id
      session_id: Id
      seq: number
      kind: "message" | "question" | "answer" | "action" | "action_result" | "tried" | "fact" | "note" | "advice" | "system"
      author_id: Id | null
      author_name: string | null
      author_type: "user" | "assistant" | "system"
      content: string | null
      target: string | null
      expected: string | null
      observed: string | null
      name: string | null
      value: string | null
      outcome: S["Outcome"] | null
      reply_to: Id | null
      amends: Id | null
      command: string | null
      after_pickup: boolean
      created_at: Time
    }
    NewStep:
      | { kind: "note"; content: string }
      | { kind: "tried"; what: string; outcome: S["Outcome"]; target?: string; expected?: string; observed?: string; command?: string; amends?: Id }
      | { kind: "fact"; name: string; value: string; amends?: Id }
      | { kind: "answer" | "action_result"; reply_to: Id; outcome?: S["Outcome"]; observed?: string; content?: string }
    NewSession: {
      problem_summary?: string | null
      title?: string | null
      client_name?: string | null
      contact?: { name?: string | null; phone?: string | null; email?: string | null } | null
      device?: string | null
      client_waiting?: S["SessionSummary"]["client_waiting"] | null
      callback_by?: Time | null
      affects?: "one" | "several" | "site" | null
      psa_ticket_id?: string | null
      priority?: S["SessionSummary"]["priority"] | null
    }
    Documentation: { id: Id; session_id: Id; kind: "escalation" | "resolution"; markdown: string; created_at: Time }
    PsaResult: { status: "no_psa" | "queued" | "pushed" | "failed"; ticket_id: string | null; note_id: string | null; error: string | null }
    SessionClose: { session_id: Id; status: S["SessionSummary"]["status"]; handoff_id: Id | null; documentation: S["Documentation"]; psa_result: S["PsaResult"] }
    Person: { id: Id; name: string }
    LastClaim: { id: Id; name: string; at: Time; until: Time | null }
    HandoffQuestion: { id: Id; content: string; asked_by_name: string; asked_at: Time; answer: string | null; answered_at: Time | null }
    Snapshot: {
      problem: {
        summary: string
        domain: string | null
        client_name: string | null
        contact: S["Contact"] | null
        device: string | null
        client_waiting: S["SessionSummary"]["client_waiting"]
        callback_by: Time | null
        affects: "one" | "several" | "site" | null
        ticket_id: string | null
        priority: S["SessionSummary"]["priority"]
        ask: string | null
      }
      step_count: number
      tried_count: number
      tried: {
        what: string
        target: string | null
        expected: string | null
        observed: string | null
        outcome: S["Outcome"] | null
        command: string | null
        author_name: string | null
        at: Time
        step_id: Id
      }[]
      open_questions: { content: string; step_id: Id }[]
      open_actions: { content: string; step_id: Id }[]
      facts: { name: string; value: string; step_id: Id }[]
      timeline: { seq: number; kind: S["Step"]["kind"]; author_name: string | null; content: string; at: Time }[]
      notes: string | null
    }
    Handoff: {
      id: Id
      session_id: Id
      intent: "escalate" | "park" | "handover"
      status: "open" | "claimed" | "returned" | "withdrawn" | "closed"
      reason: string | null
      engineer_notes: string | null
      priority: S["SessionSummary"]["priority"]
      handed_off_by: Id
      handed_off_by_name: string
      target_user_id: Id | null
      target_user_name: string | null
      claimed_by: Id | null
      claimed_by_name: string | null
      claimed_at: Time | null
      last_claim: S["LastClaim"] | null
      lease_expires_at: Time | null
      withdrawn_at: Time | null
      reopened_count: number
      created_at: Time
      snapshot: S["Snapshot"]
      questions: S["HandoffQuestion"][]
      seen_by: { id: Id; name: string; at: Time }[]
      ai_assessment_status: "pending" | "ready" | "unavailable"
      ai_assessment_source: "playbook" | "model" | null
      ai_assessment: string | null
      ai_assessment_data: unknown
    }
    NewHandoff: { intent: S["Handoff"]["intent"]; reason?: string; engineer_notes?: string; priority?: S["Handoff"]["priority"]; target_user_id?: Id }
    QueueCard: {
      handoff_id: Id | null
      session_id: Id
      title: string
      problem_summary: string
      problem_domain: string | null
      client_name: string | null
      contact: S["Contact"] | null
      device: string | null
      client_waiting: S["SessionSummary"]["client_waiting"]
      callback_by: Time | null
      affects: "one" | "several" | "site" | null
      priority: S["SessionSummary"]["priority"]
      psa_ticket_id: string | null
      ask: string | null
      escalated_by: S["Person"]
      target_user_id: Id | null
      step_count: number
      tried_count: number
      ai_assessment_status: S["Handoff"]["ai_assessment_status"]
      likely_cause: string | null
      confidence: "low" | "medium" | "high" | null
      last_claim: S["LastClaim"] | null
      claimed_by: S["Person"] | null
      question_pending: boolean
      created_at: Time
      status: S["Handoff"]["status"] | "requesting_escalation"
    }
    Queue: { items: S["QueueCard"][]; last_event_id: number }
    OnDuty: { id: Id; name: string; state: "on_screen" | "push" | "offline" | "away"; until: Time | null }
    Notification: { id: Id; type: string; title: string; body: string | null; link: string | null; is_read: boolean; created_at: Time }
    EscalationMetrics: {
      period: "7d" | "30d" | "90d"
      from: Time
      to: Time
      n_handoffs_created: number
      n_handoffs_claimed: number
      n_handoffs_with_action: number
      n_advised: number
      n_reopened: number
      conversion_rate: number | null
      avg_seconds: number | null
      median_seconds: number | null
      p95_seconds: number | null
      avg_time_to_claim_seconds: number | null
      metric_definition: string
    }
  }
}

export interface paths {
  "/api/v1/meta": { get: Op<S["Meta"]> }
  "/api/v1/auth/register": { post: Op<S["Tokens"], { account_name: string; name: string; email: string; password: string }> }
  "/api/v1/auth/login": { post: Op<S["Tokens"], { email: string; password: string }> }
  "/api/v1/auth/refresh": { post: Op<S["Tokens"]> }
  "/api/v1/auth/logout": { post: Op<undefined> }
  "/api/v1/auth/accept-invitation": { post: Op<S["Tokens"], { token: string; name: string; password: string }> }
  "/api/v1/auth/password": { post: Op<undefined, { current_password: string; password: string }> }
  "/api/v1/auth/me": {
    get: Op<S["Me"]>
    patch: Op<S["Me"], { name?: string; takes_escalations?: boolean; away_until?: Time | null; shortcuts?: boolean }>
  }
  "/api/v1/account/users": { get: Op<Items<S["User"]>> }
  "/api/v1/account/users/{user_id}": {
    patch: Op<S["User"], { role?: S["User"]["role"]; is_active?: boolean; name?: string; takes_escalations?: boolean }, never, { user_id: Id }>
    delete: Op<undefined, never, never, { user_id: Id }>
  }
  "/api/v1/account/invitations": {
    get: Op<Items<S["Invitation"]>>
    post: Op<
      { items: ((S["NewInvitation"] & { error?: null }) | { email: string; error: string })[] },
      { items: { email: string; role: S["User"]["role"]; takes_escalations?: boolean }[] }
    >
  }
  "/api/v1/account/invitations/{invitation_id}": { delete: Op<undefined, never, never, { invitation_id: Id }> }
  "/api/v1/clients": { get: Op<Items<S["Client"]>, never, { q?: string }> }
  "/api/v1/ai-sessions": {
    get: Op<Page<S["SessionSummary"]>, never, Paging & { status?: S["SessionSummary"]["status"]; scope?: "mine" | "account" }>
    post: Op<S["Session"], S["NewSession"]>
  }
  "/api/v1/ai-sessions/{session_id}": { get: Op<S["Session"], never, never, ById>; patch: Op<S["Session"], S["NewSession"], never, ById> }
  "/api/v1/ai-sessions/{session_id}/steps": {
    get: Op<Page<S["Step"]>, never, Paging & { after_seq?: number }, ById>
    post: Op<S["Step"], S["NewStep"], never, ById>
  }
  "/api/v1/ai-sessions/{session_id}/resolve": {
    post: Op<S["SessionClose"], { resolution: string; fixed_by?: string; level_one?: "can_do" | "needs_rights" | "needs_senior" }, never, ById>
  }
  "/api/v1/ai-sessions/{session_id}/resume": { post: Op<S["Session"], never, never, ById> }
  "/api/v1/ai-sessions/{session_id}/reopen": { post: Op<S["Session"], never, never, ById> }
  "/api/v1/ai-sessions/{session_id}/take-over": { post: Op<S["Session"], never, never, ById> }
  "/api/v1/ai-sessions/{session_id}/documentation": { get: Op<S["Documentation"], never, never, ById> }
  "/api/v1/ai-sessions/{session_id}/handoff": { post: Op<S["Handoff"], S["NewHandoff"], never, ById> }
  "/api/v1/ai-sessions/{session_id}/handoffs": { get: Op<Page<S["Handoff"]>, never, Paging, ById> }
  "/api/v1/ai-sessions/{session_id}/handoffs/{handoff_id}/claim": { post: Op<S["Handoff"], { start?: "continue" | "ai_analysis" | "own" }, never, ByHandoff> }
  "/api/v1/ai-sessions/{session_id}/handoffs/{handoff_id}/withdraw": { post: Op<S["Handoff"], never, never, ByHandoff> }
  "/api/v1/ai-sessions/{session_id}/handoffs/{handoff_id}/release": { post: Op<S["Handoff"], never, never, ByHandoff> }
  "/api/v1/ai-sessions/{session_id}/handoffs/{handoff_id}/hand-back": { post: Op<S["Handoff"], { content: string }, never, ByHandoff> }
  "/api/v1/ai-sessions/{session_id}/pickup": { post: Op<S["Session"], never, never, ById> }
  "/api/v1/ai-sessions/escalations": { get: Op<S["Queue"]> }
  "/api/v1/ai-sessions/escalations/count": { get: Op<{ count: number }> }
  "/api/v1/ai-sessions/escalations/on-duty": { get: Op<Items<S["OnDuty"]>> }
  "/api/v1/ai-sessions/escalations/seen": { post: Op<undefined, { handoff_ids: Id[] }> }
  "/api/v1/notifications": { get: Op<Page<S["Notification"]>, never, Paging & { unread?: boolean }> }
  "/api/v1/notifications/unread-count": { get: Op<{ count: number }> }
  "/api/v1/notifications/{notification_id}/read": { post: Op<undefined, never, never, { notification_id: Id }> }
  "/api/v1/notifications/read-all": { post: Op<undefined> }
  "/api/v1/analytics/flowpilot/escalations": { get: Op<S["EscalationMetrics"], never, { period?: "7d" | "30d" | "90d" }> }
}
