export function EscalatedNotice() {
  return null
}
