import { useState } from "react"

/** Whether it has been true at any time since mounting. */
export function useWasTrue(now: boolean): boolean {
  const [was, setWas] = useState(now)
  if (now && !was) setWas(true)
  return was || now
}
