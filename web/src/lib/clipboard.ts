/** Copies text, also where the clipboard may not be asked for (plain http, old permission prompts). Says whether it worked. */
export async function copyText(text: string): Promise<boolean> {
  if (window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text)
      return true
    } catch {
      // Refused by permission: the older way needs none.
    }
  }
  return copyBySelection(text)
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement
  const box = document.createElement("textarea")
  box.value = text
  box.setAttribute("aria-hidden", "true")
  box.style.cssText = "position:fixed;top:0;opacity:0"
  // Inside an open dialog: a modal takes focus back from anything outside it.
  const parent = focused?.closest("[role=dialog]") ?? document.body
  parent.append(box)
  box.select()
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way without permission
    return document.execCommand("copy")
  } catch {
    return false
  } finally {
    box.remove()
    if (focused instanceof HTMLElement) focused.focus()
  }
}
