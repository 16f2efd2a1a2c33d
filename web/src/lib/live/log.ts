import type { LoggedEvent } from "./events"

const KEPT = 512

/** What this tab has seen of the account's event log: the position in it, and the latest events for snapshots under way. */
export class SeenLog {
  #position: number | null = null
  #floor = 0
  #recent: LoggedEvent[] = []

  /** The id up to which everything is known; null before the first contact. */
  get position(): number | null {
    return this.#position
  }

  /** Starts anew at `id`: what came before it is unknown. */
  restart(id: number): void {
    this.#position = id
    this.#floor = id
    this.#recent = []
  }

  /** Ids have no gaps, so a jump means that something was missed. */
  add(event: LoggedEvent): "new" | "seen" | "hole" {
    const id = event.event_id
    if (this.#position !== null && id <= this.#position) return "seen"
    const hole = this.#position !== null && id > this.#position + 1
    if (hole || this.#position === null) this.restart(id - 1)
    this.#position = id
    this.#recent.push(event)
    if (this.#recent.length > KEPT) this.#floor = this.#recent.shift()?.event_id ?? this.#floor
    return hole ? "hole" : "new"
  }

  /** Everything after `id`, or null where this tab cannot know it. */
  after(id: number): LoggedEvent[] | null {
    if (this.#position === null) return []
    return id >= this.#floor ? this.#recent.filter((event) => event.event_id > id) : null
  }
}
