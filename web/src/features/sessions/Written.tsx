import type { Documentation, SessionClose } from "@/lib/api/types"
import { CopyButton, Icon, Notice } from "@/ui"
import { Markdown } from "./Markdown"

/** What was written about a session, ready to be copied. */
export function Written({ documentation }: { documentation: Documentation }) {
  return (
    <section aria-label="Documentation" className="rounded border">
      <div className="flex items-center justify-between border-b py-0.5 pr-1 pl-3 text-small text-ink-dim">
        {documentation.kind === "resolution" ? "Resolution note" : "Escalation note"}
        <CopyButton text={documentation.markdown} label="Copy the note" />
      </div>
      <div className="max-h-[54dvh] overflow-y-auto p-3" tabIndex={0} role="group" aria-label="The note's text">
        <Markdown text={documentation.markdown} />
      </div>
    </section>
  )
}

/** Where the note went, or why it did not. */
export function PsaState({ result }: { result: SessionClose["psa_result"] }) {
  switch (result.status) {
    case "no_psa":
      return (
        <p className="flex items-center gap-2 text-ink-dim">
          <Icon name="link" /> No PSA is connected; copy the note.
        </p>
      )
    case "queued":
      return <Notice>The note is on its way to {ticketOf(result)}.</Notice>
    case "pushed":
      return <Notice tone="green">The note stands in {ticketOf(result)}.</Notice>
    case "failed":
      return <Notice tone="red">The note could not be written to {ticketOf(result)}. {result.error} Copy it by hand.</Notice>
  }
}

const ticketOf = ({ ticket_id: ticket }: SessionClose["psa_result"]): string => (ticket ? `ticket #${ticket}` : "the ticket")
