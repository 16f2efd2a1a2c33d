import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { createWriteStream } from "node:fs"
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"

const COMMAND = fileURLToPath(new URL("../../.venv/bin/resolutionflow", import.meta.url))
const RESULTS = fileURLToPath(new URL("../test-results/", import.meta.url))
const ANNOUNCED = /is at (http:\/\/127\.0\.0\.1:\d+)/

/** One product for all tests, on a database of its own that goes with it. E2E_ADDRESS names one that runs already. */
export default async function serve(): Promise<() => Promise<void>> {
  if (process.env["E2E_ADDRESS"] !== undefined) return () => Promise.resolve()
  const home = await mkdtemp(join(tmpdir(), "resolutionflow-e2e-"))
  await chmod(home, 0o711) // as root the database runs as another user, who must be able to pass
  await mkdir(RESULTS, { recursive: true })
  const server = spawn(COMMAND, ["serve", "--demo", "--port", "0", "--data-dir", home], { cwd: home, env: surroundings(), stdio: ["ignore", "pipe", "pipe"] })
  const log = createWriteStream(join(RESULTS, "server.log"))
  server.stderr.pipe(log, { end: false })
  server.stdout.pipe(log, { end: false })
  const stop = async () => {
    await end(server)
    log.end()
    await rm(home, { recursive: true, force: true })
  }
  try {
    process.env["E2E_ADDRESS"] = await announced(server)
  } catch (error) {
    await stop()
    throw error
  }
  return stop
}

/** Nothing of the caller's own settings, and many accounts from one address. */
function surroundings(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("RESOLUTIONFLOW_"))
  return { ...Object.fromEntries(inherited), RESOLUTIONFLOW_REGISTRATIONS_PER_HOUR: "0" }
}

async function announced(server: ChildProcess & { stdout: NodeJS.ReadableStream }): Promise<string> {
  for await (const line of createInterface(server.stdout)) {
    const address = ANNOUNCED.exec(line)?.[1]
    if (address !== undefined) return address
  }
  throw new Error("The server did not start: see web/test-results/server.log")
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = once(server, "exit")
  server.kill("SIGTERM")
  await ended
}
