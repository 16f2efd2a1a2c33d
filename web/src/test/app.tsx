import { render } from "@testing-library/react"
import { App, watchAuth } from "@/app/App"
import { createAppRouter } from "@/app/router"
import { createCache } from "@/lib/query"
import { problem, serve, tokens, type Call } from "./server"

/** What every page of a signed-in engineer asks for. */
const FRAME = {
  "POST /api/v1/auth/refresh": tokens(),
  "GET /api/v1/ai-sessions/escalations/stream": () => problem(403, "forbidden", "not in this test"),
  "GET /api/v1/ai-sessions/escalations": { items: [], last_event_id: 0 },
  "GET /api/v1/ai-sessions": { items: [], next_cursor: null },
  "GET /api/v1/notifications/unread-count": { count: 0 },
  "GET /api/v1/notifications": { items: [], next_cursor: null },
  "GET /api/v1/meta": { version: "1", registration: "open", assistant: false, demo_sign_ins: null },
}

/** The whole application at `path`, as a browser opens it; only the network is replaced. */
export function openApp(path: string, routes: Parameters<typeof serve>[0] = {}): Call[] {
  const calls = serve({ ...FRAME, ...routes })
  window.history.replaceState(null, "", path)
  const cache = createCache()
  const router = createAppRouter(cache)
  watchAuth(cache, router)
  render(<App cache={cache} router={router} />)
  return calls
}
