import type { ComponentProps, MouseEvent, ReactNode } from "react"
import { cx } from "./cx"
import { Kbd } from "./Kbd"
import { Spinner } from "./Loading"
import { Tooltip } from "./Tooltip"

export type ButtonProps = Omit<ComponentProps<"button">, "disabled"> & {
  variant?: "primary" | "secondary" | "quiet" | "danger"
  size?: "normal" | "small"
  /** The action runs: a spinner stands in the button, which stays focused and does nothing. */
  pending?: boolean
  disabled?: boolean
  icon?: ReactNode
  /** The key that does the same, as `useKeys` writes it. */
  keys?: string
}

const LOOK = {
  primary: "bg-accent text-on-accent border-transparent hover:bg-accent-strong font-medium",
  secondary: "bg-surface text-ink border-line-strong/60 hover:bg-sunken font-medium",
  quiet: "bg-transparent text-ink-dim border-transparent hover:bg-sunken hover:text-ink",
  danger: "bg-red text-on-red border-transparent hover:bg-red-strong font-medium",
}

/** Disabled buttons stay reachable for the keyboard, so that focus is never lost when one becomes pending. */
export function Button({ variant = "secondary", size = "normal", pending = false, disabled = false, icon, keys, children, className, onClick, type = "button", ...rest }: ButtonProps) {
  const idle = pending || disabled
  const act = (event: MouseEvent<HTMLButtonElement>) => {
    if (idle) event.preventDefault()
    else onClick?.(event)
  }
  return (
    <button
      {...rest}
      type={type}
      aria-disabled={idle || undefined}
      aria-busy={pending || undefined}
      onClick={act}
      className={cx(
        "inline-flex items-center justify-center gap-1.5 rounded border whitespace-nowrap transition-colors duration-100 select-none",
        size === "small" ? "h-7 px-2 text-small pointer-coarse:h-9" : "h-8 px-3 pointer-coarse:h-10",
        LOOK[variant],
        disabled && !pending && "opacity-55",
        className,
      )}
    >
      {pending ? <Spinner /> : icon}
      {children}
      {keys !== undefined && <Kbd keys={keys} className="pointer-coarse:hidden" onColour={variant === "primary" || variant === "danger"} />}
    </button>
  )
}

export type IconButtonProps = Omit<ButtonProps, "children" | "icon" | "size"> & { label: string; icon: ReactNode }

/** A square button; its word is said to screen readers and shown in the tooltip. */
export function IconButton({ label, icon, className, variant = "quiet", keys, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} keys={keys}>
      <Button {...rest} variant={variant} icon={icon} aria-label={label} className={cx("w-8 px-0 pointer-coarse:w-10", className)} />
    </Tooltip>
  )
}
