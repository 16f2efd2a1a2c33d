import { useQuery } from "@tanstack/react-query"
import { getRouteApi, Link } from "@tanstack/react-router"
import { useTitle } from "@/lib/title"
import { Button, Loading, TextField } from "@/ui"
import { EntranceForm, EntrancePage, fieldError } from "./EntrancePage"
import { metaQuery, useSignUp } from "./entrance"

const route = getRouteApi("/entrance/sign-up")

export function SignUpPage() {
  useTitle("Set up your company")
  const { next } = route.useSearch()
  const { data: meta, isPending } = useQuery(metaQuery)
  const signIn = (
    <Link to="/sign-in" search={next === undefined ? {} : { next }} className="text-accent underline underline-offset-2">
      Sign in
    </Link>
  )
  if (isPending)
    return (
      <EntrancePage title="Set up your company">
        <Loading what="Asking the server" />
      </EntrancePage>
    )
  if (meta?.registration === "invite")
    return (
      <EntrancePage title="Only by invitation" below={signIn}>
        <p className="text-ink-dim">This installation takes people by invitation. Ask an admin of your account for a link.</p>
      </EntrancePage>
    )
  return (
    <EntrancePage title="Set up your company" below={<>Already have an account? {signIn}</>}>
      <SignUpForm />
    </EntrancePage>
  )
}

function SignUpForm() {
  const { error, isPending, mutate } = useSignUp()
  return (
    <EntranceForm
      error={error}
      onSubmit={(value) => mutate({ account_name: value("account_name").trim(), name: value("name").trim(), email: value("email").trim(), password: value("password") })}
    >
      <TextField label="Company" name="account_name" autoComplete="organization" required autoFocus error={fieldError(error, "account_name")} />
      <TextField label="Your name" name="name" autoComplete="name" required error={fieldError(error, "name")} />
      <TextField label="E-mail" name="email" type="email" autoComplete="username" required error={fieldError(error, "email")} />
      <TextField label="Password" name="password" type="password" autoComplete="new-password" required minLength={8} hint="At least 8 characters." error={fieldError(error, "password")} />
      <Button type="submit" variant="primary" pending={isPending}>
        Set up
      </Button>
    </EntranceForm>
  )
}
