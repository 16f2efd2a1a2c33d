export function YourSessions() {
  return null
}
