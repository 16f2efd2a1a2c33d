import type { ReactNode } from "react"
import { Dialog } from "@/ui/Dialog"

/** The sidebar on narrow screens. */
export function Drawer({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  return (
    <Dialog title="ResolutionFlow" onClose={onClose} from="side">
      <div className="-m-4">{children}</div>
    </Dialog>
  )
}
