import { useQuery } from "@tanstack/react-query"
import { isEngineer, useMe } from "@/features/accounts/me"
import { queueQuery, waitsForMe } from "./queue"

/** How many cases wait for somebody like me: live, without my own; 0 until known. */
export function useWaitingCount(): number {
  const { user } = useMe()
  const { data = 0 } = useQuery({ ...queueQuery, enabled: isEngineer(user), select: ({ items }) => items.filter((card) => waitsForMe(card, user.id)).length })
  return data
}
