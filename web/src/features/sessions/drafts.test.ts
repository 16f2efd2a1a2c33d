import { act, renderHook } from "@testing-library/react"
import { beforeEach, expect, test, vi } from "vitest"
import { keepDraft, recallDraft, useDraft } from "./drafts"

const EMPTY = { note: "", outcome: "" }

beforeEach(() => sessionStorage.clear())

test("a draft is there again after the page was left", () => {
  const first = renderHook(() => useDraft("u-jane.s-1", EMPTY))
  act(() => first.result.current[1]({ ...EMPTY, note: "half a sen" }))
  first.unmount()
  const again = renderHook(() => useDraft("u-jane.s-1", EMPTY))
  expect(again.result.current[0]).toEqual({ note: "half a sen", outcome: "" })
})

test("another session and another person have drafts of their own", () => {
  keepDraft("u-jane.s-1", { ...EMPTY, note: "mine" }, EMPTY)
  expect(recallDraft("u-jane.s-2", EMPTY)).toEqual(EMPTY)
  expect(recallDraft("u-sam.s-1", EMPTY)).toEqual(EMPTY)
})

test("what was sent leaves nothing behind", () => {
  keepDraft("u-jane.s-1", { ...EMPTY, note: "mine" }, EMPTY)
  keepDraft("u-jane.s-1", EMPTY, EMPTY)
  expect(sessionStorage).toHaveLength(0)
})

test("what cannot be read is no draft, and what it lacks is filled in", () => {
  sessionStorage.setItem("resolutionflow.draft.a", "{")
  sessionStorage.setItem("resolutionflow.draft.b", '{"note":"kept"}')
  sessionStorage.setItem("resolutionflow.draft.c", "7")
  expect(recallDraft("a", EMPTY)).toEqual(EMPTY)
  expect(recallDraft("b", EMPTY)).toEqual({ note: "kept", outcome: "" })
  expect(recallDraft("c", EMPTY)).toEqual(EMPTY)
})

test("where storage is refused, writing goes on", () => {
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("refused", "QuotaExceededError")
  })
  const { result } = renderHook(() => useDraft("u-jane.s-1", ""))
  act(() => result.current[1]("still typing"))
  expect(result.current[0]).toBe("still typing")
})
