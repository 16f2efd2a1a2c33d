export function StartSession() {
  return null
}
