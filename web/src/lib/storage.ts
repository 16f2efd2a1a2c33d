/** Local storage that may be missing or full: then a preference is forgotten, and nothing else happens. */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`resolutionflow.${key}`)
  } catch {
    return null
  }
}

export function remember(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`resolutionflow.${key}`)
    else localStorage.setItem(`resolutionflow.${key}`, value)
  } catch {
    // Private windows may refuse; the choice then lasts as long as the page.
  }
}
