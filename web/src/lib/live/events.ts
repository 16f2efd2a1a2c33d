import type { QueryClient } from "@tanstack/react-query"
import type { HandoffQuestion, QueueCard, SessionStatus } from "@/lib/api/types"

type Person = { id: string; name: string }
type About = { handoff_id: string; session_id: string }
type WithCard = { card: QueueCard }
type Ending = About & { by: Person; resolved: boolean }
type Asked = About & { question: HandoffQuestion }

/** Events of the account's log: numbered without gaps, replayed after a break. */
type Logged = {
  handoff_created: WithCard
  handoff_reopened: WithCard
  handoff_updated: WithCard
  handoff_claimed: About & { claimed_by: Person; claimed_at: string }
  handoff_withdrawn: Ending
  handoff_returned: Ending
  handoff_closed: Ending
  handoff_assessment_ready: About & { ai_assessment_source: "playbook" | "model" }
  handoff_question: Asked
  handoff_answer: Asked
}

/** Signals without a number: lost in a break, so what they are about is fetched again after it. */
export type Signals = {
  handoff_progress: { handoff_id: string; seen_by: (Person & { at: string })[]; deliveries: Record<"pending" | "sent" | "failed" | "skipped", number> }
  session_changed: { session_id: string; last_seq: number; status: SessionStatus }
  notification_changed: { unread_count: number }
}

export type LoggedName = keyof Logged
export type LoggedEvents = { [Name in LoggedName]: { event_id: number; type: Name; occurred_at: string } & Logged[Name] }
export type LoggedEvent = LoggedEvents[LoggedName]
export type StreamEvents = LoggedEvents & { [Name in keyof Signals]: { occurred_at: string } & Signals[Name] }

/** What a feature does with what happened, and with not knowing what happened. */
export type LiveHandlers = { [Name in keyof StreamEvents]?: (event: StreamEvents[Name], cache: QueryClient) => void } & {
  /** Logged events may be missing in the cache: everything they feed must be at least as new as `lastEventId`. */
  reload?: (cache: QueryClient, lastEventId: number) => void
  /** Signals may be missing: fetch again what they feed. Comes after every break and on focus. */
  refetch?: (cache: QueryClient) => void
}

/** A frame as it stands on the wire, and as tabs pass it to one another. */
export type Frame = { event: string; id: number | null; data: unknown }
