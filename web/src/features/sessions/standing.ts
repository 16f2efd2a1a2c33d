import type { Session, Step, User } from "@/lib/api/types"

/** What one person may do with a session as it stands; the server judges again, by the same table. */
export type Standing = {
  isOwner: boolean
  isHolder: boolean
  isWaiting: boolean
  mayAdd: (kind: Step["kind"]) => boolean
  mayChange: boolean
  mayHandOff: boolean
  mayResolve: boolean
  mayResume: boolean
  mayReopen: boolean
  mayTakeOver: boolean
}

type Person = Pick<User, "id" | "role">
type Case = Pick<Session, "status" | "user_id" | "holder_id">

const OWNER_MAY_ADD: readonly Step["kind"][] = ["note", "tried", "fact", "answer"]

export function standingOf({ status, user_id: owner, holder_id: holder }: Case, { id, role }: Person): Standing {
  const works = role !== "viewer"
  const isOwner = owner === id
  const isHolder = holder === id
  const isWaiting = status === "escalated" || status === "requesting_escalation"
  const isOpen = status === "active" || isWaiting
  const isWithColleague = status === "active" && holder !== owner
  return {
    isOwner,
    isHolder,
    isWaiting,
    mayAdd: (kind) => works && isOpen && (isHolder || (isOwner && OWNER_MAY_ADD.includes(kind))),
    mayChange: works && status !== "resolved" && (isOwner || isHolder),
    mayHandOff: works && status === "active" && isHolder,
    mayResolve: works && status !== "resolved" && (isHolder || (isOwner && !isWithColleague)),
    mayResume: works && status === "parked" && isOwner,
    mayReopen: works && status === "resolved" && (isOwner || isHolder),
    mayTakeOver: (role === "admin" || role === "owner") && (status === "active" || status === "parked") && !isHolder && !(status === "parked" && isOwner),
  }
}
