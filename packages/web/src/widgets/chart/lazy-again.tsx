import { type ComponentType, lazy, type ReactElement } from 'react'

/** A component whose code is fetched when it is first shown, by `Lazily`. */
export interface LazyPart<Props extends object> {
  current: ComponentType<Props>
}

/**
 * React's `lazy` remembers for ever that a fetch has failed. Here the next showing tries anew, so that a lost connection costs no
 * reload.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<{ readonly default: ComponentType<Props> }>,
): LazyPart<Props> {
  const make = () =>
    lazy(() =>
      load().catch((error: unknown) => {
        part.current = make()
        throw error
      }),
    ) as unknown as ComponentType<Props>
  const part = { current: make() }
  return part
}

export function Lazily<Props extends object>({ part, props }: { part: LazyPart<Props>; props: Props }): ReactElement {
  const Current = part.current
  return <Current {...props} />
}
