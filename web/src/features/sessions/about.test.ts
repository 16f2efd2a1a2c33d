import { expect, test } from "vitest"
import { clip, problemOrTicket, tabTitle, whereOf } from "./about"

test("the browser tab names the client first, then the problem, then the ticket", () => {
  expect(tabTitle({ client_name: "Northwind", title: "Outlook is failing to sync after the password was changed", psa_ticket_id: "12345" })).toBe("Northwind · Outlook is failing to sync after the password… #12345")
  expect(tabTitle({ client_name: null, title: "VPN drops", psa_ticket_id: null })).toBe("VPN drops")
})

test("text is cut at a word, and a long word in itself", () => {
  expect(clip("one two, three", 10)).toBe("one two…")
  expect(clip("incomprehensibilities", 8)).toBe("incompr…")
})

test("a command names client and device, and says so where one is not known", () => {
  expect(whereOf({ client_name: "Northwind", device: "NW-LT-114" })).toBe("Northwind · NW-LT-114")
  expect(whereOf({ client_name: "Northwind", device: "NW-LT-114" }, "NW-SRV-1")).toBe("Northwind · NW-SRV-1")
  expect(whereOf({ client_name: null, device: null })).toBe("Client not named · device not named")
})

test("a number alone is a ticket, a sentence is the problem", () => {
  expect(problemOrTicket(" #12345 ")).toEqual({ psa_ticket_id: "12345" })
  expect(problemOrTicket("48211")).toEqual({ psa_ticket_id: "48211" })
  expect(problemOrTicket("365 does not start")).toEqual({ problem_summary: "365 does not start" })
})
