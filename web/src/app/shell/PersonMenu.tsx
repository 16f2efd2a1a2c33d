import { useNavigate } from "@tanstack/react-router"
import type { RefObject } from "react"
import { useSignOut } from "@/features/accounts/entrance"
import { sentenceOf } from "@/lib/api/problem"
import type { Me } from "@/lib/api/types"
import { chooseTheme, useTheme } from "@/lib/theme"
import { toast } from "@/lib/toast"
import { Menu } from "@/ui/Menu"

type Props = { anchor: RefObject<HTMLElement | null>; me: Me; onKeys: () => void; onClose: () => void }

export function PersonMenu({ anchor, me: { user, account }, onKeys, onClose }: Props) {
  const navigate = useNavigate()
  const theme = useTheme()
  const signOut = useSignOut()
  const leave = () => signOut.mutate(undefined, { onError: (error) => toast(`You are still signed in. ${sentenceOf(error)}`, { tone: "red" }) })
  return (
    <Menu
      label="You"
      anchor={anchor}
      onClose={onClose}
      header={
        <div className="border-b px-3 py-2">
          <p className="font-medium">{user.name}</p>
          <p className="text-small text-ink-dim">
            {user.email} · {account.name}
          </p>
        </div>
      }
      groups={[
        {
          entries: [
            { id: "profile", label: "Profile", icon: "people", run: () => void navigate({ to: "/profile" }) },
            { id: "keys", label: "Keys", icon: "help", keys: "?", run: onKeys },
          ],
        },
        {
          title: "Theme",
          entries: (["system", "light", "dark"] as const).map((id) => ({
            id,
            label: { system: "Like the system", light: "Light", dark: "Dark" }[id],
            selected: theme === id,
            run: () => chooseTheme(id),
          })),
        },
        { entries: [{ id: "sign-out", label: "Sign out", icon: "signOut", run: leave }] },
      ]}
    />
  )
}
