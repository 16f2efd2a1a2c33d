import { expect, test } from "vitest"
import names from "./icons.tsx?raw"
import sprite from "./icons.svg?raw"

test("every icon name stands in the sprite, and the sprite holds nothing else", () => {
  const named = [...names.matchAll(/^ {2}\| "(\w+)"$/gm)].map(([, name]) => name)
  const drawn = [...sprite.matchAll(/<symbol id="(\w+)"/g)].map(([, id]) => id)
  expect(named.length).toBeGreaterThan(10)
  expect(drawn).toEqual(named)
})
