import { vi } from "vitest"
import type { Problem } from "@/lib/api/problem"

/** Lets everything run that waits for the network and not for a clock. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await new Promise<void>((resolve) => turnOver(resolve))
}

/** A turn of the event loop that no fake clock holds up. */
function turnOver(resolve: () => void): void {
  const { port1, port2 } = new MessageChannel()
  port2.onmessage = () => {
    port1.close()
    resolve()
  }
  port1.postMessage(null)
}

export const advance = async (ms: number): Promise<void> => {
  await vi.advanceTimersByTimeAsync(ms)
  await settle()
}

export class Connection {
  readonly lastEventId: string | null
  aborted = false
  #out!: ReadableStreamDefaultController<Uint8Array>
  readonly body = new ReadableStream<Uint8Array>({ start: (controller) => void (this.#out = controller) })

  constructor(request: Request) {
    this.lastEventId = request.headers.get("Last-Event-ID")
    request.signal.addEventListener("abort", () => {
      if (this.aborted) return
      this.aborted = true
      try {
        this.#out.error(new DOMException("aborted", "AbortError"))
      } catch {
        // Ended by the server before.
      }
    })
  }

  text(text: string): void {
    this.#out.enqueue(new TextEncoder().encode(text))
  }
  send(event: string, data: object, id?: number): void {
    this.text(`${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }
  ready(lastEventId: number, heartbeatSeconds = 25): void {
    this.send("ready", { last_event_id: lastEventId, heartbeat_seconds: heartbeatSeconds })
  }
  claimed(id: number): void {
    const about = { handoff_id: `h-${id}`, session_id: `s-${id}`, claimed_by: { id: "u-sam", name: "Sam" }, claimed_at: "2026-01-01T00:00:00Z" }
    this.send("handoff_claimed", { event_id: id, type: "handoff_claimed", occurred_at: "2026-01-01T00:00:00Z", ...about }, id)
  }
  heartbeat(): void {
    if (!this.aborted) this.text(": heartbeat\n\n")
  }
  end(): void {
    this.#out.close()
  }
}

/** The stream endpoint as a browser sees it: every request becomes a connection that the test speaks through. */
export class StreamServer {
  readonly connections: Connection[] = []
  refusal: Problem | null = null

  readonly fetch = (request: Request): Promise<Response> => {
    if (this.refusal) return Promise.reject(this.refusal)
    const connection = new Connection(request)
    this.connections.push(connection)
    return Promise.resolve({ body: connection.body } as Response)
  }

  get latest(): Connection {
    const connection = this.connections.at(-1)
    if (!connection) throw new Error("nobody has connected")
    return connection
  }
}
