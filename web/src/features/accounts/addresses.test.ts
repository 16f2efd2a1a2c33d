import { expect, test } from "vitest"
import { addressesIn } from "./addresses"

test("addresses are found between names, commas and lines, each once", () => {
  expect(addressesIn('Ana Lee <ana@northwind.example>, ben@northwind.example;\n"Sam" sam@northwind.example ANA@northwind.example')).toEqual([
    "ana@northwind.example",
    "ben@northwind.example",
    "sam@northwind.example",
  ])
})

test("a full stop after an address does not belong to it", () => {
  expect(addressesIn("Please invite ana@northwind.example.")).toEqual(["ana@northwind.example"])
})

test("text without an address has none", () => {
  expect(addressesIn("ana at northwind, @sam, x@y")).toEqual([])
})
