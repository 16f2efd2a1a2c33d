import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { useTitle } from "@/lib/title"
import { Button, Card, ErrorState, Icon, later, PageHeader, Skeleton } from "@/ui"
import { isAdmin, useMe } from "./me"
import { PendingInvitations } from "./PendingInvitations"
import { usersQuery } from "./team"
import { UserRow } from "./UserRow"

const InviteDialog = later(() => import("./InviteDialog").then((module) => module.InviteDialog))

export function TeamPage() {
  useTitle("Team")
  const { user: me, account } = useMe()
  const users = useQuery(usersQuery)
  const [inviting, setInviting] = useState(false)
  const admin = isAdmin(me)
  return (
    <>
      <PageHeader
        title="Team"
        actions={
          admin && (
            <Button variant="primary" icon={<Icon name="plus" />} onClick={() => setInviting(true)} onPointerEnter={InviteDialog.preload} onFocus={InviteDialog.preload}>
              Invite people
            </Button>
          )
        }
      >
        {account.name}. {admin ? "Who works here, and who picks up escalations." : "Admins invite people and change roles."}
      </PageHeader>
      <Card className="p-0">
        {users.data ? (
          <table className="w-full border-collapse text-left">
            <thead className="text-small text-ink-dim max-md:sr-only">
              <tr className="*:px-4 *:py-2 *:font-medium">
                <th scope="col">Name</th>
                <th scope="col">Role</th>
                <th scope="col">Picks up escalations</th>
                <th scope="col">
                  <span className="sr-only">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {users.data.map((user) => (
                <UserRow key={user.id} user={user} me={me} />
              ))}
            </tbody>
          </table>
        ) : users.error ? (
          <ErrorState error={users.error} retry={() => void users.refetch()} retrying={users.isFetching} />
        ) : (
          <Skeleton what="Reading the team" lines={5} className="p-4" />
        )}
      </Card>
      {admin && <PendingInvitations />}
      {inviting && <InviteDialog onClose={() => setInviting(false)} mayMakeOwner={me.role === "owner"} />}
    </>
  )
}
