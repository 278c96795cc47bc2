import { safe } from './safe.ts'
import { common } from './settings.ts'

/**
 * Events wait in memory for the next turn of the event loop, so that what belongs together travels together. Nothing is
 * ever written to the visitor's device. What could not be delivered is tried again while the page is open, after longer and
 * longer pauses and with every new event; each event has an id, so one that arrives twice is counted once.
 */
let waiting: string[] = []
let pauseMs = 1000

/** What the names mean is said in the server's protocol file. */
export function add(name: string, options?: unknown, durationMs?: number): void {
  if (isOptedOut()) return
  // As text right away: what the page changes later is not sent, and what is no JSON spoils no other event.
  waiting.push(
    JSON.stringify({
      ...common,
      n: name,
      t: Date.now(),
      i: Math.random(),
      h: document.title,
      w: `${screen.width}x${screen.height}`,
      o: options,
      d: durationMs,
    }),
  )
  setTimeout(flush)
}

/** From a page that goes away by beacon; otherwise so that we see the answer and can try again. */
export const flush = safe((isLeaving?: boolean) => {
  // In here, where the build puts them in their place: each byte counts.
  const maxWaiting = 99
  // Browsers carry 64 KiB on behalf of a page that is gone, and a letter may take three bytes.
  const maxKeepaliveLength = 2e4
  const sent = waiting
  const api = common.api as string
  const body = `{"s":${Date.now()},"e":[${sent}]}`
  const again = () => {
    waiting = [...sent, ...waiting].slice(-maxWaiting)
    pauseMs *= 2
    setTimeout(flush, pauseMs)
  }
  waiting = []
  if (!sent[0] || (isLeaving && navigator.sendBeacon(api, body))) return
  // Text needs no preflight. 429 and 5xx pass; whatever else is refused stays refused.
  fetch(api, { method: 'POST', body, keepalive: body.length < maxKeepaliveLength }).then(
    (answer) => answer.status > 428 && again(),
    again,
  )
})

function isOptedOut(): unknown {
  let wish: unknown
  // Reading the storage throws where the visitor keeps sites from it; that is no wish to be left out.
  try {
    wish = localStorage.almanac_ignore
  } catch {}
  const browser = navigator as Navigator & { globalPrivacyControl?: boolean }
  return wish || (common.respectDnt != null && (browser.doNotTrack === '1' || browser.globalPrivacyControl))
}
