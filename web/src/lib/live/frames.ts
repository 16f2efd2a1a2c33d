import { createParser } from "eventsource-parser"
import type { Frame } from "./events"

/** Reads frames until the body ends; `onBytes` hears every chunk, heartbeats included. Frames that are no JSON are skipped. */
export async function readFrames(body: ReadableStream<Uint8Array>, onFrame: (frame: Frame) => void, onBytes: () => void): Promise<void> {
  const parser = createParser({
    onEvent: ({ event, id, data }) => {
      const value = parsed(data)
      if (event !== undefined && value !== undefined) onFrame({ event, id: number(id), data: value })
    },
  })
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    onBytes()
    parser.feed(value)
  }
}

const number = (id: string | undefined): number | null => (id !== undefined && /^\d+$/.test(id) ? Number(id) : null)

function parsed(data: string): unknown {
  try {
    return JSON.parse(data) as unknown
  } catch {
    return undefined
  }
}
