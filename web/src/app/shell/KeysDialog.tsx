import { Link } from "@tanstack/react-router"
import { useKeyLayers, type Binding } from "@/lib/keys"
import { Kbd } from "@/ui"
import { Dialog } from "@/ui/Dialog"

/** Every key that acts on this page. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const sections = bySection(useKeyLayers().map(({ section, bindings }) => [section, bindings()]))
  return (
    <Dialog title="Keys" onClose={onClose}>
      <div className="grid gap-5">
        {[...sections].map(([section, bindings]) => (
          <section key={section}>
            <h3 className="mb-1 text-small font-medium text-ink-dim">{section}</h3>
            <dl className="divide-y">
              {bindings.map(({ keys, label }) => (
                <div key={keys} className="flex items-center justify-between gap-4 py-1.5">
                  <dt>{label}</dt>
                  <dd>
                    <span className="sr-only">{keys}</span>
                    <Kbd keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <p className="text-small text-ink-faint">
          Single letters do nothing while you write. They can be switched off in your{" "}
          <Link to="/profile" onClick={onClose} className="text-accent underline underline-offset-2">
            profile
          </Link>
          .
        </p>
      </div>
    </Dialog>
  )
}

function bySection(layers: readonly (readonly [string, readonly Binding[]])[]): Map<string, Binding[]> {
  const sections = new Map<string, Binding[]>()
  for (const [section, bindings] of layers.toReversed()) {
    const usable = bindings.filter((binding) => binding.enabled !== false)
    if (usable.length > 0) sections.set(section, [...(sections.get(section) ?? []), ...usable])
  }
  return sections
}
