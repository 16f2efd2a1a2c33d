import { useQuery } from "@tanstack/react-query"
import { isEngineer, useMe } from "@/features/accounts/me"
import { usersQuery } from "@/features/accounts/team"
import type { User } from "@/lib/api/types"
import { now } from "@/lib/clock"
import { clockTime } from "@/lib/time"

/** Who could be given a case: active, not a viewer, not oneself. */
export function useColleagues() {
  const { user } = useMe()
  const { data, error } = useQuery(usersQuery)
  return { colleagues: data?.filter((each) => each.is_active && isEngineer(each) && each.id !== user.id), error }
}

/** A colleague in a list to choose from, with until when they are away. */
export function choiceOf({ id, name, away_until: until }: User) {
  return { value: id, label: until !== null && Date.parse(until) > now() ? `${name} · away until ${clockTime(until, now())}` : name }
}
