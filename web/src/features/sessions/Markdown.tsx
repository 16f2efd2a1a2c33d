import { isValidElement, useMemo, type ReactNode } from "react"
import Renderer, { type Components } from "react-markdown"
import { CommandBlock } from "@/ui"

const REFUSED = ["img"]

type Props = {
  text: string
  /** For whom and which device its commands are meant. */
  where?: string
  /** Written by somebody outside: a link is shown as words and address, and leads nowhere. */
  isForeign?: boolean
}

/** Markdown as text with structure: no raw HTML, no images, and a link shows where it leads. */
export function Markdown({ text, where, isForeign = false }: Props) {
  const components = useMemo(
    (): Components => ({
      ...COMPONENTS,
      ...(where !== undefined && { pre: ({ children }) => <CommandBlock command={wordsIn(children).replace(/\n$/, "")} where={where} className="whitespace-pre" /> }),
      ...(isForeign && { a: ({ href, children }) => <>{wordsIn(children) === href ? href : <>{children} ({href})</>}</> }),
    }),
    [where, isForeign],
  )
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3 [overflow-wrap:anywhere]">
      <Renderer skipHtml disallowedElements={REFUSED} components={components}>
        {text}
      </Renderer>
    </div>
  )
}

const COMPONENTS: Components = {
  h1: ({ children }) => <h3 className="text-heading font-semibold">{children}</h3>,
  h2: ({ children }) => <h4 className="mt-1 font-semibold">{children}</h4>,
  h3: ({ children }) => <h5 className="font-medium">{children}</h5>,
  ul: ({ children }) => <ul className="grid list-disc gap-1 pl-5 marker:text-ink-faint">{children}</ul>,
  ol: ({ children }) => <ol className="grid list-decimal gap-1.5 pl-5 marker:text-ink-faint">{children}</ol>,
  code: ({ children }) => <code className="rounded-small bg-sunken px-1 font-mono text-[13px]">{children}</code>,
  pre: ({ children }) => <pre className="overflow-x-auto rounded bg-sunken px-3 py-2 [&_code]:p-0">{children}</pre>,
  a: ({ href, children }) => {
    const host = hostOf(href)
    if (host === null) return <>{children}</>
    return (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow" className="text-accent underline underline-offset-2">
        {children} <span className="text-small text-ink-faint">({host})</span>
      </a>
    )
  },
}

function wordsIn(node: ReactNode): string {
  if (typeof node === "string" || typeof node === "number") return String(node)
  if (Array.isArray(node)) return (node as ReactNode[]).map(wordsIn).join("")
  return isValidElement<{ children?: ReactNode }>(node) ? wordsIn(node.props.children) : ""
}

/** The host of a web address; null for anything else, which is then no link. */
function hostOf(href: string | undefined): string | null {
  try {
    const url = new URL(href ?? "")
    return url.protocol === "https:" || url.protocol === "http:" ? url.host : null
  } catch {
    return null
  }
}
