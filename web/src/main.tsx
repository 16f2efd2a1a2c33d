import { StrictMode } from "react"
import { createRoot } from "react-dom/client"
import { App, watchAuth } from "@/app/App"
import { createAppRouter } from "@/app/router"
import { navigateWith } from "@/lib/go"
import { createCache } from "@/lib/query"
import "./app.css"

const container = document.getElementById("root")
if (!container) throw new Error("index.html has no #root")
const cache = createCache()
const router = createAppRouter(cache)
watchAuth(cache, router)
navigateWith((href) => void router.navigate({ href }))
createRoot(container).render(
  <StrictMode>
    <App cache={cache} router={router} />
  </StrictMode>,
)
