import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Makes the sample files: what the sources of a small software company gave away in the first quarter of 2026. From a seed, so
 * that it makes the same files each time. `node make-samples.ts [FOLDER]`
 */

const FIRST_DAY = Temporal.PlainDate.from('2026-01-01')
const DAYS = Array.from({ length: 90 }, (_, i) => FIRST_DAY.add({ days: i }))
const MONDAYS = DAYS.filter(({ dayOfWeek }) => dayOfWeek === 1)

const FILES: Readonly<Record<string, () => string>> = {
  'salesforce.csv': salesforce,
  'youtube-views.csv': youtubeViews,
  'youtube-subscribers.csv': youtubeSubscribers,
  'linkedin.csv': () => followers('caskalytics', 1840, 0.006),
  'twitter.csv': () => followers('@caskalytics', 5210, 0.002),
  'search-ranking.csv': searchRanking,
  'share-of-voice.csv': shareOfVoice,
  'github.ndjson': github,
  'downloads.s3.log': downloads,
  'beacons.ndjson': beacons,
}

/** Numbers from 0 to 1, the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const isWorkday = ({ dayOfWeek }: Temporal.PlainDate) => dayOfWeek <= 5

function csv(head: string, lines: readonly (readonly (string | number)[])[]): string {
  return `${[head, ...lines.map((cells) => cells.join(','))].join('\n')}\n`
}

/** What came in, by the day of it. Weekends bring little, and webinars, every second Tuesday, much. */
function salesforce(): string {
  const random = randomFrom(1)
  const lines = DAYS.flatMap((day, i) =>
    ['Website', 'Webinar', 'Partner'].flatMap((source) =>
      ['US', 'DE'].flatMap((country): (string | number)[][] => {
        const isWebinar = source === 'Webinar'
        if (isWebinar && !(day.dayOfWeek === 2 && day.weekOfYear !== undefined && day.weekOfYear % 2 === 0)) return []
        const usual = isWebinar ? 30 : isWorkday(day) ? 6 + i / 30 : 1
        const leads = Math.floor(usual * (country === 'US' ? 1 : 0.6) * (0.5 + random()))
        const mqls = Math.floor(leads * (0.2 + 0.3 * random()))
        const opportunities = Math.floor(mqls * (0.2 + 0.4 * random()))
        const amount = opportunities * (4000 + Math.floor(random() * 160) * 50)
        return leads === 0 ? [] : [[day.toString(), source, country, leads, mqls, opportunities, amount]]
      }),
    ),
  )
  return csv('Created Date,Lead Source,Country,Leads,MQLs,Opportunities,Amount', lines)
}

const VIDEOS = [
  { title: 'Cask in five minutes', day: 0, views: 60 },
  { title: '"Pipelines, explained"', day: 20, views: 90 },
  { title: 'What is new in Cask 2.4', day: 47, views: 140 },
]

