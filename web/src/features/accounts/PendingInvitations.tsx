import { useQuery } from "@tanstack/react-query"
import { sentenceOf } from "@/lib/api/problem"
import { now } from "@/lib/clock"
import { clockTime } from "@/lib/time"
import { toast } from "@/lib/toast"
import { Button, Card, ErrorState } from "@/ui"
import { ROLES } from "./roles"
import { invitationsQuery, useRevokeInvitation } from "./team"

/** Invitations nobody has accepted yet. Their links were shown once; a lost one is revoked and sent anew. */
export function PendingInvitations() {
  const { data, error, refetch, isFetching } = useQuery(invitationsQuery)
  const revoke = useRevokeInvitation()
  if (error) return <ErrorState error={error} retry={() => void refetch()} retrying={isFetching} />
  if (!data || data.length === 0) return null
  return (
    <section aria-labelledby="pending" className="mt-8">
      <h2 id="pending" className="mb-2 text-heading font-semibold">
        Invited, not here yet
      </h2>
      <Card className="p-0">
        <ul className="divide-y">
          {data.map(({ id, email, role, expires_at }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2">
              <span className="min-w-0 grow truncate">{email}</span>
              <span className="text-small text-ink-dim">
                {ROLES[role].word} · valid until {clockTime(expires_at, now())}
              </span>
              <Button
                size="small"
                variant="quiet"
                pending={revoke.isPending && revoke.variables === id}
                onClick={() => revoke.mutate(id, { onError: (failure) => toast(sentenceOf(failure), { tone: "red" }) })}
              >
                Revoke<span className="sr-only"> the invitation of {email}</span>
              </Button>
            </li>
          ))}
        </ul>
      </Card>
    </section>
  )
}
