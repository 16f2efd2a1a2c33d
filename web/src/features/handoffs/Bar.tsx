import type { ReactNode } from "react"

/** At the bottom of the context screen, always in view and in reach of a thumb. */
export function Bar({ children }: { children: ReactNode }) {
  return (
    <footer className="sticky bottom-0 border-t bg-surface">
      <div className="mx-auto grid max-w-320 grid-cols-[minmax(0,1fr)] gap-2 px-4 py-3 lg:px-6">{children}</div>
    </footer>
  )
}
