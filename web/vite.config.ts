import tailwindcss from "@tailwindcss/vite"
import react from "@vitejs/plugin-react"
import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"

const backend = process.env["RESOLUTIONFLOW_BACKEND"] ?? "http://127.0.0.1:8000"
const toBackend = { target: backend, changeOrigin: false }

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: { host: "127.0.0.1", proxy: { "/api": toBackend, "/healthz": toBackend } },
  preview: { host: "127.0.0.1", proxy: { "/api": toBackend, "/healthz": toBackend } },
  build: { target: "es2022", manifest: true, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 600 },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/test/setup.ts"],
    restoreMocks: true,
  },
})
