import type { SessionSummary } from "@/lib/api/types"

type Place = Pick<SessionSummary, "client_name" | "device">

/** For whom and on which device a command is meant: `Northwind · NW-LT-114`. A row's own target is nearer than the session's device. */
export function whereOf({ client_name: client, device }: Place, target: string | null = null): string {
  return `${client ?? "Client not named"} · ${target ?? device ?? "device not named"}`
}

const TITLE_LENGTH = 48

/** The browser tab: client first, then the problem, then the ticket. */
export function tabTitle({ client_name: client, title, psa_ticket_id: ticket }: Pick<SessionSummary, "client_name" | "title" | "psa_ticket_id">): string {
  return [client, `${clip(title, TITLE_LENGTH)}${ticket === null ? "" : ` #${ticket}`}`].filter(Boolean).join(" · ")
}

/** At most `length` characters, cut at a word. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text
  const cut = text.slice(0, length - 1)
  const space = cut.lastIndexOf(" ")
  return `${cut.slice(0, space > 0 ? space : cut.length).replace(/[\s,.;:]+$/, "")}…`
}

export const AFFECTS = { one: "One person", several: "Several people", site: "A whole site" } as const
export const PRIORITIES = { low: "Low", normal: "Normal", high: "High", critical: "Critical" } as const

/** A ticket number typed alone (`#12345`, `48211`) is a ticket, anything else is the problem. */
export function problemOrTicket(typed: string): { psa_ticket_id: string } | { problem_summary: string } {
  const text = typed.trim()
  return /^#[\w./-]{1,49}$|^\d{3,20}$/.test(text) ? { psa_ticket_id: text.replace(/^#/, "") } : { problem_summary: text }
}
