type Holder = { release: () => void; stolen: (reason: Error) => void }
type Waiter = { grant: () => void }

/** Web Locks of one browser, as far as tabs need them: one holder, a line, and stealing. */
export class FakeLocks {
  #holders = new Map<string, Holder>()
  #lines = new Map<string, Waiter[]>()

  /** The view that one tab has of the browser's locks. */
  manager(): LockManager {
    return { request: this.#request, query: () => Promise.reject(new Error("not needed")) } as unknown as LockManager
  }

  #request = (name: string, options: { steal?: boolean; signal?: AbortSignal }, task: () => unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const hold = async () => {
        const holder: Holder = { release: () => this.#next(name, holder), stolen: reject }
        this.#holders.set(name, holder)
        const result = await task()
        holder.release()
        resolve(result)
      }
      const current = this.#holders.get(name)
      if (options.steal) {
        current?.stolen(new DOMException("stolen", "AbortError"))
        void hold()
      } else if (current) {
        const waiter: Waiter = { grant: () => void hold() }
        const line = this.#lines.get(name) ?? []
        this.#lines.set(name, [...line, waiter])
        options.signal?.addEventListener("abort", () => {
          this.#lines.set(name, (this.#lines.get(name) ?? []).filter((each) => each !== waiter))
          reject(new DOMException("aborted", "AbortError"))
        })
      } else void Promise.resolve().then(hold)
    })

  #next(name: string, holder: Holder): void {
    if (this.#holders.get(name) !== holder) return
    this.#holders.delete(name)
    const [first, ...rest] = this.#lines.get(name) ?? []
    this.#lines.set(name, rest)
    first?.grant()
  }
}

/** Broadcast channels of one browser: what one tab says reaches all others, in order, a moment later. */
export class FakeChannels {
  #open: FakeChannel[] = []
  /** A frozen tab neither hears nor speaks. */
  readonly frozen = new Set<FakeChannel>()

  open = (name: string): BroadcastChannel => {
    const channel = new FakeChannel(name, this)
    this.#open.push(channel)
    return channel as unknown as BroadcastChannel
  }
  pass(from: FakeChannel, data: unknown): void {
    if (this.frozen.has(from)) return
    const copy = structuredClone(data)
    for (const each of this.#open) {
      if (each === from || each.name !== from.name || this.frozen.has(each)) continue
      queueMicrotask(() => each.onmessage?.({ data: copy } as MessageEvent))
    }
  }
  close(channel: FakeChannel): void {
    this.#open = this.#open.filter((each) => each !== channel)
  }
}

export class FakeChannel {
  onmessage: ((event: MessageEvent) => void) | null = null
  readonly name: string
  readonly #all: FakeChannels
  constructor(name: string, all: FakeChannels) {
    this.name = name
    this.#all = all
  }
  postMessage(data: unknown): void {
    this.#all.pass(this, data)
  }
  close(): void {
    this.#all.close(this)
  }
}
