import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ingestHasCaughtUp } from './support/event-client.ts'
import { eventually } from './support/processes.ts'
import { makeScratch, type Scratch } from './support/scratch.ts'
import { BIN, callServer, type ServerProcess, startServerProcess } from './support/server-process.ts'

/** The example as its README tells it. What the endpoints answer is computed here a second time, from the sample files alone. */

const EXAMPLE = join(import.meta.dirname, '../../../examples/caskalytics')
const run = promisify(execFile)

let scratch: Scratch
let server: ServerProcess

beforeAll(async () => {
  scratch = await makeScratch()
  server = await startServerProcess(scratch.dataDir, ['--workspace', EXAMPLE])
  await load()
})
afterAll(async () => {
  await server?.stop()
  await scratch?.[Symbol.asyncDispose]()
})

async function load(): Promise<string> {
  const env = { ...process.env, ALMANAC_DATA_DIR: scratch.dataDir, ALMANAC: `${process.execPath} ${BIN}` }
  const { stderr } = await run('sh', [join(EXAMPLE, 'load.sh')], { env })
  await ingestHasCaughtUp(server)
  await eventually('no visit is left to be made', async () => {
    const { pending } = await callServer<{ pending: number }>(server, '/api/v1/visits')
    return pending === 0
  })
  return stderr
}

const sample = (file: string) => readFile(join(EXAMPLE, 'samples', file), 'utf8')
const linesOf = async (file: string) => (await sample(file)).trimEnd().split('\n')
const rowsOf = async (file: string) => (await linesOf(file)).slice(1).map((line) => line.split(','))
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)
const round = (value: number, digits: number) => Number(value.toFixed(digits))

const [START, END] = ['2026-01-05', '2026-03-30']
const isIn = (day: string) => day >= START && day < END
const RANGE = `start=${START}&end=${END}`
const ask = (path: string) => callServer<Record<string, unknown>>(server, `/api${path}?${RANGE}`)

/** The Monday of a day, or the first of its month, but never before the range. */
function periodOf(day: string, period: 'week' | 'month'): string {
  const date = Temporal.PlainDate.from(day)
  return (period === 'week' ? date.subtract({ days: date.dayOfWeek - 1 }) : date.with({ day: 1 })).toString()
}
function isoWeek(day: string): string {
  const { yearOfWeek, weekOfYear } = Temporal.PlainDate.from(day)
  return `${yearOfWeek}-W${String(weekOfYear).padStart(2, '0')}`
}

test('the samples are those that the script makes', async () => {
  const folder = join(scratch.path, 'samples')
  await run(process.execPath, [join(EXAMPLE, 'make-samples.ts'), folder])
  const files = await readdir(join(EXAMPLE, 'samples'))
  expect((await readdir(folder)).toSorted()).toEqual(files.toSorted())
  for (const file of files) expect(await readFile(join(folder, file), 'utf8')).toBe(await sample(file))
})

test.each(['week', 'month'] as const)('the pipeline by %s, beside that of the 84 days before', async (period) => {
  const all = await rowsOf('salesforce.csv')
  const rows = all.filter(([day = '']) => isIn(day))
  const moved = all.map(([day = '', ...rest]) => [Temporal.PlainDate.from(day).add({ days: 84 }).toString(), ...rest])
  const figures = [...Map.groupBy(rows, ([day = '']) => periodOf(day, period))].map(([start, of]) => {
    const sums = pipelineSums(of)
    const before = pipelineSums(moved.filter(([day = '']) => isIn(day) && periodOf(day, period) === start))
    return { period: start, ...sums, mqlRate: round(sums.mqls / sums.leads, 4), before }
  })
  expect(figures.length).toBe(period === 'week' ? 12 : 3)
  // The samples begin four days before the range.
  expect(sum(figures.map(({ before }) => before.leads))).toBeGreaterThan(0)
  expect(await ask(`/pipeline/${period}`)).toEqual({ start: START, end: END, figures })
})

test('the pipeline beside that of the month before', async () => {
  const rows = await rowsOf('salesforce.csv')
  const sumsOf = (month: string) => pipelineSums(rows.filter(([day = '']) => day.startsWith(month)))
  const address = '/api/pipeline/month?start=2026-02-01&end=2026-04-01&compare=previous_month'
  expect(await callServer(server, address)).toMatchObject({
    figures: [
      { period: '2026-02-01', ...sumsOf('2026-02'), before: sumsOf('2026-01') },
      { period: '2026-03-01', ...sumsOf('2026-03'), before: sumsOf('2026-02') },
    ],
  })
})

function pipelineSums(rows: readonly (readonly string[])[]) {
  const ofColumn = (i: number) => sum(rows.map((row) => Number(row[i])))
  return { leads: ofColumn(3), mqls: ofColumn(4), opportunities: ofColumn(5), amount: ofColumn(6) }
}

test('the traffic of the website by week, in which the total is no sum', async () => {
  const views = (await linesOf('beacons.ndjson'))
    .map((line) => JSON.parse(line) as { time: string; anonymousId: string; userAgent: string })
    .filter(({ time, userAgent }) => isIn(time.slice(0, 10)) && !userAgent.includes('bot'))
  const figuresOf = (of: typeof views) => ({
    visitors: new Set(of.map(({ anonymousId }) => anonymousId)).size,
    pageViews: of.length,
  })
  const weeks = [...Map.groupBy(views, ({ time }) => periodOf(time.slice(0, 10), 'week'))]
  const figures = weeks.map(([week, of]) => ({ period: `${week}T00:00:00+00:00`, ...figuresOf(of) }))
  const all = figuresOf(views)
  expect(all.visitors).toBeLessThan(sum(figures.map(({ visitors }) => visitors)))
  expect(await ask('/awareness/webtraffic/week')).toEqual({ start: START, end: END, ...all, figures })
})

