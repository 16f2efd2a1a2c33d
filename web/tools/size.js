// What a browser loads before the queue page can be used: the scripts that index.html names. Fails above the budget.
import { readFileSync } from "node:fs"
import { gzipSync } from "node:zlib"

const BUDGET_KB = 130

const page = readFileSync("dist/index.html", "utf8")
const files = [...page.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, file = ""]) => file)
let total = 0
for (const file of new Set(files)) {
  const kb = gzipSync(readFileSync(`dist/${file}`)).length / 1000
  total += kb
  console.log(`${kb.toFixed(1).padStart(7)} kB  ${file}`)
}
console.log(`${total.toFixed(1).padStart(7)} kB  first load, JavaScript gzipped (at most ${BUDGET_KB})`)
if (total > BUDGET_KB || files.length === 0) process.exit(1)
