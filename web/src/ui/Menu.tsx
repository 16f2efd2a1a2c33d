import type { ReactNode, RefObject } from "react"
import { Header } from "react-aria-components/Header"
import { Menu as AriaMenu, MenuItem as AriaMenuItem, MenuSection } from "react-aria-components/Menu"
import { Popover } from "react-aria-components/Popover"
import { cx } from "./cx"
import { Icon, type IconName } from "./icons"
import { Kbd } from "./Kbd"

export type MenuEntry = { id: string; label: string; icon?: IconName; keys?: string; run: () => void; danger?: boolean; selected?: boolean }
export type MenuGroup = { title?: string; entries: readonly MenuEntry[] }

/** A list of actions hanging from `anchor`, open while mounted. Load it lazily: it brings React Aria along. */
export function Menu({ label, anchor, groups, onClose, header }: { label: string; anchor: RefObject<HTMLElement | null>; groups: readonly MenuGroup[]; onClose: () => void; header?: ReactNode }) {
  const entries = groups.flatMap((group) => group.entries)
  return (
    <Popover aria-label={label} triggerRef={anchor} isOpen onOpenChange={(open) => open || onClose()} placement="bottom end" className="min-w-52 animate-appear rounded border bg-surface shadow-float outline-none">
      {header}
      <AriaMenu
        aria-label={label}
        autoFocus="first"
        className="max-h-[70dvh] overflow-y-auto p-1 outline-none"
        onAction={(id) => entries.find((entry) => entry.id === id)?.run()}
        onClose={onClose}
      >
        {groups.map((group, index) => (
          <MenuSection key={group.title ?? index} className={cx(index > 0 && "mt-1 border-t pt-1")}>
            {group.title !== undefined && <Header className="px-2 py-1 text-small text-ink-faint">{group.title}</Header>}
            {group.entries.map((entry) => (
              <AriaMenuItem
                key={entry.id}
                id={entry.id}
                textValue={entry.label}
                className={cx(
                  "flex h-8 cursor-pointer items-center gap-2 rounded-small px-2 outline-none data-focused:bg-sunken data-focus-visible:outline-2 data-focus-visible:outline-accent pointer-coarse:h-10",
                  entry.danger && "text-red",
                )}
              >
                {entry.icon ? <Icon name={entry.icon} className="text-ink-faint" /> : <span className="w-4" />}
                <span className="grow">{entry.label}</span>
                {entry.selected && (
                  <>
                    <Icon name="check" className="text-accent" />
                    <span className="sr-only">, chosen</span>
                  </>
                )}
                {entry.keys !== undefined && <Kbd keys={entry.keys} />}
              </AriaMenuItem>
            ))}
          </MenuSection>
        ))}
      </AriaMenu>
    </Popover>
  )
}
