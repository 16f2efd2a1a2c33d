export type TabsOptions<Message> = {
  /** Contains account and person: two people in one browser never share a stream. */
  name: string
  /** This tab now holds the stream; returns how to stop. */
  lead: () => () => void
  onMessage: (message: Message) => void
  /** Another tab holds the stream. */
  follow: () => void
  locks?: LockManager | undefined
  channel?: BroadcastChannel | undefined
}

export type Tabs<Message> = { tell: (message: Message) => void; heard: () => void; leave: () => void }

const SILENCE_MS = 60_000
const LOOK_MS = 5_000

/**
 * One tab of a browser leads, the others follow; when it closes, the next in line leads.
 * A leader that says nothing for 60 s (frozen) is replaced. Without Web Locks every tab leads.
 */
export function joinTabs<Message>(options: TabsOptions<Message>): Tabs<Message> {
  const { name, locks, channel } = options
  let stopLeading: (() => void) | null = null
  let lastHeard = Date.now()
  const left = new AbortController()

  const lead = () => {
    stopLeading = options.lead()
  }
  const stop = () => {
    stopLeading?.()
    stopLeading = null
  }
  if (!locks || !channel) {
    lead()
    return { tell: () => undefined, heard: () => undefined, leave: stop }
  }

  let queued = new AbortController()
  const stand = (steal: boolean) => {
    let held = false
    queued = new AbortController()
    const hold = () => {
      if (left.signal.aborted) return undefined
      held = true
      lead()
      return new Promise<void>((release) => left.signal.addEventListener("abort", () => release()))
    }
    // Stealing and waiting in line exclude each other in the Web Locks API.
    const asked = steal ? locks.request(name, { steal: true }, hold) : locks.request(name, { signal: queued.signal }, hold)
    asked.catch(() => {
      // Either this tab stopped waiting in line, or another one took the lock from it.
      if (left.signal.aborted || !held) return
      stop()
      followOn()
    })
  }
  const followOn = () => {
    lastHeard = Date.now()
    options.follow()
    stand(false)
  }
  const watch = setInterval(() => {
    if (stopLeading !== null || Date.now() - lastHeard < SILENCE_MS) return
    lastHeard = Date.now()
    queued.abort()
    stand(true)
  }, LOOK_MS)
  channel.onmessage = ({ data }: MessageEvent<Message>) => options.onMessage(data)
  stand(false)
  // Whoever did not get the lock at once follows; a leader answers `follow`'s question.
  queueMicrotask(() => {
    if (stopLeading === null && !left.signal.aborted) options.follow()
  })
  return {
    tell: (message) => channel.postMessage(message),
    heard: () => {
      lastHeard = Date.now()
    },
    leave: () => {
      left.abort()
      queued.abort()
      clearInterval(watch)
      stop()
      channel.close()
    },
  }
}
