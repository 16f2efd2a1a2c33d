import type { ReactNode } from "react"
import { Dialog as AriaDialog } from "react-aria-components/Dialog"
import { Heading } from "react-aria-components/Heading"
import { Modal, ModalOverlay } from "react-aria-components/Modal"
import { useKeyBarrier } from "@/lib/keys"
import { IconButton } from "./Button"
import { cx } from "./cx"
import { Icon } from "./icons"

export type DialogProps = {
  title: string
  onClose: () => void
  children: ReactNode
  /** Buttons at the bottom, the one that acts last. */
  actions?: ReactNode
  size?: "normal" | "wide"
  /** `side`: a drawer from the left. `panel`: a tall sheet at the right. */
  from?: "middle" | "side" | "panel"
  /** False: only a button closes it, because something would be lost. */
  dismissable?: boolean
}

const PLACE = {
  middle: { overlay: "items-start justify-center p-4 pt-[10vh]", box: "w-full max-h-[82dvh] rounded border" },
  side: { overlay: "justify-start", box: "h-dvh w-72 max-w-[85vw] border-r" },
  panel: { overlay: "justify-end", box: "h-dvh w-105 max-w-full border-l" },
}

/** A modal while mounted: focus goes in, stays in, and returns. Load it lazily (see `later`): it brings React Aria along. */
export function Dialog({ title, onClose, children, actions, size = "normal", from = "middle", dismissable = true }: DialogProps) {
  useKeyBarrier()
  const place = PLACE[from]
  return (
    <ModalOverlay
      isOpen
      isDismissable={dismissable}
      isKeyboardDismissDisabled={!dismissable}
      onOpenChange={(open) => open || onClose()}
      className={cx("fixed inset-0 z-50 flex animate-appear overflow-y-auto bg-backdrop", place.overlay)}
    >
      <Modal className={cx("flex flex-col bg-surface shadow-float", place.box, from === "middle" && (size === "wide" ? "max-w-180" : "max-w-120"))}>
        <AriaDialog className="flex min-h-0 grow flex-col outline-none">
          <div className="flex items-center justify-between gap-2 border-b py-2 pr-2 pl-4">
            <Heading slot="title" className="text-heading font-semibold">
              {title}
            </Heading>
            <IconButton label="Close" keys="Escape" icon={<Icon name="cross" />} onClick={onClose} />
          </div>
          <div className="min-h-0 grow overflow-y-auto p-4">{children}</div>
          {actions !== undefined && <div className="flex flex-wrap items-center justify-end gap-2 border-t px-4 py-3">{actions}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
