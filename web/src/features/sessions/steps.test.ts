import { expect, test } from "vitest"
import { knownThrough, merge } from "./steps"
import { aStep } from "./tests/cases"

const steps = Array.from({ length: 9 }, (_, index) => aStep(index + 1))

test("steps stand in order and once each, whatever came first and how often", () => {
  for (let round = 0; round < 50; round += 1) {
    const batches = Array.from({ length: 12 }, () => steps.filter(() => Math.random() < 0.4))
    const merged = [...batches, steps].reduce<readonly (typeof steps)[number][]>((known, news) => merge(known, [...news].reverse()), [])
    expect(merged).toEqual(steps)
  }
})

test("adding what is known changes nothing", () => {
  const known = merge([], steps)
  expect(merge(known, steps.slice(2, 5))).toBe(known)
})

test("what is known ends before the first hole", () => {
  expect(knownThrough([])).toBe(0)
  expect(knownThrough(steps)).toBe(9)
  expect(knownThrough(steps.filter(({ seq }) => seq !== 4))).toBe(3)
})
