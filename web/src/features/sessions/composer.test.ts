import { expect, test } from "vitest"
import { correctionOf, EMPTY_DRAFT, EMPTY_TRIED, sent, stepOf, type Draft } from "./composer"
import { ledgerOf } from "./ledger"
import { aFact, aTry } from "./tests/cases"

const writing = (draft: Partial<Draft>): Draft => ({ ...EMPTY_DRAFT, ...draft })

test("what is missing is said, and nothing is sent", () => {
  expect(stepOf(EMPTY_DRAFT)).toBe("Write the message first.")
  expect(stepOf(writing({ mode: "note" }))).toBe("Write the note first.")
  expect(stepOf(writing({ mode: "tried" }))).toBe("Say what was tried.")
  expect(stepOf(writing({ mode: "tried", tried: { ...EMPTY_TRIED, what: "Restarted" } }))).toBe("Choose how it went.")
  expect(stepOf(writing({ mode: "fact", fact: { name: "Version", value: " " } }))).toBe("A fact needs a name and a value.")
})

test("only what was filled in is sent", () => {
  const tried = { ...EMPTY_TRIED, what: "Restarted", outcome: "failed" as const, observed: "Same", target: "  " }
  expect(stepOf(writing({ mode: "tried", tried }))).toEqual({ kind: "tried", what: "Restarted", outcome: "failed", observed: "Same" })
})

test("a correction starts from what stands and names what it corrects", () => {
  const [tried, fact] = ledgerOf([aTry(1, { observed: "Same" }), aFact(2)]).entries
  if (tried?.is !== "tried" || fact?.is !== "fact") throw new Error("not the entries it should be")
  expect(stepOf(writing({ correction: correctionOf(tried) }))).toEqual({ kind: "tried", what: "Restarted Outlook", outcome: "failed", observed: "Same", amends: "step-1" })
  expect(stepOf(writing({ correction: correctionOf(fact) }))).toEqual({ kind: "fact", name: "Version", value: "2408", amends: "step-2" })
})

test("sending one entry leaves the others as they were typed", () => {
  const draft = writing({ mode: "fact", note: "half a note", fact: { name: "Version", value: "2408" } })
  expect(sent(draft)).toEqual({ ...draft, fact: { name: "", value: "" } })
})
