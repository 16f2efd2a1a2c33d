import type { NewStep, Outcome } from "@/lib/api/types"
import type { Correctable } from "./EntryRow"

export type Mode = "ask" | "note" | "tried" | "fact"
export type TriedDraft = { what: string; outcome: Outcome | ""; target: string; expected: string; observed: string; command: string }
export type FactDraft = { name: string; value: string }
export type Correction = { stepId: string; said: string } & ({ kind: "tried"; tried: TriedDraft } | { kind: "fact"; fact: FactDraft })

/** Everything typed and not sent: each kind of entry apart, so that changing one's mind loses nothing. */
export type Draft = { mode: Mode; ask: string; note: string; tried: TriedDraft; fact: FactDraft; correction: Correction | null }

export const EMPTY_TRIED: TriedDraft = { what: "", outcome: "", target: "", expected: "", observed: "", command: "" }
export const EMPTY_FACT: FactDraft = { name: "", value: "" }
export const EMPTY_DRAFT: Draft = { mode: "ask", ask: "", note: "", tried: EMPTY_TRIED, fact: EMPTY_FACT, correction: null }

/** The kind of entry that would be sent now. */
export const kindOf = (draft: Draft): Mode => draft.correction?.kind ?? draft.mode

/** The entry to send, or the sentence that says what is missing. */
export function stepOf(draft: Draft): NewStep | { kind: "message"; content: string } | string {
  const { correction } = draft
  const amends = correction === null ? {} : { amends: correction.stepId }
  switch (kindOf(draft)) {
    case "ask":
      return draft.ask.trim() === "" ? "Write the message first." : { kind: "message", content: draft.ask }
    case "note":
      return draft.note.trim() === "" ? "Write the note first." : { kind: "note", content: draft.note }
    case "tried": {
      const { what, outcome, ...details } = correction?.kind === "tried" ? correction.tried : draft.tried
      if (what.trim() === "") return "Say what was tried."
      if (outcome === "") return "Choose how it went."
      return { kind: "tried", what, outcome, ...given(details), ...amends }
    }
    case "fact": {
      const fact = correction?.kind === "fact" ? correction.fact : draft.fact
      return fact.name.trim() === "" || fact.value.trim() === "" ? "A fact needs a name and a value." : { kind: "fact", ...fact, ...amends }
    }
  }
}

/** The draft after its entry was sent: only that entry is gone. */
export function sent(draft: Draft): Draft {
  if (draft.correction !== null) return { ...draft, correction: null }
  switch (draft.mode) {
    case "ask":
      return { ...draft, ask: "" }
    case "note":
      return { ...draft, note: "" }
    case "tried":
      return { ...draft, tried: EMPTY_TRIED }
    case "fact":
      return { ...draft, fact: EMPTY_FACT }
  }
}

/** Starts from what stands in the entry; what was being typed waits. */
export function correctionOf(entry: Correctable): Correction {
  const stepId = entry.step.id
  if (entry.is === "fact") return { stepId, said: entry.name, kind: "fact", fact: { name: entry.name, value: entry.value } }
  const { what, outcome, target, expected, observed, command } = entry.row
  return {
    stepId,
    said: what,
    kind: "tried",
    tried: { what, outcome: outcome ?? "", target: target ?? "", expected: expected ?? "", observed: observed ?? "", command: command ?? "" },
  }
}

type Details = Pick<TriedDraft, "target" | "expected" | "observed" | "command">

const given = (details: Details): Partial<Details> => Object.fromEntries(Object.entries(details).filter(([, text]) => text.trim() !== ""))
