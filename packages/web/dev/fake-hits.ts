/** Believable traffic from a fixed seed: weekdays, evenings, growth, bots, errors, and names that try to break a page. */
export interface FakeHit {
  readonly atMs: number
  readonly visitor: number
  readonly bytes: number
  readonly path: string
  readonly status: number
  readonly country: string
  readonly referrer: string
  readonly browser: string
  readonly is_bot: boolean
  readonly source: string
}

const DAYS = 90
const HITS_PER_DAY = 1200
const DAY_MS = 86_400_000

export function fakeHistory(nowMs: number, random: () => number): FakeHit[] {
  const startMs = Math.floor(nowMs / DAY_MS) * DAY_MS - (DAYS - 1) * DAY_MS
  const hits: FakeHit[] = []
  for (let hour = 0; startMs + hour * 3_600_000 < nowMs; hour++) {
    const fromMs = startMs + hour * 3_600_000
    const count = Math.round(
      (HITS_PER_DAY / 24) * rhythm(fromMs) * (0.7 + (0.6 * hour) / (DAYS * 24)) * (0.85 + random() * 0.3),
    )
    for (let i = 0; i < count; i++) {
      const atMs = fromMs + random() * 3_600_000
      if (atMs < nowMs) hits.push(fakeHit(atMs, random))
    }
  }
  return hits.sort((a, b) => a.atMs - b.atMs)
}

export function fakeHit(atMs: number, random: () => number): FakeHit {
  const isBot = random() < 0.08
  const status = pick(STATUSES, random)
  return {
    atMs,
    // The square makes some visitors come often and most of them rarely.
    visitor: Math.floor(random() ** 2 * 9000),
    bytes: Math.round(1500 + random() ** 3 * 400_000),
    path: status === 404 ? '/favicon-old.ico' : pick(PATHS, random),
    status,
    country: pick(COUNTRIES, random),
    referrer: pick(REFERRERS, random),
    browser: isBot ? 'Googlebot' : pick(BROWSERS, random),
    is_bot: isBot,
    source: random() < 0.72 ? 'website' : 'mobile-app',
  }
}

/** A small, fast generator (mulberry32): the same seed gives the same numbers. */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function rhythm(atMs: number): number {
  const hourOfWeek = (atMs / 3_600_000 + 4 * 24) % 168
  const isWeekend = hourOfWeek >= 144 || hourOfWeek < 24
  return (isWeekend ? 1.25 : 0.93) * (1 + 0.75 * Math.sin(((hourOfWeek % 24) - 13) * (Math.PI / 12)))
}

function pick<T>(weighted: readonly (readonly [T, number])[], random: () => number): T {
  let rest = random() * weighted.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [value, weight] of weighted) {
    rest -= weight
    if (rest < 0) return value
  }
  return weighted[0]?.[0] as T
}

const SHOWS = [
  'north-water',
  'the-salt-road',
  'paper-moons',
  'harbour-lights',
  'static',
  'second-spring',
  'the-cartographer',
]
const PATHS: readonly (readonly [string, number])[] = [
  ['/', 30],
  ['/browse', 22],
  ['/pricing', 9],
  ['/sign-up', 6],
  ['/account/settings', 4],
  ...SHOWS.map((show, index) => [`/title/${show}`, 14 / (index + 1)] as const),
  ...SHOWS.flatMap((show, index) => [1, 2, 3, 4].map((n) => [`/title/${show}/episode-${n}`, 4 / (index + n)] as const)),
  ['/<img src=x onerror="document.title=\'owned\'">', 1.6],
  ['/عروض/المسلسلات-الجديدة', 1.4],
  ['/🎬/premières?ref=🍿', 1.2],
  [`/archive/${'very-long-name-'.repeat(33)}end`, 1],
]
const STATUSES = [
  [200, 900],
  [304, 50],
  [301, 18],
  [404, 26],
  [206, 40],
  [500, 3],
  [503, 2],
  [403, 4],
] as const
const COUNTRIES = [
  ['DE', 30],
  ['US', 22],
  ['GB', 12],
  ['FR', 9],
  ['JP', 7],
  ['BR', 6],
  ['IN', 5],
  ['NP', 2],
  ['AU', 3],
  ['', 2],
  ['ES', 4],
] as const
const REFERRERS = [
  ['', 50],
  ['google.com', 22],
  ['news.ycombinator.com', 4],
  ['bing.com', 3],
  ['t.co', 5],
  ['reddit.com', 4],
  ['duckduckgo.com', 3],
  ['newsletter.example.org', 3],
  ['partner.example.net', 2],
  ['youtube.com', 3],
  ['lobste.rs', 1],
] as const
const BROWSERS = [
  ['Chrome', 50],
  ['Safari', 20],
  ['Mobile Safari', 14],
  ['Firefox', 9],
  ['Edge', 7],
  ['Samsung Internet', 3],
  ['', 1],
  ['Opera', 1],
] as const
