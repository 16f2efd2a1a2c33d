import type { Session } from "@/lib/api/types"
import { Icon } from "@/ui"

/** What goes along with the ask, and what seniors usually ask for besides. Nothing of it is required. */
export function WhatSeniorsSee({ session, facts }: { session: Session; facts: number }) {
  const counts = [count(session.tried_count, "thing tried", "things tried"), count(facts, "fact", "facts"), count(openOf(session), "open point", "open points")].filter((each) => each !== null)
  const whom = [session.client_name, session.contact?.name, session.device].filter(Boolean)
  const wanted = usuallyAskedFor(session)
  return (
    <div className="rounded bg-sunken px-3 py-2 text-small text-ink-dim">
      <p>
        <span className="font-medium text-ink">The senior sees</span> {[...whom, ...counts, "every step so far"].join(" · ")}.
      </p>
      {wanted.length > 0 && (
        <p className="mt-1 flex gap-1.5">
          <Icon name="help" className="size-3.5 translate-y-px" />
          Seniors usually ask for {listed(wanted)}.
        </p>
      )}
    </div>
  )
}

function usuallyAskedFor({ client_name: client, contact, device, tried_count: tried }: Session): string[] {
  const wanted: [boolean, string][] = [
    [client === null, "the client"],
    [!contact?.name && !contact?.phone, "the contact"],
    [Boolean(contact?.name) && !contact?.phone, `${contact?.name ?? "the contact"}'s number`],
    [device === null, "the device"],
    [tried === 0, "what was tried first"],
  ]
  return wanted.filter(([isMissing]) => isMissing).map(([, what]) => what)
}

const openOf = ({ task_lane: lane }: Session): number => lane.questions.length + lane.actions.length

const count = (value: number, one: string, many: string): string | null => (value === 0 ? null : `${value} ${value === 1 ? one : many}`)

const listed = (words: readonly string[]): string => (words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`)
