import { describe, expect, test } from "vitest"
import { ledgerOf, sentence } from "./ledger"
import { aFact, aStep, aTry } from "./tests/cases"

const kinds = (...steps: Parameters<typeof ledgerOf>[0]) => ledgerOf(steps).entries.map((entry) => [entry.step.seq, entry.is, entry.correctedBy?.seq ?? null])

describe("corrections", () => {
  test("a corrected row keeps its place and points at its correction, link by link", () => {
    expect(kinds(aTry(1), aStep(2), aTry(3, { amends: "step-1" }), aTry(4, { amends: "step-3" }))).toEqual([
      [1, "tried", 3],
      [2, "said", null],
      [3, "tried", 4],
      [4, "tried", null],
    ])
  })

  test("of one name the last fact stands, and a corrected one does not", () => {
    const { facts } = ledgerOf([aFact(1), aFact(2, { name: "version", value: "2409" }), aFact(3, { name: "Build", value: "17928" }), aFact(4, { name: "Build", value: "17929", amends: "step-3" })])
    expect(facts.map(({ name, value }) => [name, value])).toEqual([
      ["version", "2409"],
      ["Build", "17929"],
    ])
  })
})

describe("what came of an advice", () => {
  const advice = aStep(1, { kind: "advice", content: "Clear the cache", target: "NW-LT-114", author_id: "u-sam", author_name: "Sam" })
  const result = aStep(2, { kind: "action_result", content: null, reply_to: "step-1", outcome: "worked", observed: "Mail arrives" })

  test("an open advice is to do", () => {
    const ledger = ledgerOf([advice])
    expect(ledger.actions).toEqual([advice])
    expect(ledger.entries[0]).toMatchObject({ is: "proposal", outcome: null })
  })

  test("its result is a row that names the advice, and it is to do no more", () => {
    const ledger = ledgerOf([advice, result])
    expect(ledger.actions).toEqual([])
    expect(ledger.entries[0]).toMatchObject({ is: "proposal", outcome: "worked" })
    expect(ledger.entries[1]).toMatchObject({ is: "tried", row: { what: "Clear the cache", target: "NW-LT-114", observed: "Mail arrives", outcome: "worked" } })
  })
})

test("a question is open until it is answered", () => {
  const question = aStep(1, { kind: "question", content: "Since when?" })
  expect(ledgerOf([question]).questions).toEqual([question])
  expect(ledgerOf([question, aStep(2, { kind: "answer", reply_to: "step-1" })]).questions).toEqual([])
})

test("every entry can be said in a sentence", () => {
  const { entries } = ledgerOf([aTry(1), aFact(2), aStep(3)])
  expect(entries.map(sentence)).toEqual(["Jane Doe tried: Restarted Outlook, failed", "Jane Doe added a fact: Version, 2408", "Jane Doe: Note 3"])
})
