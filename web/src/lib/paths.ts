/** Links that the server also writes (mail, bell) are made here and nowhere else in the web application. */
export const pickupPath = (sessionId: string): string => `/pilot/${sessionId}?pickup=true`
export const sessionPath = (sessionId: string): string => `/pilot/${sessionId}`

/** A path of this product from text that came from outside, or null: never another site. */
export function ownPath(text: string | null | undefined): string | null {
  if (!text) return null
  try {
    const url = new URL(text, location.origin)
    return url.origin === location.origin ? url.pathname + url.search + url.hash : null
  } catch {
    return null
  }
}
