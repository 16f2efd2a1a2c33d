import { sentenceOf } from "@/lib/api/problem"
import { toast } from "@/lib/toast"
import { Button } from "@/ui"
import { useStillOnIt } from "./actions"

/** Keeps what one picked up without having written anything yet. */
export function StillOnItButton({ sessionId, handoffId }: { sessionId: string; handoffId: string }) {
  const renew = useStillOnIt(sessionId)
  const act = () =>
    renew.mutate(handoffId, {
      onSuccess: () => toast("Good. It stays with you."),
      onError: (error) => toast(sentenceOf(error), { tone: "amber" }),
    })
  return (
    <Button size="small" pending={renew.isPending} onClick={act}>
      Still on it
    </Button>
  )
}
