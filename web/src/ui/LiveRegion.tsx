import { useSpoken } from "@/lib/announce"

/** Where `announce` is heard; once per page. */
export function LiveRegion() {
  return (
    <div aria-live="polite" role="status" className="sr-only" data-testid="announcements">
      {useSpoken()}
    </div>
  )
}

export function VisuallyHidden({ children }: { children: React.ReactNode }) {
  return <span className="sr-only">{children}</span>
}
