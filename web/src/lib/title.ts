import { useEffect } from "react"

const PRODUCT = "ResolutionFlow"

let page = PRODUCT
let unseen = 0

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return
  unseen = 0
  write()
})

/** Names the browser tab while the component is mounted. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    page = title ? `${title} · ${PRODUCT}` : PRODUCT
    write()
  }, [title])
}

/** Counts an arrival that nobody can have seen: `(N)` stands before the title until the tab is shown. */
export function countUnseen(): void {
  if (!document.hidden) return
  unseen += 1
  write()
}

function write(): void {
  document.title = unseen > 0 ? `(${unseen}) ${page}` : page
}
