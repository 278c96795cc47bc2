import { engage } from './engagement.ts'
import { on, safe } from './safe.ts'
import { add } from './send.ts'
import { common } from './settings.ts'

/**
 * Counts the page, unless it is the one that was counted last. What comes after `#` does not count: it is a place on the
 * page, or the secret of a login.
 */
export function view(isAgain?: boolean): void {
  const here = location.href.split('#')[0] as string
  // A page that is prepared in advance is seen when it is shown, or never.
  if ((document as { prerendering?: boolean }).prerendering || (here === common.u && !isAgain)) return
  if (ENGAGEMENT) engage(true)
  common.r = common.u ?? document.referrer
  common.u = here
  add('page_view')
}

export function watchHistory(): void {
  // Routers change the address first and the title some time later, and redirect by going twice.
  const settleMs = 300
  const push = history.pushState
  const soon = () => setTimeout(safe(view), settleMs)
  on('popstate', soon)
  history.pushState = (...given) => {
    push.apply(history, given)
    soon()
  }
}
