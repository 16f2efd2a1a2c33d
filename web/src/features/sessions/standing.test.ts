import { expect, test } from "vitest"
import type { Role, SessionStatus } from "@/lib/api/types"
import { standingOf } from "./standing"

const may = (id: string, role: Role, status: SessionStatus, holder: string | null) => {
  const standing = standingOf({ status, user_id: "jane", holder_id: holder }, { id, role })
  const rights = Object.entries(standing).flatMap(([name, value]) => (name.startsWith("may") && value === true ? [name.slice(3)] : []))
  const adds = (["note", "answer", "action_result"] as const).filter((kind) => standing.mayAdd(kind))
  return [...rights, ...adds]
}

test.each([
  ["her own", may("jane", "engineer", "active", "jane"), ["Change", "HandOff", "Resolve", "note", "answer", "action_result"]],
  ["her own while it waits", may("jane", "engineer", "escalated", null), ["Change", "Resolve", "note", "answer"]],
  ["her own with a colleague", may("jane", "engineer", "active", "sam"), ["Change", "note", "answer"]],
  ["her own, parked", may("jane", "engineer", "parked", "jane"), ["Change", "Resolve", "Resume"]],
  ["her own, resolved by a colleague", may("jane", "engineer", "resolved", "sam"), ["Reopen"]],
  ["what he holds", may("sam", "engineer", "active", "sam"), ["Change", "HandOff", "Resolve", "note", "answer", "action_result"]],
  ["what waits for anybody", may("sam", "engineer", "escalated", null), []],
  ["a colleague's, as an admin", may("dana", "admin", "active", "jane"), ["TakeOver"]],
  ["a colleague's, parked, as the owner", may("priya", "owner", "parked", "jane"), ["TakeOver"]],
  ["anything, as a viewer", may("jane", "viewer", "active", "jane"), []],
])("the table of who may do what: %s", (_, rights, expected) => expect(rights).toEqual(expected))
