import { describe, expect, test } from "vitest"
import { contrast } from "./test/contrast"
import css from "./tokens.css?raw"


const tokensOf = (selector: string): Record<string, string> => {
  const body = css.split(`${selector} {`)[1]?.split("}")[0] ?? ""
  return Object.fromEntries([...body.matchAll(/--([\w-]+): (oklch\([^/)]+\));/g)].map(([, name = "", value = ""]): [string, string] => [name, value]))
}

const grounds = ["page", "surface", "sunken"]
const tints = ["accent-dim", "amber-dim", "red-dim", "green-dim"]
const on = (inks: string[], papers: string[], least: number) => inks.flatMap((ink) => papers.map((paper) => [ink, paper, least] as const))
const pairs = [
  ...on(["ink", "ink-dim", "ink-faint", "accent", "accent-strong", "amber", "red", "green"], grounds, 4.5),
  ...on(["ink", "ink-dim"], tints, 4.5),
  ...["accent", "amber", "red", "green"].map((name) => [name, `${name}-dim`, 4.5] as const),
  ...on(["on-accent"], ["accent", "accent-strong"], 4.5),
  ...on(["on-red"], ["red", "red-strong"], 4.5),
  ...on(["line-strong"], grounds, 3),
]

describe.each([
  ["light", ":root"],
  ["dark", ':root[data-theme="dark"]'],
])("in the %s theme", (_theme, selector) => {
  const tokens = tokensOf(selector)
  test.each(pairs)("%s on %s has at least %d : 1", (ink, paper, least) => {
    expect(contrast(tokens[ink] ?? "", tokens[paper] ?? "")).toBeGreaterThanOrEqual(least)
  })
})

test("the contrast formula agrees with black on white", () => {
  expect(contrast("oklch(0 0 0)", "oklch(1 0 0)")).toBeCloseTo(21, 1)
})
