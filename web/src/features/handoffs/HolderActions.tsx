import { useState } from "react"
import type { Handoff } from "@/lib/api/types"
import { useKeys } from "@/lib/keys"
import { Button, Icon, later } from "@/ui"

const HandBackDialog = later(() => import("./HolderDialogs").then((module) => module.HandBackDialog))
const ReleaseDialog = later(() => import("./HolderDialogs").then((module) => module.ReleaseDialog))

/** How the person who picked a session up gives it away again; escalating on is the session's own button. */
export function HolderActions({ handoff, owner }: { handoff: Handoff; owner: string }) {
  const [open, setOpen] = useState<"advise" | "release" | null>(null)
  const close = () => setOpen(null)
  useKeys("Session", [{ keys: "b", label: "Advise and hand back", run: () => setOpen("advise") }])
  return (
    <>
      <Button variant="quiet" keys="b" icon={<Icon name="undo" />} onClick={() => setOpen("advise")} onPointerEnter={HandBackDialog.preload} onFocus={HandBackDialog.preload}>
        Advise and hand back
      </Button>
      <Button variant="quiet" onClick={() => setOpen("release")} onPointerEnter={ReleaseDialog.preload} onFocus={ReleaseDialog.preload}>
        Release
      </Button>
      {open === "advise" && <HandBackDialog handoff={handoff} owner={owner} onClose={close} />}
      {open === "release" && <ReleaseDialog handoff={handoff} onClose={close} />}
    </>
  )
}
