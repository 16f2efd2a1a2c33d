import { useQuery } from "@tanstack/react-query"
import { Link, getRouteApi } from "@tanstack/react-router"
import { useTitle } from "@/lib/title"
import { Avatar, Button, TextField } from "@/ui"
import { EntranceForm, EntrancePage, fieldError } from "./EntrancePage"
import { metaQuery, useSignIn } from "./entrance"

const route = getRouteApi("/entrance/sign-in")

export function SignInPage() {
  useTitle("Sign in")
  const { next } = route.useSearch()
  const { data: meta } = useQuery(metaQuery)
  const signIn = useSignIn()
  const mayRegister = meta?.registration === "open" || meta?.registration === "first"
  return (
    <EntrancePage
      title="Sign in"
      below={
        mayRegister && (
          <>
            New here?{" "}
            <Link to="/sign-up" search={next === undefined ? {} : { next }} className="text-accent underline underline-offset-2">
              Set up your company
            </Link>
          </>
        )
      }
    >
      <EntranceForm error={signIn.error} onSubmit={(value) => signIn.mutate({ email: value("email").trim(), password: value("password") })}>
        <TextField label="E-mail" name="email" type="email" autoComplete="username" required autoFocus error={fieldError(signIn.error, "email")} />
        <TextField label="Password" name="password" type="password" autoComplete="current-password" required error={fieldError(signIn.error, "password")} />
        <Button type="submit" variant="primary" pending={signIn.isPending}>
          Sign in
        </Button>
      </EntranceForm>
      {meta?.demo_sign_ins && (
        <section aria-labelledby="demo" className="mt-6 border-t pt-4">
          <h2 id="demo" className="font-medium">
            Demo sign-ins
          </h2>
          <p className="mb-2 text-small text-ink-dim">One click signs in. Take a private window for the second person.</p>
          <ul className="grid gap-1">
            {meta.demo_sign_ins.map(({ name, email, password, role }) => (
              <li key={email}>
                <Button variant="quiet" className="h-10 w-full justify-start gap-2.5" onClick={() => signIn.mutate({ email, password })} disabled={signIn.isPending}>
                  <Avatar name={name} />
                  <span className="text-ink">{name}</span>
                  <span className="text-small">{role}</span>
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </EntrancePage>
  )
}
