import { fireEvent, render } from "@testing-library/react"
import { afterEach, expect, test, vi } from "vitest"
import { switchSingleLetters, useKeys, type Binding } from "./keys"

function Screen({ bindings, ...options }: { bindings: Binding[]; opaque?: boolean; settleMs?: number }) {
  useKeys("Screen", bindings, options)
  return <input aria-label="box" />
}

const press = (key: string, more: object = {}, target: Element | Window = document.body) => fireEvent.keyDown(target, { key, ...more })

afterEach(() => switchSingleLetters(true))

test("a letter acts, but not while writing and not with a modifier", () => {
  const run = vi.fn()
  const { getByLabelText } = render(<Screen bindings={[{ keys: "e", label: "Escalate", run }]} />)
  press("e", {}, getByLabelText("box"))
  press("e", { ctrlKey: true })
  press("e", { altKey: true })
  expect(run).not.toHaveBeenCalled()
  press("e")
  expect(run).toHaveBeenCalledOnce()
})

test("letters can be switched off; Escape and Ctrl with a key stay", () => {
  const run = vi.fn()
  render(<Screen bindings={["e", "Escape", "mod+Enter"].map((keys) => ({ keys, label: keys, run: () => void run(keys) }))} />)
  switchSingleLetters(false)
  press("e")
  press("Escape")
  press("Enter", { ctrlKey: true })
  expect(run.mock.calls.flat()).toEqual(["Escape", "mod+Enter"])
})

test("two keys in a row are one binding", () => {
  const run = vi.fn()
  render(<Screen bindings={[{ keys: "g e", label: "Escalations", run }]} />)
  press("e")
  press("g")
  press("e")
  expect(run).toHaveBeenCalledOnce()
})

test("a held key acts once, unless the binding repeats", () => {
  const once = vi.fn()
  const often = vi.fn()
  render(
    <Screen
      bindings={[
        { keys: "e", label: "Once", run: once },
        { keys: "j", label: "Often", run: often, repeats: true },
      ]}
    />,
  )
  for (const key of ["e", "j"]) [false, true, true].forEach((repeat) => press(key, { repeat }))
  expect([once.mock.calls.length, often.mock.calls.length]).toEqual([1, 3])
})

test("a screen that settles ignores the keys of its first moments", () => {
  const run = vi.fn()
  const clock = vi.spyOn(performance, "now").mockReturnValue(1_000)
  render(<Screen bindings={[{ keys: "1", label: "Continue", run }]} settleMs={400} />)
  clock.mockReturnValue(1_399)
  press("1")
  expect(run).not.toHaveBeenCalled()
  clock.mockReturnValue(1_400)
  press("1")
  expect(run).toHaveBeenCalledOnce()
})

test("a dialog hides the keys of the page below it", () => {
  const below = vi.fn()
  const page = <Screen bindings={[{ keys: "r", label: "Resolve", run: below }]} />
  const { rerender } = render(page)
  rerender(
    <>
      {page}
      <Screen bindings={[]} opaque />
    </>,
  )
  press("r")
  expect(below).not.toHaveBeenCalled()
})

test("Enter on a button is the button's own", () => {
  const run = vi.fn()
  const { container } = render(
    <>
      <Screen bindings={[{ keys: "Enter", label: "Open", run }]} />
      <button type="button">Other</button>
    </>,
  )
  const button = container.querySelector("button")
  if (button) press("Enter", {}, button)
  expect(run).not.toHaveBeenCalled()
})
