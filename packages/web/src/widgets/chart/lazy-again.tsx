import { type ComponentType, lazy, type ReactElement, useState } from 'react'

/** A component whose code is fetched when it is first shown, by `Lazily`, or before. */
export interface LazyPart<Props extends object> {
  /** What to show: itself as soon as it is there, and before that what waits for it. */
  current: ComponentType<Props>
  /** Fetches the code. A failure shows when it is needed. */
  readonly preload: () => Promise<void>
}

/**
 * React's `lazy` remembers for ever that a fetch has failed. Here the next showing tries anew, so that a lost connection costs no
 * reload. And what was fetched before it is shown is there at once: React waits with a `lazy` for as much as 300 ms after another one,
 * also when there is nothing to wait for.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<{ readonly default: ComponentType<Props> }>,
): LazyPart<Props> {
  const loadAndKeep = async () => {
    const module = await load()
    part.current = module.default
    return module
  }
  const make = () =>
    lazy(() =>
      loadAndKeep().catch((error: unknown) => {
        part.current = make()
        throw error
      }),
    ) as unknown as ComponentType<Props>
  const part = {
    current: make(),
    preload: async () => {
      await loadAndKeep().catch(() => undefined)
    },
  }
  return part
}

export function Lazily<Props extends object>({ part, props }: { part: LazyPart<Props>; props: Props }): ReactElement {
  // What is shown stays: another component in its place would begin anew.
  const [Current] = useState(() => part.current)
  return <Current {...props} />
}
