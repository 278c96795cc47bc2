import { type ComponentType, lazy } from 'react'

/** A component whose code is fetched when it is first shown, by `Lazily`, or before. */
export interface LazyPart<Props extends object> {
  /** What to show: itself as soon as it is there, and before that what waits for it. */
  readonly current: ComponentType<Props>
  /** Fetches the code. A failure shows when it is needed. */
  readonly preload: () => Promise<void>
}

/**
 * What was fetched before it is shown is there at once: React waits with its own `lazy` for as much as 300 ms after another one, also
 * when there is nothing to wait for.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<{ readonly default: ComponentType<Props> }>,
): LazyPart<Props> {
  const loadAndKeep = async () => {
    const module = await load()
    part.current = module.default
    return module
  }
  const part = {
    current: lazy(loadAndKeep) as unknown as ComponentType<Props>,
    preload: async () => {
      await loadAndKeep().catch(() => undefined)
    },
  }
  return part
}
