import { act, screen, waitFor, within } from "@testing-library/react"
import userEvent from "@testing-library/user-event"
import { beforeEach, describe, expect, test } from "vitest"
import type { Session, Step, Turn } from "@/lib/api/types"
import { problem, serve } from "@/test/server"
import { Connection } from "@/test/streams"
import { NO_ACTIONS, renderAt, stepsAfter } from "./tests/app"
import { aSession, aStep } from "./tests/cases"

const SESSION = "GET /api/v1/ai-sessions/s-1"
const STEPS = "GET /api/v1/ai-sessions/s-1/steps"
const SAY = "POST /api/v1/ai-sessions/s-1/messages"
const ADD = "POST /api/v1/ai-sessions/s-1/steps"
const SIMILAR = "GET /api/v1/ai-sessions/s-1/similar"

const aTurn = (turn: Partial<Turn> = {}): Turn => ({ id: "t-1", prompt_id: "step-1", status: "done", source: "playbook", hints: [], error: null, created_at: "2026-01-01T08:00:00Z", ...turn })
const aReply = (seq: number, step: Partial<Step> = {}): Step => aStep(seq, { kind: "message", author_id: null, author_name: null, author_type: "assistant", turn_id: "t-1", source: "playbook", ...step })
const said = aStep(1, { kind: "message", content: "Outlook asks for a password" })
const served = (session: Partial<Session> = {}, steps: readonly Step[] = []) => ({
  [SESSION]: aSession({ step_count: steps.length, ...session }),
  [STEPS]: stepsAfter(() => steps),
  [SIMILAR]: { items: [] },
})
const ledger = async () => within(await screen.findByRole("region", { name: "What happened" }))
const stream = (connection: Connection) => new Response(connection.body, { headers: { "Content-Type": "text/event-stream" } })

beforeEach(() => sessionStorage.clear())

