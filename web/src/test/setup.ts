import { cleanup, configure } from "@testing-library/react"
import { afterEach } from "vitest"

// Long enough for a machine that does much else; a test that passes never waits for it.
configure({ asyncUtilTimeout: 15_000 })

afterEach(cleanup)
