import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { chromium, type Browser } from "@playwright/test"

const LISTENS = /DevTools listening on (ws:\S+)/

/** A browser as a person has it: a tab behind another is hidden. Playwright's own contexts say that every tab is seen. */
export async function openOwnBrowser(): Promise<{ browser: Browser; close: () => Promise<void> }> {
  const home = await mkdtemp(join(tmpdir(), "resolutionflow-browser-"))
  const isRoot = process.getuid?.() === 0
  const program = spawn(
    process.env["CHROMIUM"] ?? chromium.executablePath(),
    ["--headless", ...(isRoot ? ["--no-sandbox"] : []), "--remote-debugging-port=0", `--user-data-dir=${home}`, "--no-first-run", "--window-size=1280,800", "about:blank"],
    { stdio: ["ignore", "ignore", "pipe"] },
  )
  const close = async () => {
    await end(program)
    await rm(home, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    const browser = await chromium.connectOverCDP(await endpoint(program), { noDefaults: true })
    return { browser, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function endpoint(program: ChildProcess & { stderr: NodeJS.ReadableStream }): Promise<string> {
  return new Promise((resolve, reject) => {
    const lines = createInterface(program.stderr)
    lines.on("line", (line) => {
      const address = LISTENS.exec(line)?.[1]
      if (address !== undefined) resolve(address)
    })
    lines.on("close", () => reject(new Error("The browser ended before it listened.")))
    program.on("error", reject)
  })
}

async function end(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null || program.pid === undefined) return
  const ended = once(program, "exit")
  program.kill("SIGTERM")
  await ended
}