describe("talking to the assistant", () => {
  test("a message is kept once it is saved, and the reply grows until it stands as a step", async () => {
    const steps: Step[] = []
    let connection: Connection | undefined
    const calls = serve({
      ...served(),
      [STEPS]: stepsAfter(() => steps),
      [SAY]: (request) => {
        connection = new Connection(request)
        return stream(connection)
      },
    })
    renderAt("/pilot/s-1")
    const box = await screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Message to the assistant" })
    await userEvent.type(box, "Outlook asks for a password{Enter}")
    await waitFor(() => expect(connection).toBeDefined())
    const send = (event: string, data: object) => act(() => Promise.resolve(connection?.send(event, data)))
    steps.push(said)
    await send("step", said)
    expect(await (await ledger()).findByText("Outlook asks for a password")).toBeTruthy()
    await waitFor(() => expect(box.value).toBe(""))
    await send("delta", { text: "I take this for: **stored " })
    await send("delta", { text: "passwords**." })
    expect(await (await ledger()).findByText(/I take this for/)).toBeTruthy()
    const reply = aReply(2, { content: "I take this for: **stored passwords**." })
    const question = aReply(3, { kind: "question", content: "Since when?", options: ["Since today", "Not sure"] })
    steps.push(reply, question)
    await send("step", reply)
    await send("step", question)
    await send("done", aTurn())
    act(() => connection?.end())
    expect((await (await ledger()).findByText("stored passwords")).tagName).toBe("STRONG")
    expect((await ledger()).getAllByText(/I take this for/)).toHaveLength(1)
    expect((await ledger()).getByText(/^Built-in assistant/)).toBeTruthy()
    expect(await screen.findByRole("button", { name: /Since today/ })).toBeTruthy()
    const sent = calls.find(({ method }) => method === "POST")
    expect(sent?.body).toEqual({ content: "Outlook asks for a password" })
    expect(sent?.headers.get("Idempotency-Key")).toBeTruthy()
  })

  test("a message that could not be sent stays in its box, and goes with the same key", async () => {
    let fails = true
    const calls = serve({
      ...served(),
      [SAY]: (request) => {
        if (fails) return problem(409, "reply_in_progress", "The assistant is still replying.")
        const connection = new Connection(request)
        connection.send("step", said)
        connection.end()
        return stream(connection)
      },
    })
    renderAt("/pilot/s-1")
    await userEvent.type(await screen.findByRole("textbox", { name: "Message to the assistant" }), "Outlook asks for a password{Enter}")
    expect((await screen.findByRole("alert")).textContent).toBe("Not sent. The assistant is still replying. What you typed is still here.")
    fails = false
    await userEvent.click(screen.getByRole("button", { name: "Try again" }))
    await waitFor(() => expect(screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Message to the assistant" }).value).toBe(""))
    const keys = calls.filter(({ method }) => method === "POST").map(({ headers }) => headers.get("Idempotency-Key"))
    expect(new Set(keys).size).toBe(1)
  })

  test("nothing in a reply becomes an image, a link or markup of the page", async () => {
    const content = "See [this](https://evil.example/x) ![spy](https://spy.example/x.png) <img src=x onerror=alert(1)>\n\n```\nipconfig /flushdns\n```"
    serve(served({ turn: aTurn() }, [said, aReply(2, { content, notice: "A password was hidden from the model." })]))
    renderAt("/pilot/s-1")
    const block = await (await ledger()).findByRole("figure")
    expect(block.textContent).toContain("Northwind · NW-LT-114")
    expect(within(block).getByLabelText("Command").textContent).toBe("ipconfig /flushdns")
    const region = screen.getByRole("region", { name: "What happened" })
    expect(region.querySelector("img, a[href*='evil']")).toBeNull()
    expect(region.textContent).toContain("https://evil.example/x")
    expect(screen.getByText("A password was hidden from the model.")).toBeTruthy()
  })

  test("a reply that failed can be taken again", async () => {
    const error = { code: "interrupted", detail: "The reply was interrupted. Your message is saved; try the reply again.", retryable: true }
    const calls = serve({ ...served({ turn: aTurn({ status: "failed", error }) }, [said]), "POST /api/v1/ai-sessions/s-1/turns/t-1/retry": () => problem(409, "not_active", "The case has moved on.") })
    renderAt("/pilot/s-1")
    expect(await screen.findByText(error.detail)).toBeTruthy()
    await userEvent.click(screen.getByRole("button", { name: "Take the reply again" }))
    expect(await screen.findByText("The case has moved on.")).toBeTruthy()
    expect(calls.some(({ path }) => path.endsWith("/turns/t-1/retry"))).toBe(true)
  })

  test("a reply under way can be stopped by a key", async () => {
    const calls = serve({ ...served({ turn: aTurn({ status: "running" }) }, [said]), "POST /api/v1/ai-sessions/s-1/turns/t-1/stop": aTurn({ status: "failed" }) })
    renderAt("/pilot/s-1")
    await screen.findByRole("button", { name: /^Stop/ })
    await userEvent.keyboard("s")
    await waitFor(() => expect(calls.some(({ path }) => path.endsWith("/turns/t-1/stop"))).toBe(true))
  })
})

describe("following what it proposes", () => {
  const question = aReply(3, { kind: "question", content: "Who is affected?", detail: "One person means a device.", options: ["Only this person", "Everybody"] })

  test("a digit answers the next question", async () => {
    const calls = serve({ ...served({ turn: aTurn() }, [said, aReply(2, { content: "Two questions." }), question]), [ADD]: aStep(4, { kind: "answer", reply_to: "step-3", content: "Everybody" }) })
    renderAt("/pilot/s-1")
    await screen.findByRole("button", { name: /Everybody/ })
    await userEvent.keyboard("2")
    expect(await (await ledger()).findByText("Everybody")).toBeTruthy()
    expect(calls.find(({ method }) => method === "POST")?.body).toEqual({ kind: "answer", reply_to: "step-3", content: "Everybody" })
    expect(screen.queryByRole("region", { name: /To do/ })).toBeNull()
  })

  test("what another tab answered first is said, and nothing typed is lost", async () => {
    serve({ ...served({ turn: aTurn() }, [said, aReply(2, { content: "Two questions." }), question]), [ADD]: problem(409, "already_answered", "Jane answered this a moment ago.") })
    renderAt("/pilot/s-1")
    const lane = within(await screen.findByRole("region", { name: /To do/ }))
    await userEvent.type(lane.getByRole("textbox", { name: "Answer" }), "Two people")
    await userEvent.click(lane.getByRole("button", { name: "Answer" }))
    expect((await lane.findByRole("alert")).textContent).toContain("Jane answered this a moment ago.")
    expect(lane.getByRole<HTMLTextAreaElement>("textbox", { name: "Answer" }).value).toBe("Two people")
  })

  test("what fixed it is offered as the resolution", async () => {
    serve(served({ turn: aTurn({ hints: [{ kind: "resolve", text: "Removed the stored password." }] }) }, [said, aReply(2, { content: "That fixed it." })]))
    renderAt("/pilot/s-1")
    await userEvent.click(await screen.findByRole("button", { name: /Resolve with this/ }))
    expect((await screen.findByRole<HTMLTextAreaElement>("textbox", { name: "What solved it" })).value).toBe("Removed the stored password.")
  })

  test("escalating begins with what it proposes to ask for", async () => {
    const asks: (string | undefined)[] = []
    serve(served({ turn: aTurn({ hints: [{ kind: "escalate", text: "Tenant rights: reset the sign-in" }] }) }, [said, aReply(2, { content: "Escalate now." })]))
    renderAt("/pilot/s-1", { actions: { ...NO_ACTIONS, escalate: (ask) => void asks.push(ask) } })
    await screen.findByRole("button", { name: /Escalate now/ })
    await userEvent.keyboard("e")
    expect(asks).toEqual(["Tenant rights: reset the sign-in"])
  })

  test("a case resolved before can be noted with what worked there", async () => {
    const similar = { session_id: "s-9", title: "Outlook prompts on the second laptop", problem_summary: "", client_name: "Harbor", same_client: false, resolution: "x", worked: ["Removed the stored password"], resolved_at: "2025-12-01T08:00:00Z" }
    serve({ ...served({ turn: aTurn() }, [said, aReply(2, { content: "A resolved case looks alike.", cites: ["s-9"] })]), [SIMILAR]: { items: [similar] } })
    renderAt("/pilot/s-1")
    expect((await (await ledger()).findByRole("link", { name: "Outlook prompts on the second laptop" })).getAttribute("href")).toBe("/pilot/s-9")
    await userEvent.click(await screen.findByRole("button", { name: /^Note it/ }))
    expect(screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Note" }).value).toBe("As in “Outlook prompts on the second laptop” (Harbor): Removed the stored password")
  })
})
