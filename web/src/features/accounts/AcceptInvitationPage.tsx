import { Link, useLocation, useNavigate } from "@tanstack/react-router"
import { currentAuth } from "@/lib/api/auth"
import { useTitle } from "@/lib/title"
import { Button, Notice, TextField } from "@/ui"
import { EntranceForm, EntrancePage, fieldError } from "./EntrancePage"
import { useAcceptInvitation, useSignOut } from "./entrance"

/** Somebody invited chooses a name and a password. A signed-in person is not silently replaced. */
export function AcceptInvitationPage() {
  useTitle("Accept the invitation")
  const token = useLocation({ select: ({ hash, search }) => hash || tokenIn(search) })
  const below = (
    <Link to="/sign-in" className="text-accent underline underline-offset-2">
      Sign in instead
    </Link>
  )
  if (token === "")
    return (
      <EntrancePage title="This link is not complete" below={below}>
        <p className="text-ink-dim">The address must end with the invitation's token. Copy the whole link, or ask for a new one.</p>
      </EntrancePage>
    )
  if (currentAuth().state === "signed-in")
    return (
      <EntrancePage title="You are signed in already">
        <SignOutFirst />
      </EntrancePage>
    )
  return (
    <EntrancePage title="Join your team" below={below}>
      <AcceptForm token={token} />
    </EntrancePage>
  )
}

/** Links carry the token behind `#`, where no server log sees it; one pasted as `?token=` is as good. */
const tokenIn = (search: object): string => ("token" in search && typeof search.token === "string" ? search.token : "")

function AcceptForm({ token }: { token: string }) {
  const { error, isPending, mutate } = useAcceptInvitation()
  const navigate = useNavigate()
  return (
    <EntranceForm error={error} onSubmit={(value) => mutate({ token, name: value("name").trim(), password: value("password") }, { onSuccess: () => void navigate({ to: "/", replace: true }) })}>
      <TextField label="Your name" name="name" autoComplete="name" required autoFocus error={fieldError(error, "name")} />
      <TextField label="Password" name="password" type="password" autoComplete="new-password" required minLength={8} hint="At least 8 characters." error={fieldError(error, "password")} />
      <Button type="submit" variant="primary" pending={isPending}>
        Join
      </Button>
    </EntranceForm>
  )
}

function SignOutFirst() {
  const signOut = useSignOut()
  return (
    <Notice
      actions={
        <Button size="small" pending={signOut.isPending} onClick={() => signOut.mutate()}>
          Sign out
        </Button>
      }
    >
      An invitation is for somebody new. Sign out to accept it in this browser, or open the link in a private window.
    </Notice>
  )
}
