import { safe } from './safe.ts'
import { common, type EventOptions, type Properties, type Settings } from './settings.ts'
import { call, start } from './start.ts'

export type { EventOptions, Properties, Settings }

/** Begins to count page views and the rest. Does nothing on a server, and nothing the second time. */
export function init(settings: Settings & { readonly api: string }): void {
  if (typeof window === 'undefined' || common.api) return
  safe(start)({ ...settings, respectDnt: settings.respectDnt || undefined })
}

/** Does nothing before `init`. */
export function track(name: string, options?: EventOptions): void {
  if (common.api) call('event', name, options)
}

/** Who is logged in, for all events from now on; without one, nobody. */
export function setUser(user?: string): void {
  call('user', user)
}

/** Properties that go with every event from now on, in place of those that did. */
export function setProps(props: Properties): void {
  call('props', props)
}
