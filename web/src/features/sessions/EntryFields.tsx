import { useState } from "react"
import { Button, Icon, TextArea, TextField } from "@/ui"
import type { FactDraft, TriedDraft } from "./composer"
import { OutcomeChoice } from "./OutcomeChoice"

const LINE = 300

export function AskField({ ask, onChange, onSend }: { ask: string; onChange: (ask: string) => void; onSend: () => void }) {
  return (
    <TextArea
      label="Message to the assistant"
      bare
      data-first
      placeholder="Tell the assistant what you see, or ask"
      rows={1}
      maxLength={20_000}
      value={ask}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || event.shiftKey || event.metaKey || event.ctrlKey || event.nativeEvent.isComposing) return
        event.preventDefault()
        onSend()
      }}
    />
  )
}

export function NoteField({ note, onChange }: { note: string; onChange: (note: string) => void }) {
  return <TextArea label="Note" bare data-first placeholder="What you see, hear or think" rows={1} maxLength={20_000} value={note} onChange={(event) => onChange(event.target.value)} />
}

/** What and how it went are enough; the rest is there when wanted, and stays open where it holds something. */
export function TriedFields({ tried, onChange }: { tried: TriedDraft; onChange: (tried: TriedDraft) => void }) {
  const [wantsMore, setWantsMore] = useState(false)
  const more = wantsMore || tried.target !== "" || tried.expected !== "" || tried.command !== ""
  const change = (part: Partial<TriedDraft>) => onChange({ ...tried, ...part })
  return (
    <>
      <div className="grid gap-2 sm:grid-cols-2">
        <TextArea label="What was tried" data-first rows={1} maxLength={20_000} value={tried.what} onChange={(event) => change({ what: event.target.value })} />
        <TextArea label="What was seen" optional rows={1} maxLength={100_000} value={tried.observed} onChange={(event) => change({ observed: event.target.value })} />
      </div>
      <OutcomeChoice name="outcome" value={tried.outcome} onChange={(outcome) => change({ outcome })} />
      {more ? (
        <div className="grid gap-2 sm:grid-cols-2">
          <TextField label="On what" optional maxLength={LINE} value={tried.target} onChange={(event) => change({ target: event.target.value })} />
          <TextField label="What was expected" optional maxLength={20_000} value={tried.expected} onChange={(event) => change({ expected: event.target.value })} />
          <TextArea label="Command" optional rows={1} className="sm:col-span-2 [&_textarea]:font-mono" maxLength={100_000} value={tried.command} onChange={(event) => change({ command: event.target.value })} />
        </div>
      ) : (
        <Button size="small" variant="quiet" className="justify-self-start" icon={<Icon name="plus" />} onClick={() => setWantsMore(true)}>
          On what, what was expected, command
        </Button>
      )}
    </>
  )
}

export function FactFields({ fact, onChange }: { fact: FactDraft; onChange: (fact: FactDraft) => void }) {
  return (
    <div className="grid gap-2 sm:grid-cols-[1fr_2fr]">
      <TextField label="Name" data-first placeholder="Outlook version" maxLength={LINE} value={fact.name} onChange={(event) => onChange({ ...fact, name: event.target.value })} />
      <TextField label="Value" placeholder="2408, build 17928" maxLength={20_000} value={fact.value} onChange={(event) => onChange({ ...fact, value: event.target.value })} />
    </div>
  )
}
