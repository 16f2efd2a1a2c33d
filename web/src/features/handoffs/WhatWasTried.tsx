import { useCallback, useId } from "react"
import { whereOf } from "@/features/sessions/about"
import { LedgerRows } from "@/features/sessions/LedgerRows"
import { Card } from "@/ui"
import { readingOrder, type Case } from "./case"

const ROWS = 8

/** The last thing tried first, then what decided something; many rows fold by outcome. */
export function WhatWasTried({ theCase: { tried, problem, notes, by } }: { theCase: Case }) {
  const title = useId()
  const { client_name, device } = problem
  const where = useCallback((target: string | null) => whereOf({ client_name, device }, target), [client_name, device])
  return (
    <Card as="section" aria-labelledby={title} className="!p-0">
      <h2 id={title} className="border-b px-4 py-2 text-small font-medium text-ink-dim">
        What was tried {tried.length > 1 && <span className="font-normal text-ink-faint">· the last thing first</span>}
      </h2>
      {notes !== null && (
        <p className="border-b bg-sunken px-4 py-2.5 [overflow-wrap:anywhere] whitespace-pre-line">
          <span className="text-ink-dim">{by.name} adds: </span>
          {notes}
        </p>
      )}
      {tried.length === 0 ? (
        <p className="px-4 py-4 text-ink-dim">Nothing was recorded as tried yet.</p>
      ) : (
        <LedgerRows rows={readingOrder(tried)} where={where} fold={ROWS} className="px-4" />
      )}
    </Card>
  )
}
