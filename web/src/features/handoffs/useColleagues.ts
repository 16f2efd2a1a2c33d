import { useQuery } from "@tanstack/react-query"
import { isEngineer, useMe } from "@/features/accounts/me"
import { usersQuery } from "@/features/accounts/team"

/** Who could be given a case: active, not a viewer, not oneself. */
export function useColleagues() {
  const { user } = useMe()
  const { data, error } = useQuery(usersQuery)
  return { colleagues: data?.filter((each) => each.is_active && isEngineer(each) && each.id !== user.id), error }
}
