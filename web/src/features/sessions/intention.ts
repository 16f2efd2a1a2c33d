import { useRef } from "react"
import { idempotencyKey } from "@/lib/api/client"

/** The Idempotency-Key of one intention: the same over retries of the same body, another as soon as the body is another or it succeeded. */
export function useIntention() {
  const last = useRef<{ text: string; key: string } | null>(null)
  return {
    keyFor: (body: object): string => {
      const text = JSON.stringify(body)
      if (last.current?.text !== text) last.current = { text, key: idempotencyKey() }
      return last.current.key
    },
    fulfilled: () => {
      last.current = null
    },
  }
}
