import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { createWriteStream } from "node:fs"
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"

const ROOT = fileURLToPath(new URL("../../", import.meta.url))
const PYTHON = fileURLToPath(new URL("../../.venv/bin/python", import.meta.url))
const COMMAND = fileURLToPath(new URL("../../.venv/bin/resolutionflow", import.meta.url))
const RESULTS = fileURLToPath(new URL("../test-results/", import.meta.url))
const ANNOUNCED = /is at (http:\/\/127\.0\.0\.1:\d+)/

/** One product for all tests, on a database of its own that goes with it. E2E_ADDRESS names one that runs already. */
export default async function serve(): Promise<() => Promise<void>> {
  if (process.env["E2E_ADDRESS"] !== undefined) return () => Promise.resolve()
  const { address, stop } = await startProduct("server.log")
  process.env["E2E_ADDRESS"] = address
  return stop
}

/** A product with the demo, and settings beside the usual ones. Its log lies in test-results. */
export async function startProduct(logName: string, settings: Record<string, string> = {}): Promise<{ address: string; stop: () => Promise<void> }> {
  const home = await mkdtemp(join(tmpdir(), "resolutionflow-e2e-"))
  await chmod(home, 0o711) // as root the database runs as another user, who must be able to pass
  await mkdir(RESULTS, { recursive: true })
  const server = spawn(COMMAND, ["serve", "--demo", "--port", "0", "--data-dir", home], { cwd: home, env: { ...surroundings(), ...settings }, stdio: ["ignore", "pipe", "pipe"] })
  const log = createWriteStream(join(RESULTS, logName))
  server.stderr.pipe(log, { end: false })
  server.stdout.pipe(log, { end: false })
  const stop = async () => {
    await end(server)
    log.end()
    await rm(home, { recursive: true, force: true })
  }
  try {
    return { address: await announced(server, ANNOUNCED), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Nothing of the caller's own settings, and many accounts from one address. */
function surroundings(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("RESOLUTIONFLOW_"))
  return { ...Object.fromEntries(inherited), RESOLUTIONFLOW_REGISTRATIONS_PER_HOUR: "0" }
}

/** A server that speaks a model vendor's protocol, and streams so slowly that one sees it. */
export async function startModel(protocol: "anthropic" | "openai"): Promise<{ address: string; stop: () => Promise<void> }> {
  const server = spawn(PYTHON, ["-m", "tests.assistant.wire.serve", "--port", "0", "--protocol", protocol, "--slowness", "0.05"], { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] })
  return { address: await announced(server, /(http:\/\/127\.0\.0\.1:\d+\S*)/), stop: () => end(server) }
}

async function announced(server: ChildProcess & { stdout: NodeJS.ReadableStream }, line: RegExp): Promise<string> {
  return new Promise((found, failed) => {
    const lines = createInterface(server.stdout)
    lines.on("line", (text) => {
      const address = line.exec(text)?.[1]
      if (address !== undefined) found(address)
    })
    lines.on("close", () => failed(new Error("The server did not start: see web/test-results")))
  })
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = once(server, "exit")
  server.kill("SIGTERM")
  await ended
}
