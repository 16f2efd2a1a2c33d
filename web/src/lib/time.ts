const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** `42 s`, `3.4 min`, `2.5 h`, `3 d`. */
export function duration(seconds: number): string {
  const value = Math.max(0, seconds)
  if (Math.round(value) < MINUTE) return `${Math.round(value)} s`
  if (value < HOUR) return `${tenths(value / MINUTE)} min`
  if (value < 2 * DAY) return `${tenths(value / HOUR)} h`
  return `${Math.floor(value / DAY)} d`
}

/** Whole seconds below a minute, whole minutes below an hour: for text that ticks on the screen. */
export function age(seconds: number): string {
  const value = Math.max(0, Math.floor(seconds))
  if (value < MINUTE) return `${value} s`
  if (value < 10 * MINUTE) return `${tenths(Math.floor(value / 6) / 10)} min`
  if (value < HOUR) return `${Math.floor(value / MINUTE)} min`
  return duration(value)
}

/** How often the text of `age` can change at that age, in milliseconds. */
export function ageStep(seconds: number): number {
  if (seconds < MINUTE) return 1_000
  if (seconds < 10 * MINUTE) return 6_000
  return 60_000
}

/** `14:05` today, `Tue 14:05` within a week, `3 Mar 14:05` else; in the reader's zone. */
export function clockTime(iso: string, now: number): string {
  const at = new Date(iso)
  const time = at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })
  const days = Math.abs(now - at.getTime()) / 1000 / DAY
  if (at.toDateString() === new Date(now).toDateString()) return time
  if (days < 6) return `${at.toLocaleDateString("en-GB", { weekday: "short" })} ${time}`
  return `${at.toLocaleDateString("en-GB", { day: "numeric", month: "short" })} ${time}`
}

/** The whole date and time, for a tooltip. */
export const fullTime = (iso: string): string => new Date(iso).toLocaleString("en-GB", { dateStyle: "full", timeStyle: "medium" })

const tenths = (value: number): string => (Math.round(value * 10) / 10).toFixed(1).replace(/\.0$/, "")
