import type { KeyboardEvent } from "react"
import { sentenceOf } from "@/lib/api/problem"
import { Button, cx, Icon, Kbd, Notice } from "@/ui"
import { kindOf, type Mode } from "./composer"
import { AskField, FactFields, NoteField, TriedFields } from "./EntryFields"
import type { Writing } from "./useComposer"

const MODES: readonly { mode: Mode; word: string; keys: string; save: string }[] = [
  { mode: "ask", word: "Ask", keys: "m", save: "Send" },
  { mode: "note", word: "Note", keys: "n", save: "Add note" },
  { mode: "tried", word: "Tried", keys: "t", save: "Add what was tried" },
  { mode: "fact", word: "Fact", keys: "f", save: "Add fact" },
]

/** Where entries are written; always in reach at the bottom of the screen. */
export function Composer({ writing }: { writing: Writing }) {
  const { draft, write, submit, missing, failure, isSending, form } = writing
  const kind = kindOf(draft)
  const save = draft.correction ? "Save correction" : (MODES.find(({ mode }) => mode === kind)?.save ?? "Add")
  return (
    <form
      ref={form}
      aria-label="Add to the session"
      className="sticky bottom-0 z-10 -mx-4 mt-4 border-t bg-surface p-3 shadow-float sm:mx-0 sm:rounded-t sm:border"
      onKeyDown={(event) => isSubmit(event) && submit()}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {draft.correction ? <Correcting what={draft.correction.said} onDrop={writing.dropCorrection} /> : <Modes chosen={draft.mode} mayAsk={writing.mayAsk} onChoose={writing.begin} />}
      <div className="mt-2 grid gap-2">
        {kind === "ask" && <AskField ask={draft.ask} onChange={(ask) => write({ ...draft, ask })} onSend={submit} />}
        {kind === "note" && <NoteField note={draft.note} onChange={(note) => write({ ...draft, note })} />}
        {kind === "tried" && draft.correction?.kind !== "tried" && <TriedFields tried={draft.tried} onChange={(tried) => write({ ...draft, tried })} />}
        {kind === "fact" && draft.correction?.kind !== "fact" && <FactFields fact={draft.fact} onChange={(fact) => write({ ...draft, fact })} />}
        <CorrectionFields writing={writing} />
        {failure && (
          <Notice tone="red" role="alert">
            {kind === "ask" ? "Not sent" : "Not saved"}. {sentenceOf(failure)} What you typed is still here.
          </Notice>
        )}
        <div className="flex items-center justify-end gap-3">
          {missing !== null && (
            <p role="alert" className="text-small text-red">
              {missing}
            </p>
          )}
          <Button type="submit" variant="primary" pending={isSending} keys={kind === "ask" ? "Enter" : "mod+Enter"}>
            {failure ? "Try again" : save}
          </Button>
        </div>
      </div>
    </form>
  )
}

function CorrectionFields({ writing: { draft, write } }: { writing: Writing }) {
  const { correction } = draft
  if (correction?.kind === "tried") return <TriedFields key={correction.stepId} tried={correction.tried} onChange={(tried) => write({ ...draft, correction: { ...correction, tried } })} />
  if (correction?.kind === "fact") return <FactFields key={correction.stepId} fact={correction.fact} onChange={(fact) => write({ ...draft, correction: { ...correction, fact } })} />
  return null
}

function Modes({ chosen, mayAsk, onChoose }: { chosen: Mode; mayAsk: boolean; onChoose: (mode: Mode) => void }) {
  return (
    <div role="group" aria-label="Kind of entry" className="flex gap-1">
      {MODES.filter(({ mode }) => mayAsk || mode !== "ask").map(({ mode, word, keys }) => (
        <button
          key={mode}
          type="button"
          aria-pressed={mode === chosen}
          onClick={() => onChoose(mode)}
          className={cx(
            "inline-flex h-7 items-center gap-1.5 rounded px-2.5 transition-colors duration-100 pointer-coarse:h-9",
            mode === chosen ? "bg-accent-dim font-medium text-accent" : "text-ink-dim hover:bg-sunken hover:text-ink",
          )}
        >
          {word} <Kbd keys={keys} className="pointer-coarse:hidden" />
        </button>
      ))}
    </div>
  )
}

function Correcting({ what, onDrop }: { what: string; onDrop: () => void }) {
  return (
    <div className="flex items-center gap-2">
      <Icon name="undo" className="text-ink-faint" />
      <p className="min-w-0 grow truncate">
        <span className="text-ink-dim">Correcting</span> {what}
      </p>
      <Button size="small" variant="quiet" onClick={onDrop}>
        Leave it as it is
      </Button>
    </div>
  )
}

export const isSubmit = (event: KeyboardEvent): boolean => event.key === "Enter" && (event.metaKey || event.ctrlKey) && !event.nativeEvent.isComposing