test('subscribers on social media, of which the last figure counts', async () => {
  const files = { linkedin: 'linkedin.csv', twitter: 'twitter.csv', youtube: 'youtube-subscribers.csv' }
  const levels = await Promise.all(
    Object.entries(files).map(async ([network, file]) => {
      const rows = (await rowsOf(file)).map(([day = '', , count]) => ({ day, count: Number(count) }))
      return { network, rows: rows.filter(({ day }) => isIn(day)) }
    }),
  )
  const lastOf = (rows: readonly { readonly count: number }[]) => rows.at(-1)?.count ?? Number.NaN
  const networks = levels.map(({ network, rows }) => ({
    network,
    subscribers: lastOf(rows),
    gained: lastOf(rows) - (rows[0]?.count ?? Number.NaN),
  }))
  const months = ['2026-01', '2026-02', '2026-03'].map((month) => ({
    month,
    networks: levels.map(({ network, rows }) => ({
      network,
      subscribers: lastOf(rows.filter(({ day }) => day.startsWith(month))),
    })),
  }))
  expect(await ask('/awareness/socialmedia/subscribers')).toEqual({
    start: START,
    end: END,
    subscribers: sum(networks.map(({ subscribers }) => subscribers)),
    networks,
    months,
  })
})

test('search engines: positions by week and keyword, and the share of voice as it was reported', async () => {
  const ranks = (await rowsOf('search-ranking.csv'))
    .map(([day = '', keyword = '', position]) => ({ day, keyword, position: Number(position) }))
    .filter(({ day }) => isIn(day))
  const mean = (of: typeof ranks) => round(sum(of.map(({ position }) => position)) / of.length, 2)
  const weeks = [...Map.groupBy(ranks, ({ day }) => day)].map(([day, of]) => ({
    week: isoWeek(day),
    averagePosition: mean(of),
    firstPageKeywords: of.filter(({ position }) => position <= 10).length,
  }))
  const keywords = [...Map.groupBy(ranks, ({ keyword }) => keyword)]
    .map(([keyword, of]) => ({
      keyword,
      averagePosition: mean(of),
      bestPosition: Math.min(...of.map(({ position }) => position)),
    }))
    .toSorted((a, b) => (a.keyword < b.keyword ? -1 : 1))
  const voices = (await rowsOf('share-of-voice.csv')).filter(([day = '']) => isIn(day))
  const shareOfVoice = [...Map.groupBy(voices, ([day = '']) => day)].map(([day, of]) => ({
    week: isoWeek(day),
    brands: Object.fromEntries(of.map(([, brand, share]) => [brand, Number(share)])),
  }))
  expect(await ask('/awareness/seo')).toEqual({ start: START, end: END, weeks, keywords, shareOfVoice })
})

test('downloads by version and month: whole files that were fetched', async () => {
  const fetched = (await linesOf('downloads.s3.log'))
    .map((line) => {
      const [, day, month, year] = /\[(\d\d)\/(\w{3})\/(\d{4})/.exec(line) ?? []
      const number = { Jan: '01', Feb: '02', Mar: '03' }[month ?? '']
      const version = /cask-(\d+\.\d+\.\d+)-/.exec(line)?.[1] ?? ''
      return { day: `${year}-${number}-${day}`, version, isFetched: /GET\.OBJECT .* HTTP\/1\.1" 200 /.test(line) }
    })
    .filter(({ day, isFetched }) => isFetched && isIn(day))
  const counted = (key: (one: (typeof fetched)[number]) => string) =>
    [...Map.groupBy(fetched, key)]
      .map(([name, of]) => [name, of.length] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
  expect(await ask('/adoption/downloads')).toEqual({
    start: START,
    end: END,
    downloads: fetched.length,
    versions: counted(({ version }) => version).map(([version, downloads]) => ({ version, downloads })),
    months: counted(({ day }) => day.slice(0, 7)).map(([month, downloads]) => ({ month, downloads })),
  })
})

test('loading all of it again changes no answer', async () => {
  const paths = [
    '/pipeline/month',
    '/awareness/webtraffic/month',
    '/awareness/socialmedia/subscribers',
    '/awareness/seo',
    '/adoption/downloads',
  ]
  const before = await Promise.all(paths.map(ask))
  await load()
  await eventually('everything is computed', async () => {
    const { cubes } = await callServer<{ cubes: { touchedHours: number } }>(server, '/api/v1/status')
    return cubes.touchedHours === 0
  })
  expect(await Promise.all(paths.map(ask))).toEqual(before)
})

test('the endpoints are described, with an address that answers', async () => {
  const { endpoints } = await callServer<{ endpoints: { path: string; example?: string }[] }>(
    server,
    '/api/v1/endpoints',
  )
  expect(endpoints.map(({ path }) => path).toSorted()).toEqual([
    '/api/adoption/downloads',
    '/api/awareness/seo',
    '/api/awareness/socialmedia/subscribers',
    '/api/awareness/webtraffic/{period}',
    '/api/pipeline/{period}',
  ])
})
