import type { NativeEventInput } from '@almanac/core/events/native-event.ts'
import { isInOutage } from '../company/calendar.ts'
import { GENRES, type Title } from '../company/catalogue.ts'
import { between, exponential, type Random } from '../random.ts'
import { pause, record, type Session } from './session.ts'

export const SITE_URL = 'https://www.tidelight.example'

export interface Page {
  readonly path: string
  readonly title: string
  /** A usual size of the page, in kilobytes. */
  readonly sizeKb: number
}

export const HOME = page('/', 'Tidelight: series, films and live sport', 64)
export const START = page('/start', 'Start', 88)
export const PRICING = page('/pricing', 'Plans and prices', 31)
export const SIGN_UP = page('/sign-up', 'Create your account', 24)
export const WELCOME = page('/welcome', 'Welcome', 28)
export const LOG_IN = page('/login', 'Log in', 18)
export const ACCOUNT = page('/account', 'Your account', 26)
export const SEARCH = page('/search', 'Search', 35)
export const HELP_PAGES: readonly Page[] = [
  page('/help', 'Help', 29),
  page('/help/cancel-subscription', 'How to cancel', 22),
  page('/help/watch-on-tv', 'Watch on your TV', 25),
  page('/help/payment-methods', 'Ways to pay', 21),
]
export const BLOG_PAGES: readonly Page[] = [
  page('/blog/best-thrillers-this-winter', 'The best thrillers this winter', 47),
  page('/blog/behind-the-salt-line', 'Behind the scenes of The Salt Line', 58),
  page('/blog/watch-with-the-kids', 'Ten things to watch with the kids', 44),
  page('/blog/velodrome-explained', 'Track cycling, explained', 41),
]
export const BROWSE_PAGES: readonly Page[] = GENRES.map((genre) => page(`/browse/${genre}`, `Browse: ${genre}`, 72))
/** Links that went dead and are still followed. */
export const DEAD_PAGES: readonly Page[] = [
  page('/title/harbor-seven', 'Not found', 6),
  page('/offers/black-friday', 'Not found', 6),
  page('/apps/windows-phone', 'Not found', 6),
  page('/de/serien', 'Not found', 6),
]

export const titlePage = (title: Title) => page(`/title/${title.slug}`, title.name, 52)
export const watchPage = (title: Title) => page(`/watch/${title.slug}`, `Watch ${title.name}`, 38)
export const offerPage = (path: string) => page(path, 'Your first month with Tidelight', 33)

export interface Arrival {
  readonly referrer?: string
  readonly query?: string
  readonly campaign?: NativeEventInput['campaign']
}

/** Records a page view, and another when the visitor reloads a page that failed. False: it failed to the end. */
export function viewPage(session: Session, shown: Page, arrival: Arrival = {}): boolean {
  for (let attempt = 0; attempt < 3; attempt++) {
    const status = statusOf(session, shown)
    recordPageView(session, shown, status, arrival)
    if (status < 500) return true
    pause(session, 12)
    if (session.random() < 0.35) return false
  }
  return false
}

/** What an answer weighs and how long the server took for it. */
export function answerOf(random: Random, status: number, sizeKb: number): { bytes: number; durationMs: number } {
  if (status === 503) return { bytes: 1180, durationMs: Math.round(between(random, 4000, 30_000)) }
  if (status >= 500) return { bytes: 2210, durationMs: Math.round(between(random, 300, 9000)) }
  if (status === 404) return { bytes: 6350, durationMs: Math.round(between(random, 8, 60)) }
  return {
    bytes: Math.round(sizeKb * 1024 * between(random, 0.85, 1.2)),
    durationMs: Math.round(35 + exponential(random, 90)),
  }
}

function recordPageView(session: Session, shown: Page, status: number, arrival: Arrival): void {
  const url = `${SITE_URL}${shown.path}${arrival.query ?? ''}`
  const referrer = arrival.referrer ?? session.previousUrl
  record(session, 'page_view', {
    url,
    title: status === 503 ? 'Service unavailable' : status === 500 ? 'Something went wrong' : shown.title,
    ...(referrer && { referrer }),
    ...(arrival.campaign && { campaign: arrival.campaign }),
    method: 'GET',
    status,
    ...answerOf(session.random, status, shown.sizeKb),
  })
  session.previousUrl = url
}

function statusOf({ random, calendar, at }: Session, shown: Page): number {
  if (isInOutage(calendar, at) && random() < 0.6) return 503
  if (DEAD_PAGES.includes(shown)) return 404
  return random() < 0.0012 ? 500 : 200
}

function page(path: string, title: string, sizeKb: number): Page {
  return { path, title, sizeKb }
}
