import { useMutation } from "@tanstack/react-query"
import { useRef, type SubmitEvent } from "react"
import { api, done } from "@/lib/api/client"
import { Problem, sentenceOf } from "@/lib/api/problem"
import { toast } from "@/lib/toast"
import { Button, Card, Notice, TextField } from "@/ui"
import { fieldError } from "./EntrancePage"

/** A new password; other signed-in browsers of this person are signed out by it. */
export function PasswordForm() {
  const form = useRef<HTMLFormElement>(null)
  const { mutate, error, isPending } = useMutation({
    mutationFn: (body: { current_password: string; password: string }) => done(api.POST("/api/v1/auth/password", { body })),
    onSuccess: () => {
      form.current?.reset()
      toast("Password changed. Other browsers were signed out.", { tone: "green" })
    },
  })
  const save = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const values = new FormData(event.currentTarget)
    mutate({ current_password: values.get("current") as string, password: values.get("password") as string })
  }
  return (
    <Card as="section" aria-label="Password">
      <form ref={form} onSubmit={save} className="grid gap-4">
        {error && !(error instanceof Problem && error.fields.length > 0) && (
          <Notice tone="red" role="alert">
            {sentenceOf(error)}
          </Notice>
        )}
        <TextField label="Current password" name="current" type="password" autoComplete="current-password" required error={fieldError(error, "current_password")} />
        <TextField label="New password" name="password" type="password" autoComplete="new-password" required minLength={8} hint="At least 8 characters." error={fieldError(error, "password")} />
        <Button type="submit" className="justify-self-start" pending={isPending}>
          Change the password
        </Button>
      </form>
    </Card>
  )
}
