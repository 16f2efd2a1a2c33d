import tailwindcss from "@tailwindcss/vite"
import react from "@vitejs/plugin-react"
import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"

const backend = process.env["RESOLUTIONFLOW_BACKEND"] ?? "http://127.0.0.1:8000"
const toBackend = { target: backend, changeOrigin: false }

// Few large files compress better than many small ones; what is shown later (dialogs, menus) stays out of them.
const FIRST_LOAD_VENDORS = /node_modules\/(react|react-dom|scheduler|use-sync-external-store|openapi-fetch|eventsource-parser|@tanstack\/[\w-]+)\/(?!.*infinite)/i
const FIRST_LOAD_KIT = /src\/(lib\/|ui\/(?!Dialog|Menu))/

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: { host: "127.0.0.1", proxy: { "/api": toBackend, "/healthz": toBackend } },
  preview: { host: "127.0.0.1", proxy: { "/api": toBackend, "/healthz": toBackend } },
  build: {
    target: "es2022",
    manifest: true,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "vendor", test: FIRST_LOAD_VENDORS }, { name: "kit", test: FIRST_LOAD_KIT }] } } },
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/test/setup.ts"],
    restoreMocks: true,
    unstubGlobals: true,
    css: { include: [/tokens\.css/] },
  },
})
