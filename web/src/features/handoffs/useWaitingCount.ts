export function useWaitingCount(): number {
  return 0
}
