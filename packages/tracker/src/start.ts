import { engage, measureDepth } from './engagement.ts'
import { noteClick } from './links.ts'
import { view, watchHistory } from './pages.ts'
import { on, safe } from './safe.ts'
import { add, flush } from './send.ts'
import { common, type Settings } from './settings.ts'

/** Starts to count. Once a page. */
export function start(settings: Settings): void {
  Object.assign(common, settings)
  if (ENGAGEMENT) {
    on('scroll', measureDepth)
    // By the time of a navigation's own event, the next page may be in the document; the click comes before.
    on('click', measureDepth)
  }
  if (LINKS) {
    on('click', noteClick)
    on('auxclick', noteClick)
  }
  if (SPA) watchHistory()
  on('visibilitychange', turn)
  // Back and forward may bring the page back as it was left.
  on('pageshow', (event: PageTransitionEvent) => view(event.persisted))
  view()
  if ((performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming)?.responseStatus === 404) {
    add('not_found')
  }
}

/** Sends an event of the page's own, or changes a setting. */
export const call = safe((command: string, value: unknown, options?: unknown) => {
  if (command === 'event') {
    // Of the page that the router has just gone to.
    view()
    add(value as string, options)
  } else common[command] = value
})

/** The page is hidden, which is the last that one is sure to hear of it; or it is shown again. */
function turn(): void {
  if (ENGAGEMENT) measureDepth()
  view()
  if (ENGAGEMENT) engage()
  flush(true)
}
