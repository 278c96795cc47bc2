import type { NativeEventInput } from '@almanac/core/events/native-event.ts'

/**
 * Two weeks of a small company, always the same: what the tests of boards look at. Figures that a test expects are counted from
 * these events, not copied from a picture.
 */
export const FROM = '2026-09-01'
export const TO = '2026-09-15'
const DAYS = 14
const VISITS_A_DAY = 150
const VISITORS = 211

const PATHS = ['/', '/hats', '/hats/bowler', '/pricing', '/blog', '/about', '/hats', '/']
const PLACES = [
  { country: 'DE', city: 'Berlin' },
  { country: 'DE', city: 'Hamburg' },
  { country: 'AT', city: 'Vienna' },
  { country: 'FR', city: 'Paris' },
  { country: 'US', city: 'Boston' },
  { country: 'JP', city: 'Kyoto' },
] as const
const AGENTS = [
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
]

type Seeded = NativeEventInput & { readonly time: string }

export const SEEDED: readonly Seeded[] = Array.from({ length: DAYS * VISITS_A_DAY }, (_, i) => visit(i)).flat()
export const HITS = SEEDED.filter(({ name }) => name === 'page_view')

export const countOf = (isCounted: (event: Seeded) => boolean): number => HITS.filter(isCounted).length
export const visitorsOf = (isCounted: (event: Seeded) => boolean = () => true): number =>
  new Set(HITS.filter(isCounted).map(({ anonymousId }) => anonymousId)).size

/** One look at a page; now and then somebody signs up, begins to pay, or gets the money back. */
function visit(i: number): Seeded[] {
  const day = Math.floor(i / VISITS_A_DAY)
  const inDay = i % VISITS_A_DAY
  const visitor = (i * 17 + day * 5) % VISITORS
  const atMs = Date.parse(`${FROM}T00:00:00Z`) + day * 86_400_000 + inDay * 9 * 60_000 + (i % 7) * 1000
  const at = (seconds: number) => new Date(atMs + seconds * 1000).toISOString()
  const place = PLACES[visitor % PLACES.length] ?? PLACES[0]
  const common = {
    anonymousId: `visitor-${visitor}`,
    userAgent: AGENTS[visitor % AGENTS.length] ?? '',
    country: place.country,
    city: place.city,
  }
  const path = PATHS[(inDay + day) % PATHS.length] ?? '/'
  const view: Seeded = {
    ...common,
    name: 'page_view',
    time: at(0),
    url: `https://hats.example${path}${visitor % 3 === 0 ? '?utm_source=mail&utm_medium=email&utm_campaign=autumn' : ''}`,
    title: `Hats ${path}`,
    status: i % 25 === 0 ? 404 : i % 90 === 1 ? 500 : 200,
    bytes: 2000 + ((i * 7919) % 30_000),
    durationMs: 20 + ((i * 131) % 900),
    ...(visitor % 4 === 1 && { referrer: 'https://search.example/?q=hats' }),
  }
  const plan = visitor % 2 === 0 ? 'solo' : 'studio'
  const amount = plan === 'solo' ? 9 : 29
  return [
    view,
    ...(i % 21 === 0 ? [{ ...common, name: 'sign_up', time: at(30), properties: { plan } }] : []),
    ...(i % 42 === 0 ? [{ ...common, name: 'trial_started', time: at(60), properties: { plan } }] : []),
    ...(i % 30 === 4
      ? [{ ...common, name: 'payment', time: at(90), revenue: { amount, currency: 'EUR' }, properties: { plan } }]
      : []),
    ...(i % 400 === 4
      ? [
          {
            ...common,
            name: 'refund',
            time: at(120),
            revenue: { amount: -amount, currency: 'EUR' },
            properties: { plan },
          },
        ]
      : []),
  ]
}
