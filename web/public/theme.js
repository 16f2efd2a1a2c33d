// Runs before the first paint, so that the page never flashes in the other theme.
;(function () {
  var chosen = null
  try {
    chosen = localStorage.getItem("resolutionflow.theme")
  } catch {
    // Storage is switched off: follow the system.
  }
  var dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches)
  document.documentElement.dataset.theme = dark ? "dark" : "light"
})()
