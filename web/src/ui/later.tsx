import { lazy, Suspense, type ComponentType, type ReactNode } from "react"

/**
 * A component that is loaded when it is first shown; `preload` (on hover or focus) makes that moment shorter.
 * Everything with React Aria in it is shown this way, so that the first load stays small.
 */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ((props: Props) => ReactNode) & { preload: () => void } {
  let loaded: Promise<{ default: ComponentType<Props> }> | null = null
  const get = () => (loaded ??= load().then((component) => ({ default: component })))
  const Inner = lazy(get)
  const Later = (props: Props) => (
    <Suspense fallback={null}>
      <Inner {...props} />
    </Suspense>
  )
  return Object.assign(Later, { preload: () => void get() })
}
