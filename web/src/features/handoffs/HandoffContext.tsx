import { useQuery } from "@tanstack/react-query"
import { Dialog as AriaDialog } from "react-aria-components/Dialog"
import { Heading } from "react-aria-components/Heading"
import { Modal, ModalOverlay } from "react-aria-components/Modal"
import { useMemo } from "react"
import { isEngineer, useMe } from "@/features/accounts/me"
import { clip } from "@/features/sessions/about"
import { stepsQuery } from "@/features/sessions/queries"
import { useKeys } from "@/lib/keys"
import { useTitle } from "@/lib/title"
import { IconButton, Icon } from "@/ui"
import { Answers } from "./Answers"
import { answersIn, since, type Case } from "./case"
import { Ask, CaseMeta, Whom } from "./ContextHeader"
import { ContextAside } from "./ContextAside"
import { Questions } from "./Questions"
import { SinceThen, useNews } from "./SinceThen"
import { StartBar } from "./StartBar"
import type { Settled } from "./pickup"
import { WhatWasTried } from "./WhatWasTried"

type Props = {
  theCase: Case
  /** Set when it cannot be started (any more). */
  settled: Settled | null
  mayRead: boolean
  /** Back to where one came from; claims nothing. */
  onClose: () => void
  /** Opened above its session: nothing to start, it only tells. */
  overlay?: boolean
}

const SETTLE_MS = 400

/** The whole case on one screen, and the ways to start: a dialog named by the problem. */
export function HandoffContext({ theCase, settled, mayRead, onClose, overlay = false }: Props) {
  const { user } = useMe()
  const { sessionId, problem } = theCase
  const steps = useQuery({ ...stepsQuery(sessionId), enabled: mayRead })
  const later = useMemo(() => since(steps.data ?? [], theCase.lastSeq), [steps.data, theCase.lastSeq])
  const answers = useMemo(() => answersIn(steps.data ?? [], theCase.lastSeq), [steps.data, theCase.lastSeq])
  const mayTake = isEngineer(user) && (settled === null || [settled.by?.id, theCase.by.id].includes(user.id))
  const mayAnswer = settled === null || settled.how === "claimed"
  const news = useNews(later, steps.isSuccess, user.id)
  useTitle([problem.client_name, `${clip(problem.summary, 48)}${problem.ticket_id === null ? "" : ` #${problem.ticket_id}`}`].filter(Boolean).join(" · "))
  return (
    <ModalOverlay isOpen isKeyboardDismissDisabled className="fixed inset-0 z-30 overflow-y-auto bg-page">
      <Modal>
        <AriaDialog className="flex min-h-dvh flex-col outline-none">
          <CloseKey overlay={overlay} onClose={onClose} />
          <div className="mx-auto w-full max-w-320 grow px-4 pt-4 pb-6 lg:px-6">
            <header className="grid gap-2">
              <div className="flex items-start gap-3">
                <Whom theCase={theCase} />
                <IconButton label="Close" keys="Escape" icon={<Icon name="cross" />} onClick={onClose} className="-mt-1 -mr-1" />
              </div>
              <Heading slot="title" level={1} className="line-clamp-4 max-w-[90ch] text-title font-semibold tracking-tight [overflow-wrap:anywhere] text-balance">
                {problem.summary}
              </Heading>
              <Ask theCase={theCase} myId={user.id} />
              <CaseMeta theCase={theCase} myId={user.id} news={later.length} />
            </header>
            <div className="mt-4 grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
              <div className="grid min-w-0 gap-4">
                <Questions questions={theCase.asked} waitsFor={mayAnswer ? (theCase.by.id === user.id ? "your" : `${theCase.by.name}'s`) : null} />
                <WhatWasTried theCase={theCase} />
                <Answers answers={answers} />
                <SinceThen entries={later} news={news} problem={problem} />
              </div>
              <ContextAside theCase={theCase} answers={answers} mayTake={mayTake} />
            </div>
          </div>
          <StartBar theCase={theCase} settled={settled} mayRead={mayRead} onClose={onClose} overlay={overlay} />
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

/** The first child, because the layer mounted last wins: the keys of what is opened in here come before this one. */
function CloseKey({ overlay, onClose }: Pick<Props, "overlay" | "onClose">) {
  useKeys("Handoff", [{ keys: "Escape", label: overlay ? "Close" : "Back to the queue", run: onClose }], { opaque: overlay === true, settleMs: SETTLE_MS })
  return null
}
