import type { RouteComponent } from '@tanstack/react-router'
import { Fetched } from './lazily.tsx'
import { lazyPart } from './lazy-part.ts'

/**
 * A page whose code is fetched when somebody goes there or is about to. The router's own `lazyRouteComponent` loads the whole page
 * anew where a fetch fails; while the server is away, that would leave the browser's error page in place of ours.
 */
export function lazyPage<Name extends string>(
  load: () => Promise<Readonly<Record<Name, () => React.ReactElement>>>,
  name: Name,
): RouteComponent {
  const part = lazyPart<object>(async () => ({ default: (await load())[name] }))
  return Object.assign(() => <Fetched part={part} props={{}} />, { preload: part.preload })
}
