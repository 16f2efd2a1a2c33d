import { useRef, useState } from "react"
import { flushSync } from "react-dom"
import { useAddStep } from "./actions"
import { correctionOf, EMPTY_DRAFT, kindOf, sent, stepOf, type Draft, type Mode } from "./composer"
import { useDraft } from "./drafts"
import { goToEntry, type Correctable } from "./EntryRow"
import type { Talk } from "./talk"

/** The entry being written: kept until it is sent, whatever fails or reloads. `talk`: null where one does not talk to the assistant. */
export function useComposer(sessionId: string, personId: string, talk: Talk | null) {
  const [kept, change] = useDraft(`${personId}.${sessionId}`, EMPTY_DRAFT)
  const draft = kept.mode === "ask" && talk === null ? { ...kept, mode: "note" as const } : kept
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
    if (step.kind === "message") {
      talk?.say.mutate({ content: step.content }, { onSuccess: () => change((now) => (now.ask === draft.ask ? sent(now) : now)) })
      return
    }
    add.mutate(step, {
      onSuccess: ({ id }) => {
        flushSync(() => change((now) => (now === kept ? sent(draft) : now)))
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
    mayAsk: talk !== null,
    failure: kindOf(draft) === "ask" ? (talk?.say.error ?? null) : add.error,
    isSending: kindOf(draft) === "ask" ? (talk?.say.isPending ?? false) : add.isPending,
    form,
    begin: (mode: Mode) => writeAndFocus({ ...draft, mode, correction: null }),
    note: (words: string) => writeAndFocus({ ...draft, mode: "note", correction: null, note: draft.note.trim() === "" ? words : `${draft.note}\n${words}` }),
    correct: (entry: Correctable) => writeAndFocus({ ...draft, correction: correctionOf(entry) }),
    dropCorrection: () => writeAndFocus({ ...draft, correction: null }),
  }
}

export type Writing = ReturnType<typeof useComposer>
