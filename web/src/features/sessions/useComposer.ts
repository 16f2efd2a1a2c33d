import { useRef, useState } from "react"
import { flushSync } from "react-dom"
import { useAddStep } from "./actions"
import { correctionOf, EMPTY_DRAFT, sent, stepOf, type Draft, type Mode } from "./composer"
import { useDraft } from "./drafts"
import { goToEntry, type Correctable } from "./EntryRow"

/** The entry being written: kept until it is sent, whatever fails or reloads. */
export function useComposer(sessionId: string, personId: string) {
  const [draft, change] = useDraft(`${personId}.${sessionId}`, EMPTY_DRAFT)
  const [missing, setMissing] = useState<string | null>(null)
  const add = useAddStep(sessionId)
  const form = useRef<HTMLFormElement>(null)

  const write = (next: Draft) => {
    setMissing(null)
    change(next)
  }
  const writeAndFocus = (next: Draft) => {
    flushSync(() => write(next))
    form.current?.querySelector<HTMLElement>("[data-first]")?.focus()
    form.current?.scrollIntoView({ block: "nearest" })
  }
  const submit = () => {
    const step = stepOf(draft)
    if (typeof step === "string") {
      setMissing(step)
      return
    }
    setMissing(null)
    add.mutate(step, {
      onSuccess: ({ id }) => {
        flushSync(() => change((now) => (now === draft ? sent(now) : now)))
        goToEntry(id)
        form.current?.querySelector<HTMLElement>("[data-first]")?.focus({ preventScroll: true })
      },
    })
  }
  return {
    draft,
    write,
    submit,
    missing,
    failure: add.error,
    isSending: add.isPending,
    form,
    begin: (mode: Mode) => writeAndFocus({ ...draft, mode, correction: null }),
    correct: (entry: Correctable) => writeAndFocus({ ...draft, correction: correctionOf(entry) }),
    dropCorrection: () => writeAndFocus({ ...draft, correction: null }),
  }
}

export type Writing = ReturnType<typeof useComposer>
