import type { Role } from "@/lib/api/types"

export const ROLES: Record<Role, { word: string; may: string }> = {
  owner: { word: "Owner", may: "everything" },
  admin: { word: "Admin", may: "team and settings, and an engineer's work" },
  engineer: { word: "Engineer", may: "works sessions, escalates and picks up" },
  viewer: { word: "Viewer", may: "reads" },
}

/** Only an owner grants, changes or removes owner. */
export const grantable = (byOwner: boolean): { value: Role; label: string }[] =>
  (Object.keys(ROLES) as Role[]).filter((role) => byOwner || role !== "owner").map((value) => ({ value, label: ROLES[value].word }))
