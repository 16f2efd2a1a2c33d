import type { QueryClient } from "@tanstack/react-query"
import type { components } from "@/lib/api/schema"

type Schemas = components["schemas"]
type NameIn<Key> = Key extends `StreamEvent_${infer Name}` ? Name : never

/** Everything the server's catalogue may put on the stream, by name; `ready` and `resync` are the stream's own. */
export type StreamEvents = { [Name in Exclude<NameIn<keyof Schemas>, "ready" | "resync">]: Schemas[`StreamEvent_${Name}`] }

/** Events of the account's log: numbered without gaps, replayed after a break. The others are lost in one. */
export type LoggedEvent = Extract<StreamEvents[keyof StreamEvents], { event_id: number }>
export type LoggedName = LoggedEvent["type"]

/** What a feature does with what happened, and with not knowing what happened. */
export type LiveHandlers = { [Name in keyof StreamEvents]?: (event: StreamEvents[Name], cache: QueryClient) => void } & {
  /** Logged events may be missing in the cache: everything they feed must be at least as new as `lastEventId`. */
  reload?: (cache: QueryClient, lastEventId: number) => void
  /** Signals may be missing: fetch again what they feed. Comes after every break and on focus. */
  refetch?: (cache: QueryClient) => void
}

/** A frame as it stands on the wire, and as tabs pass it to one another. */
export type Frame = { event: string; id: number | null; data: unknown }