/** A video has most of its views in its first days. */
function youtubeViews(): string {
  const random = randomFrom(2)
  const quoted = (title: string) => (/[",]/.test(title) ? `"${title.replaceAll('"', '""')}"` : title)
  const lines = DAYS.flatMap((day, i) =>
    VIDEOS.flatMap((video): (string | number)[][] => {
      const age = i - video.day
      if (age < 0) return []
      const views = Math.round(video.views * (0.15 + Math.exp(-age / 12)) * (0.7 + 0.6 * random()))
      return [[day.toString(), quoted(video.title), views]]
    }),
  )
  return csv('Day,Video title,Views', lines)
}

function youtubeSubscribers(): string {
  const random = randomFrom(3)
  let subscribers = 921
  const lines = DAYS.map((day) => {
    subscribers += Math.floor(random() * 5) - (random() < 0.1 ? 2 : 0)
    return [day.toString(), 'Caskalytics', subscribers]
  })
  return csv('Day,Channel,Subscribers', lines)
}

/** Looked up on Mondays. */
function followers(account: string, first: number, growth: number): string {
  const random = randomFrom(first)
  let count = first
  const lines = MONDAYS.map((day) => {
    count += Math.round(count * growth * (0.4 + 1.2 * random()))
    return [day.toString(), account, count]
  })
  return csv('Date,Account,Followers', lines)
}

const KEYWORDS = [
  { keyword: 'data pipeline', position: 14 },
  { keyword: 'data integration platform', position: 22 },
  { keyword: 'open source etl', position: 9 },
  { keyword: 'cask tutorial', position: 1 },
]

/** Ranks in a search engine, better by and by. */
function searchRanking(): string {
  const random = randomFrom(4)
  const lines = MONDAYS.flatMap((day, week) =>
    KEYWORDS.map(({ keyword, position }) => {
      const rank = Math.round(position * (1 - week * 0.025) + (random() - 0.5) * 3)
      return [day.toString(), keyword, Math.max(1, rank)]
    }),
  )
  return csv('Date,Keyword,Position', lines)
}

/** A figure that the ranking service computes for a week and a brand. */
function shareOfVoice(): string {
  const random = randomFrom(5)
  const lines = MONDAYS.flatMap((day, week) => {
    const own = 0.18 + week * 0.006 + random() * 0.02
    const rival = 0.37 - week * 0.003 + random() * 0.02
    return [
      [day.toString(), 'Caskalytics', own.toFixed(3)],
      [day.toString(), 'Brewmetrics', rival.toFixed(3)],
    ]
  })
  return csv('Week,Brand,Share of voice', lines)
}

/** What a webhook's receiver counted: how many there are at the end of the day. */
function github(): string {
  const random = randomFrom(6)
  const count = { stars: 3120, forks: 402, watchers: 188 }
  const lines = DAYS.flatMap((day) => {
    count.stars += Math.floor(random() * 9)
    count.forks += Math.floor(random() * 2.2)
    count.watchers += random() < 0.2 ? 1 : 0
    return Object.entries(count).map(([metric, value]) =>
      JSON.stringify({ metric, date: day.toString(), value, dimensions: { repository: 'caskalytics/cask' } }),
    )
  })
  return `${lines.join('\n')}\n`
}

const VERSIONS = [
  { version: '2.2.5', day: -40 },
  { version: '2.3.0', day: -10 },
  { version: '2.3.1', day: 18 },
  { version: '2.4.0', day: 46 },
]
const OWNER = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be'
const MONTHS = ['Jan', 'Feb', 'Mar']

/** Of the bucket with the releases: downloads, looks at them (HEAD), and what is not there. */
function downloads(): string {
  const random = randomFrom(7)
  const lines = DAYS.flatMap((day, i) => {
    const times = Array.from({ length: 1 + Math.floor(random() * (isWorkday(day) ? 6 : 2)) }, () =>
      Math.floor(random() * 86_400),
    )
    return times.sort((a, b) => a - b).map((second, n) => downloadLine(day, i, second, n, random))
  })
  return `${lines.join('\n')}\n`
}

function downloadLine(day: Temporal.PlainDate, i: number, second: number, n: number, random: () => number): string {
  const released = VERSIONS.filter((version) => version.day <= i)
  const { version } = released[Math.max(0, released.length - 1 - Math.floor(random() * random() * 3))] as {
    version: string
  }
  const platform = ['linux-x64', 'macos-arm64', 'windows-x64'][Math.floor(random() * 2.6)]
  const kind = random()
  const [operation, method, status] =
    kind < 0.8
      ? ['REST.GET.OBJECT', 'GET', 200]
      : kind < 0.93
        ? ['REST.HEAD.OBJECT', 'HEAD', 200]
        : ['REST.GET.OBJECT', 'GET', 404]
  const key = `releases/${status === 404 ? 'cask-1.0.0' : `cask-${version}`}-${platform}.tar.gz`
  const size = 48_000_000 + Number(version.replaceAll('.', '')) * 1000
  const clock = [second / 3600, (second / 60) % 60, second % 60].map((part) =>
    String(Math.floor(part)).padStart(2, '0'),
  )
  const date = `${String(day.day).padStart(2, '0')}/${MONTHS[day.month - 1]}/${day.year}`
  const request = (1e15 + i * 1e12 + n * 1e9 + Math.floor(random() * 1e9)).toString(16).toUpperCase().padStart(16, '0')
  const address = `${['192.0.2', '198.51.100', '203.0.113'][Math.floor(random() * 3)]}.${1 + Math.floor(random() * 250)}`
  return [
    OWNER,
    'caskalytics-releases',
    `[${date}:${clock.join(':')} +0000]`,
    address,
    '-',
    request,
    operation,
    key,
    `"${method} /${key} HTTP/1.1"`,
    status,
    status === 404 ? 'NoSuchKey' : '-',
    method === 'HEAD' || status === 404 ? '-' : size,
    status === 404 ? '-' : size,
    20 + Math.floor(random() * 900),
    5 + Math.floor(random() * 20),
    '"-"',
    random() < 0.6 ? '"curl/8.11.0"' : '"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"',
    '-',
    `${OWNER.slice(0, 40)}=`,
    '-',
    'ECDHE-RSA-AES128-GCM-SHA256',
    '-',
    'caskalytics-releases.s3.us-west-1.amazonaws.com',
    'TLSv1.3',
    '-',
    '-',
  ].join(' ')
}

const PAGES = ['/', '/docs/', '/docs/pipelines', '/download', '/pricing', '/blog/cask-2-4']
const REFERRERS = [
  'https://www.google.com/',
  'https://news.ycombinator.com/',
  'https://www.linkedin.com/',
  undefined,
  undefined,
]
const BROWSERS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.2 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
]
const BOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'

/** Page views as a browser's beacons report them. Most readers come once, some again and again. */
function beacons(): string {
  const random = randomFrom(8)
  const lines = DAYS.flatMap((day, i) =>
    Array.from({ length: 1 + Math.floor(random() * (isWorkday(day) ? 3 + i / 20 : 2)) }, () => {
      const isBot = random() < 0.06
      const reader = Math.floor(random() ** 2 * 220)
      const start = Math.floor(random() * 80_000)
      return Array.from({ length: isBot ? 1 : 1 + Math.floor(random() * 4) }, (_, n) => {
        const clock = Temporal.PlainTime.from('00:00').add({ seconds: start + n * 40 })
        const referrer = n === 0 ? REFERRERS[Math.floor(random() * REFERRERS.length)] : undefined
        return JSON.stringify({
          id: `b-${i}-${start}-${n}`,
          name: 'page_view',
          time: `${day}T${clock}Z`,
          anonymousId: isBot ? 'bot' : `reader-${reader}`,
          url: `https://www.caskalytics.example${PAGES[Math.floor(random() * PAGES.length)]}`,
          ...(referrer && { referrer }),
          userAgent: isBot ? BOT : BROWSERS[reader % BROWSERS.length],
        })
      })
    }).flat(),
  )
  return `${lines.join('\n')}\n`
}

// At the end, when all constants are there.
const folder = process.argv[2] ?? join(import.meta.dirname, 'samples')
await mkdir(folder, { recursive: true })
for (const [file, make] of Object.entries(FILES)) await writeFile(join(folder, file), make())
