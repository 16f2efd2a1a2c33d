import { useState } from "react"
import { sentenceOf } from "@/lib/api/problem"
import type { Session, User } from "@/lib/api/types"
import { Button, later, Notice, RelativeTime } from "@/ui"
import { useMove } from "./actions"
import type { Standing } from "./standing"

const DocumentationDialog = later(() => import("./DocumentationDialog").then((module) => module.DocumentationDialog))

type Props = { session: Session; standing: Standing; me: User }

/** Why this session does not simply go on here, and the way on. */
export function StandingNotice(props: Props) {
  const { session, standing, me } = props
  if (session.status === "resolved") return <Resolved {...props} />
  if (session.status === "parked") return <Parked {...props} />
  if (standing.isOwner || standing.isHolder || standing.isWaiting) return null
  return (
    <Notice className="mb-4">
      {session.holder_name ?? session.user_name} is working on this. {me.role === "viewer" ? "You can read along; viewers do not add to it." : "You can read along."}{" "}
      {standing.mayTakeOver && <TakeOver session={session} />}
    </Notice>
  )
}

function Resolved({ session, standing }: Props) {
  const reopen = useMove(session.id, "reopen")
  const [reads, setReads] = useState(false)
  return (
    <Notice
      tone="green"
      className="mb-4"
      actions={
        <>
          <Button size="small" onClick={() => setReads(true)} onPointerEnter={DocumentationDialog.preload} onFocus={DocumentationDialog.preload}>
            Documentation
          </Button>
          {standing.mayReopen && (
            <Button size="small" pending={reopen.isPending} onClick={() => reopen.mutate()}>
              Reopen
            </Button>
          )}
        </>
      }
    >
      <p>
        {standing.isHolder ? "You" : (session.holder_name ?? session.user_name)} resolved this{" "}
        {session.resolved_at !== null && <RelativeTime at={session.resolved_at} ago />}.
      </p>
      {session.resolution !== null && <p className="font-medium [overflow-wrap:anywhere] whitespace-pre-line">{session.resolution}</p>}
      <Failure error={reopen.error} />
      {reads && <DocumentationDialog sessionId={session.id} onClose={() => setReads(false)} />}
    </Notice>
  )
}

function Parked({ session, standing }: Props) {
  const resume = useMove(session.id, "resume")
  return (
    <Notice
      tone="amber"
      className="mb-4"
      actions={
        standing.mayResume && (
          <Button size="small" variant="primary" pending={resume.isPending} onClick={() => resume.mutate()}>
            Resume
          </Button>
        )
      }
    >
      {standing.isOwner ? "You parked this. Nobody was told, and it waits here until you resume it." : `${session.user_name} parked this.`} {standing.mayTakeOver && <TakeOver session={session} />}
      <Failure error={resume.error} />
    </Notice>
  )
}

/** Two clicks: it takes a case out of a colleague's hands. */
function TakeOver({ session }: { session: Session }) {
  const [asked, setAsked] = useState(false)
  const takeOver = useMove(session.id, "take-over")
  if (!asked)
    return (
      <Button size="small" variant="quiet" className="!text-accent" onClick={() => setAsked(true)}>
        Take over …
      </Button>
    )
  return (
    <span className="mt-2 flex flex-wrap items-center gap-2">
      It becomes yours to work on; {session.user_name} keeps reading and adding notes.
      <Button size="small" variant="primary" pending={takeOver.isPending} onClick={() => takeOver.mutate()}>
        Take over
      </Button>
      <Button size="small" variant="quiet" onClick={() => setAsked(false)}>
        Leave it
      </Button>
      <Failure error={takeOver.error} />
    </span>
  )
}

function Failure({ error }: { error: unknown }) {
  if (error === null) return null
  return (
    <p role="alert" className="text-small text-red">
      {sentenceOf(error)}
    </p>
  )
}
