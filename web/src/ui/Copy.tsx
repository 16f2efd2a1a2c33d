import { useEffect, useRef, useState, type ReactNode } from "react"
import { announce } from "@/lib/announce"
import { copyText } from "@/lib/clipboard"
import { Button } from "./Button"
import { cx } from "./cx"
import { Icon } from "./icons"

const SAID_MS = 2_000

/** Copies, and says whether it worked. */
export function CopyButton({ text, label = "Copy", size = "small", className }: { text: string; label?: string; size?: "normal" | "small"; className?: string }) {
  const [result, setResult] = useState<"copied" | "failed" | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const copy = async () => {
    const worked = await copyText(text)
    announce(worked ? "Copied" : "Copying was not possible. Select the text and copy it by keyboard.")
    setResult(worked ? "copied" : "failed")
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setResult(null), SAID_MS)
  }
  const word = { copied: "Copied", failed: "Select it and copy by keyboard" }
  return (
    <Button size={size} variant="quiet" icon={<Icon name={result === "copied" ? "check" : "copy"} />} onClick={() => void copy()} className={cx(result === "copied" && "text-green", className)}>
      {result === null ? label : word[result]}
    </Button>
  )
}

/** A command with its white space, for whom and which device it is, and Copy. */
export function CommandBlock({ command, where, className }: { command: string; where?: ReactNode; className?: string }) {
  return (
    <figure className={cx("overflow-hidden rounded border bg-sunken", className)}>
      <figcaption className="flex items-center justify-between gap-2 border-b py-0.5 pr-1 pl-3 text-small text-ink-dim">
        <span className="truncate">{where ?? "Command"}</span>
        <CopyButton text={command} />
      </figcaption>
      <pre tabIndex={0} aria-label="Command" className="overflow-x-auto px-3 py-2 font-mono text-[13px] leading-5 focus-visible:outline-offset-[-2px]">
        {command}
      </pre>
    </figure>
  )
}
