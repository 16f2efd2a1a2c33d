import { useLayoutEffect, useRef, type FocusEvent, type MouseEvent, type PointerEvent } from "react"
import { announce } from "@/lib/announce"
import { useKeys } from "@/lib/keys"
import { Button } from "@/ui"
import { departureWords, type Groups, type Row } from "./board"
import { EscalationCard } from "./EscalationCard"

const SHIFT_GUARD_MS = 300

type Props = { groups: Groups; myId: string; onHold: (held: boolean) => void; onShow: () => void; onSortIn: () => void }

/** Everything that waits. While somebody points at it or moves in it by keyboard, nothing comes in under their hands. */
export function QueueList({ groups: { fresh, waiting, hidden }, myId, onHold, onShow, onSortIn }: Props) {
  const list = useRef<HTMLDivElement>(null)
  const inside = useRef({ pointer: false, focus: false })
  const rows = [...fresh, ...waiting]
  const guardClick = useShiftGuard(rows)
  const watchFocus = useFocusStays(list, rows)

  const hold = (change: Partial<typeof inside.current>) => {
    Object.assign(inside.current, change)
    onHold(inside.current.pointer || inside.current.focus)
  }
  const move = (by: 1 | -1) => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>("[data-open]") ?? [])]
    const at = links.findIndex((link) => link === document.activeElement)
    links[at === -1 ? (by === 1 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + by))]?.focus()
  }
  const showHidden = () => {
    onShow()
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>("[data-open]")?.focus())
  }
  useKeys("Escalations", [
    { keys: "j", label: "Next card", run: () => move(1), repeats: true },
    { keys: "k", label: "Card before", run: () => move(-1), repeats: true },
    { keys: "Enter", label: "Open the card", run: () => list.current?.querySelector<HTMLElement>("[data-open]")?.click() },
    { keys: "n", label: "Show new ones", run: showHidden, enabled: hidden > 0 },
  ])
  return (
    <div
      ref={list}
      className="grid gap-6"
      onPointerEnter={(event: PointerEvent) => event.pointerType === "mouse" && hold({ pointer: true })}
      onPointerLeave={() => hold({ pointer: false })}
      onFocus={(event: FocusEvent) => {
        watchFocus(event)
        hold({ focus: true })
      }}
      onBlur={(event: FocusEvent) => {
        watchFocus(event)
        if (!event.currentTarget.contains(event.relatedTarget)) hold({ focus: false })
      }}
      onClickCapture={guardClick}
    >
      {hidden > 0 && (
        <Button variant="primary" size="small" keys="n" className="sticky top-14 z-20 justify-self-center !rounded-full shadow-float" onClick={showHidden}>
          {hidden} new ↑
        </Button>
      )}
      {fresh.length > 0 && (
        <Group
          title="New"
          rows={fresh}
          myId={myId}
          action={
            <Button size="small" variant="quiet" onClick={onSortIn}>
              Sort in
            </Button>
          }
        />
      )}
      {waiting.length > 0 && <Group title="Waiting" note="oldest first" rows={waiting} myId={myId} />}
    </div>
  )
}

function Group({ title, note, rows, myId, action }: { title: string; note?: string; rows: readonly Row[]; myId: string; action?: React.ReactNode }) {
  const open = rows.filter(({ leaving }) => leaving === null).length
  return (
    <section aria-label={title}>
      <div className="mb-2 flex min-h-7 items-center gap-2">
        <h2 className="text-small font-medium text-ink-dim">
          {title} <span className="tabular-nums">{open}</span>
          {note !== undefined && <span className="font-normal text-ink-faint"> · {note}</span>}
        </h2>
        <span className="ml-auto">{action}</span>
      </div>
      <ol className="grid gap-2">
        {rows.map((row) => (
          <EscalationCard key={row.key} row={row} myId={myId} />
        ))}
      </ol>
    </section>
  )
}

/** A click that comes right after the list moved was meant for another card. */
function useShiftGuard(rows: readonly Row[]): (event: MouseEvent) => void {
  const order = rows.map(({ key }) => key).join()
  const last = useRef({ order, at: -Infinity })
  useLayoutEffect(() => {
    if (last.current.order !== order) last.current = { order, at: performance.now() }
  }, [order])
  return (event) => {
    const onCard = event.detail > 0 && event.target instanceof Element && event.target.closest("[data-key]") !== null
    if (!onCard || performance.now() - last.current.at >= SHIFT_GUARD_MS) return
    event.preventDefault()
    event.stopPropagation()
  }
}

/** When the focused card leaves, focus goes to the next one, else the one before, and the reason is said. */
function useFocusStays(list: React.RefObject<HTMLElement | null>, rows: readonly Row[]): (event: FocusEvent) => void {
  const focused = useRef<{ key: string; title: string } | null>(null)
  const before = useRef<readonly string[]>([])
  useLayoutEffect(() => {
    const open = rows.filter(({ leaving }) => leaving === null).map(({ key }) => key)
    const previous = before.current
    before.current = open
    const lost = focused.current
    if (!lost || open.includes(lost.key) || (document.activeElement !== null && document.activeElement !== document.body)) return
    focused.current = null
    const departure = rows.find(({ key }) => key === lost.key)?.leaving
    announce(`${departure ? departureWords(departure) : "Not waiting any more"}: ${lost.title}`)
    const at = previous.indexOf(lost.key)
    const heir = previous.slice(at + 1).find((key) => open.includes(key)) ?? previous.slice(0, Math.max(0, at)).findLast((key) => open.includes(key))
    const card = [...(list.current?.querySelectorAll<HTMLElement>("[data-key]") ?? [])].find(({ dataset }) => dataset["key"] === heir)
    const next = card?.querySelector<HTMLElement>("[data-open]") ?? document.getElementById("main")
    next?.focus()
  }, [list, rows])
  return ({ type, target, relatedTarget }) => {
    if (type === "focus") {
      const card = target.closest<HTMLElement>("[data-key]")
      focused.current = card?.dataset["key"] === undefined ? null : { key: card.dataset["key"], title: card.querySelector("h3")?.textContent ?? "" }
    } else if (relatedTarget !== null) focused.current = null
  }
}
