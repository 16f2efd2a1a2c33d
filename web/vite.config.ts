import tailwindcss from "@tailwindcss/vite"
import react from "@vitejs/plugin-react"
import { readFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import type { Plugin } from "vite"
import { defineConfig } from "vitest/config"

const backend = process.env["RESOLUTIONFLOW_BACKEND"] ?? "http://127.0.0.1:8000"
const toBackend = { target: backend, changeOrigin: false }

/** The page /api/docs may load files from this address only, so Swagger's come with the build. */
const apiDocs: Plugin = {
  name: "api-docs",
  apply: "build",
  async generateBundle() {
    for (const file of ["swagger-ui.css", "swagger-ui-bundle.js"])
      this.emitFile({ type: "asset", fileName: `api-docs/${file}`, source: await readFile(new URL(`./node_modules/swagger-ui-dist/${file}`, import.meta.url)) })
  },
}

export default defineConfig({
  plugins: [react(), tailwindcss(), apiDocs],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: { host: "127.0.0.1", proxy: { "/api": toBackend, "/healthz": toBackend } },
  preview: { host: "127.0.0.1", proxy: { "/api": toBackend, "/healthz": toBackend } },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false, resolveDependencies: (_url, chunks, { hostType }) => (hostType === "html" ? chunks : []) },
    // What the queue page needs at first stands in two files, because few large ones compress better than many small ones.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "vendor", test: /node_modules/, tags: ["$initial"] },
            { name: "app", test: /\/src\//, tags: ["$initial"] },
          ],
        },
      },
    },
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/test/setup.ts"],
    testTimeout: 60_000,
    restoreMocks: true,
    unstubGlobals: true,
    css: { include: [/tokens\.css/] },
  },
})
