import { useQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { Button, Card, RelativeTime } from "@/ui"
import { similarQuery } from "./queries"

/** Resolved cases with an alike problem and what worked there; nothing where there are none. */
export function SimilarCases({ sessionId, onCite }: { sessionId: string; onCite: ((words: string) => void) | null }) {
  const similar = useQuery(similarQuery(sessionId)).data ?? []
  if (similar.length === 0) return null
  return (
    <Card as="section" aria-labelledby="similar-title" className="p-0">
      <h2 id="similar-title" className="border-b px-4 py-2 text-small font-medium text-ink-dim">
        Resolved before
      </h2>
      <ul className="divide-y">
        {similar.map((each) => {
          const cure = each.worked.at(-1) ?? each.resolution
          return (
            <li key={each.session_id} className="group/similar grid gap-0.5 px-4 py-2.5">
              <Link to="/pilot/$sessionId" params={{ sessionId: each.session_id }} className="line-clamp-2 rounded-small font-medium [overflow-wrap:anywhere] hover:underline">
                {each.title}
              </Link>
              {cure !== null && (
                <p className="line-clamp-3 [overflow-wrap:anywhere] text-ink-dim">
                  <span className="text-small text-ink-faint">Worked: </span>
                  {cure}
                </p>
              )}
              <p className="flex min-h-5 flex-wrap items-center gap-x-1.5 text-small text-ink-faint">
                {each.same_client ? "Same client" : (each.client_name ?? "Client not named")} · <RelativeTime at={each.resolved_at} />
                {onCite && (
                  <Button
                    size="small"
                    variant="quiet"
                    className="-my-1 ml-auto h-6"
                    aria-label={`Note it: ${each.title}`}
                    onClick={() => onCite(`As in “${each.title}”${each.client_name === null ? "" : ` (${each.client_name})`}${cure === null ? "" : `: ${cure}`}`)}
                  >
                    Note it
                  </Button>
                )}
              </p>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
