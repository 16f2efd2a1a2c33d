import { isEngineer, useMe } from "@/features/accounts/me"
import { EscalatedNotice } from "@/features/handoffs/EscalatedNotice"
import { WaitingList } from "@/features/handoffs/WaitingList"
import { StartSession } from "@/features/sessions/StartSession"
import { YourSessions } from "@/features/sessions/YourSessions"
import { useTitle } from "@/lib/title"
import { PageHeader } from "@/ui"

export function DashboardPage() {
  const { user } = useMe()
  useTitle("Dashboard")
  return (
    <>
      <PageHeader title="Dashboard" />
      <div className="grid gap-6">
        <EscalatedNotice />
        {isEngineer(user) && <StartSession />}
        <div className="grid items-start gap-6 *:min-w-0 xl:grid-cols-2">
          <YourSessions />
          {isEngineer(user) && <WaitingList />}
        </div>
      </div>
    </>
  )
}
