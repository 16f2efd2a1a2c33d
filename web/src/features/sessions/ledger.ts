import type { Outcome, Step } from "@/lib/api/types"
import { clip } from "./about"

/** A row of what was tried, however it came into the ledger. */
export type TriedRow = {
  what: string
  target: string | null
  expected: string | null
  observed: string | null
  outcome: Outcome | null
  command: string | null
  author_name: string | null
  at: string
  step_id: string
}

/** A step as the page shows it. `correctedBy`: a later step says it better. `outcome` of a proposal: what came of it. */
export type Entry = { step: Step; correctedBy: Step | null } & (
  | { is: "tried"; row: TriedRow }
  | { is: "fact"; name: string; value: string }
  | { is: "proposal"; outcome: Outcome | null }
  | { is: "question"; answer: Step | null }
  | { is: "answer"; question: string | null }
  | { is: "reply" }
  | { is: "said" }
)
export type TriedEntry = Extract<Entry, { is: "tried" }>
export type FactEntry = Extract<Entry, { is: "fact" }>

export type Ledger = {
  entries: readonly Entry[]
  /** What stands: of one name the last, of a corrected one the correction. */
  facts: readonly FactEntry[]
  questions: readonly Step[]
  actions: readonly Step[]
}

/** Adds steps in order of `seq` up to what the page shows, by the rules of the server's ledger. */
export function ledgerOf(steps: readonly Step[]): Ledger {
  const byId = new Map(steps.map((step) => [step.id, step]))
  const corrections = new Map(steps.flatMap((step) => (step.amends === null ? [] : [[step.amends, step]])))
  const replies = new Map(steps.flatMap((step) => (step.reply_to === null ? [] : [[step.reply_to, step]])))
  const known = { byId, corrections, replies }
  const entries = steps.filter((step) => !isToldElsewhere(step, known)).map((step) => entryOf(step, known))
  const standing = entries.filter((entry): entry is FactEntry => entry.is === "fact" && entry.correctedBy === null)
  return {
    entries,
    facts: [...new Map(standing.map((fact) => [fact.name.toLowerCase(), fact])).values()],
    questions: steps.filter((step) => step.kind === "question" && !replies.has(step.id)),
    actions: steps.filter((step) => isProposal(step) && !replies.has(step.id)),
  }
}

type Known = { byId: ReadonlyMap<string, Step>; corrections: ReadonlyMap<string, Step>; replies: ReadonlyMap<string, Step> }

/** An assistant's question shows its answer, and what came of an assistant's action tells what was to do: neither is told twice. */
function isToldElsewhere(step: Step, { byId, replies }: Known): boolean {
  if (step.kind === "action") return step.turn_id !== null && replies.has(step.id)
  return step.kind === "answer" && (byId.get(step.reply_to ?? "")?.turn_id ?? null) !== null
}

/** The step an entry was last added to by: of an answered question its answer. */
export const newestOf = (entry: Entry): Step => (entry.is === "question" && entry.step.turn_id !== null && entry.answer ? entry.answer : entry.step)

function entryOf(step: Step, { byId, corrections, replies }: Known): Entry {
  const common = { step, correctedBy: corrections.get(step.id) ?? null }
  switch (step.kind) {
    case "tried":
      return { ...common, is: "tried", row: rowOf(step, step) }
    case "action_result":
      return { ...common, is: "tried", row: rowOf(step, byId.get(step.reply_to ?? "") ?? step) }
    case "fact":
      return { ...common, is: "fact", name: step.name ?? "", value: step.value ?? "" }
    case "action":
    case "advice":
      return { ...common, is: "proposal", outcome: replies.get(step.id)?.outcome ?? null }
    case "question":
      return { ...common, is: "question", answer: replies.get(step.id) ?? null }
    case "answer":
      return { ...common, is: "answer", question: byId.get(step.reply_to ?? "")?.content ?? null }
    case "message":
      return { ...common, is: step.author_type === "assistant" ? "reply" : "said" }
    case "note":
    case "system":
      return { ...common, is: "said" }
  }
}

/** What came of an action shows the action it answers. */
function rowOf(step: Step, asked: Step): TriedRow {
  return {
    what: asked.content ?? step.content ?? "",
    target: asked.target,
    expected: asked.expected,
    observed: step.observed,
    outcome: step.outcome,
    command: asked.command,
    author_name: authorOf(step),
    at: step.created_at,
    step_id: step.id,
  }
}

const isProposal = (step: Step): boolean => step.kind === "action" || step.kind === "advice"

/** Who wrote a step. Which assistant replies is said each time. */
export function authorOf({ author_name: name, author_type: type, source }: Step): string {
  if (type === "assistant") return source === "model" ? "Assistant" : "Built-in assistant"
  return name ?? "ResolutionFlow"
}

/** What fixed it, or is to be asked for, as far as the ledger tells: a beginning for whoever writes it. */
export function suggestedFix(entries: readonly Entry[]): string {
  const worked = entries.findLast((entry): entry is TriedEntry => entry.is === "tried" && entry.row.outcome === "worked" && entry.correctedBy === null)
  return worked ? [worked.row.what, worked.row.observed].filter((part) => part?.trim()).join(": ") : ""
}

export function suggestedAsk(entries: readonly Entry[]): string {
  const failed = entries.findLast((entry): entry is TriedEntry => entry.is === "tried" && entry.row.outcome === "failed" && entry.correctedBy === null)
  return failed ? `Next idea: “${clip(failed.row.what, 200)}” did not help` : ""
}

const MARKUP = /[*`\\]/g

/** An entry as one sentence, for the live region. */
export function sentence(entry: Entry): string {
  const who = authorOf(newestOf(entry))
  switch (entry.is) {
    case "tried":
      return `${who} tried: ${entry.row.what}${entry.row.outcome === null ? "" : `, ${entry.row.outcome}`}`
    case "fact":
      return `${who} added a fact: ${entry.name}, ${entry.value}`
    case "proposal":
      return `${who} advises: ${entry.step.content ?? ""}`
    case "question":
      return newestOf(entry) === entry.step ? `${who} asks: ${entry.step.content ?? ""}` : `${who} answers: ${entry.answer?.content ?? ""}`
    case "answer":
      return `${who} answers: ${entry.step.content ?? ""}`
    case "reply":
      return `${who}: ${(entry.step.content ?? "").replace(MARKUP, "")}`
    case "said":
      return `${who}: ${entry.step.content ?? ""}`
  }
}
