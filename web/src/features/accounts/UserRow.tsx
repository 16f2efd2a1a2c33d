import { sentenceOf } from "@/lib/api/problem"
import type { Role, User } from "@/lib/api/types"
import { now } from "@/lib/clock"
import { clockTime } from "@/lib/time"
import { toast } from "@/lib/toast"
import { Avatar, Badge, Button, cx, Select, Switch } from "@/ui"
import { isAdmin, isEngineer } from "./me"
import { grantable, ROLES } from "./roles"
import { useChangeUser, type UserChange } from "./team"

/** One person of the team; admins change them in place, refusals are said and undone. */
export function UserRow({ user, me }: { user: User; me: User }) {
  const change = useChangeUser(user)
  const apply = (what: UserChange) => change.mutate(what, { onError: (error) => toast(sentenceOf(error), { tone: "red" }) })
  const mine = user.id === me.id
  const mayChange = isAdmin(me) && (user.role !== "owner" || me.role === "owner")
  return (
    <tr className="border-t *:px-4 *:py-2.5 max-md:grid max-md:grid-cols-[1fr_auto] max-md:items-center max-md:gap-3 max-md:p-4 max-md:*:p-0 max-md:*:empty:hidden">
      <td className="max-md:col-span-2">
        <span className={cx("flex items-center gap-2.5", !user.is_active && "text-ink-faint")}>
          <Avatar name={user.name} />
          <span className="grid min-w-0">
            <span className="flex flex-wrap items-center gap-1.5 font-medium">
              {user.name}
              {mine && <Badge>you</Badge>}
              {!user.is_active && <Badge>Deactivated</Badge>}
              <Away until={user.away_until} />
            </span>
            <span className="truncate text-small text-ink-dim">{user.email}</span>
          </span>
        </span>
      </td>
      <td>
        {mayChange && user.is_active ? (
          <Select
            bare
            label={`Role of ${user.name}`}
            className="w-36"
            value={user.role}
            disabled={change.isPending}
            options={grantable(me.role === "owner")}
            onChange={(event) => apply({ role: event.target.value as Role })}
          />
        ) : (
          ROLES[user.role].word
        )}
      </td>
      <td>
        {isEngineer(user) && user.is_active ? (
          <Switch
            label={
              <>
                <span className="text-small text-ink-dim md:sr-only">Picks up</span>
                <span className="sr-only">: {user.name}</span>
              </>
            }
            checked={user.takes_escalations}
            disabled={!mayChange || change.isPending}
            onChange={(on) => apply({ takes_escalations: on })}
            className="items-center max-md:flex-row-reverse"
          />
        ) : (
          <span className="text-ink-faint">–</span>
        )}
      </td>
      <td className="text-right max-md:col-span-2">
        {mayChange && !mine && (
          <Button size="small" variant="quiet" pending={change.isPending} onClick={() => apply({ is_active: !user.is_active })}>
            {user.is_active ? "Deactivate" : "Reactivate"}
            <span className="sr-only"> {user.name}</span>
          </Button>
        )}
      </td>
    </tr>
  )
}

function Away({ until }: { until: string | null }) {
  if (until === null || Date.parse(until) <= now()) return null
  return (
    <Badge tone="amber" icon="clock">
      Away until {clockTime(until, now())}
    </Badge>
  )
}
