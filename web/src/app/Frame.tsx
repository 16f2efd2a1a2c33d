import type { ReactNode } from "react"

export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2 font-semibold tracking-tight">
      <img src="/icon.svg" alt="" width="20" height="20" className="size-5" />
      ResolutionFlow
    </span>
  )
}

/** A page that stands alone, outside the shell: a sentence and a way on. */
export function StandAlone({ title, children, actions }: { title: string; children: ReactNode; actions?: ReactNode }) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-140 content-center gap-3 px-6 py-12">
      <Wordmark />
      <h1 className="mt-4 text-title font-semibold tracking-tight text-balance">{title}</h1>
      <div className="text-ink-dim">{children}</div>
      {actions !== undefined && <div className="mt-2 flex flex-wrap gap-2">{actions}</div>}
    </main>
  )
}
