import { sentenceOf } from "@/lib/api/problem"
import { toast } from "@/lib/toast"
import { Button } from "@/ui"
import { useWithdraw, winnerIn } from "./actions"

/** Takes one's own escalation back. When somebody was faster it says who. */
export function WithdrawButton({ sessionId, handoffId, size = "small" }: { sessionId: string; handoffId: string; size?: "normal" | "small" }) {
  const withdraw = useWithdraw(sessionId)
  const act = () =>
    withdraw.mutate(handoffId, {
      onSuccess: () => toast("Withdrawn. The session is yours and active again."),
      onError: (error) => {
        const winner = winnerIn(error)
        toast(winner === null ? sentenceOf(error) : `${winner} has picked it up already.`, { tone: "amber" })
      },
    })
  return (
    <Button size={size} pending={withdraw.isPending} onClick={act}>
      Withdraw
    </Button>
  )
}
