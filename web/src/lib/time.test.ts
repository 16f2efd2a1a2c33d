import { expect, test } from "vitest"
import { age, ageStep, duration } from "./time"

test.each([
  [0, "0 s"],
  [-3, "0 s"],
  [41.6, "42 s"],
  [59.6, "1 min"],
  [60, "1 min"],
  [204, "3.4 min"],
  [3_600, "1 h"],
  [9_000, "2.5 h"],
  [3 * 86_400, "3 d"],
])("%d seconds read as %s", (seconds, text) => {
  expect(duration(seconds)).toBe(text)
})

test("ticking text never jumps ahead: it rounds down", () => {
  expect([age(59.9), age(65), age(11 * 60 + 59)]).toEqual(["59 s", "1 min", "11 min"])
})

test("the older the text, the more seldom it ticks", () => {
  expect([ageStep(5), ageStep(90), ageStep(4_000)]).toEqual([1_000, 6_000, 60_000])
})
