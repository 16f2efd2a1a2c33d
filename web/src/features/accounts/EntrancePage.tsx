import type { SubmitEvent, ReactNode } from "react"
import { Problem, sentenceOf } from "@/lib/api/problem"
import { Notice } from "@/ui"

/** The frame of the pages before sign-in: the product's name, one card, what else one can do. */
export function EntrancePage({ title, children, below }: { title: string; children: ReactNode; below?: ReactNode }) {
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-100 content-start gap-4 px-4 pt-[14vh] pb-10">
      <p className="flex items-center justify-center gap-2 font-semibold tracking-tight">
        <img src="/icon.svg" alt="" width="24" height="24" className="size-6" />
        ResolutionFlow
      </p>
      <div className="rounded border bg-surface p-6">
        <h1 className="mb-4 text-title font-semibold tracking-tight text-balance">{title}</h1>
        {children}
      </div>
      {below !== undefined && <div className="text-center text-ink-dim">{below}</div>}
    </main>
  )
}

/** A form that answers with the values of its named inputs, and shows above them what the server refused. */
export function EntranceForm({ error, onSubmit, children }: { error: unknown; onSubmit: (value: (name: string) => string) => void; children: ReactNode }) {
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const values = new FormData(event.currentTarget)
    onSubmit((name) => {
      const value = values.get(name)
      return typeof value === "string" ? value : ""
    })
  }
  return (
    <form onSubmit={submit} className="grid gap-4" noValidate>
      {error !== null && !hasFields(error) && (
        <Notice tone="red" role="alert">
          {sentenceOf(error)}
        </Notice>
      )}
      {children}
    </form>
  )
}

export const fieldError = (error: unknown, name: string): string | undefined => (error instanceof Problem ? error.field(name) : undefined)

const hasFields = (error: unknown): boolean => error instanceof Problem && error.fields.length > 0
