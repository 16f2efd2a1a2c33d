import { defineConfig } from "@playwright/test"

const executablePath = process.env["CHROMIUM"]
const isRoot = process.getuid?.() === 0

/** Chromium is the one named in CHROMIUM, else Playwright's own; as root it can only run without its sandbox. */
export default defineConfig({
  testDir: "./e2e",
  globalSetup: "./e2e/server.ts",
  workers: 1,
  retries: 0,
  timeout: 300_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env["CI"] !== undefined,
  use: {
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    timezoneId: "Europe/London",
    colorScheme: "light",
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    screenshot: "only-on-failure",
    launchOptions: { ...(executablePath !== undefined && { executablePath }), args: isRoot ? ["--no-sandbox"] : [] },
  },
})
