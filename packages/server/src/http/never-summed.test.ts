import { Board } from '@almanac/core/boards/board.ts'
import { column, defineEndpoint, each, param } from '@almanac/core/endpoints/define-endpoint.ts'
import { AppError } from '@almanac/core/errors.ts'
import { columnsOf } from '@almanac/core/query/answer/answer-columns.ts'
import type { Query, QueryAnswer, Row } from '@almanac/core/query/query.ts'
import { resolveQuery } from '@almanac/core/query/resolve/resolve-query.ts'
import { GRAINS } from '@almanac/core/time/grain.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { referenceAnswer } from '../../test/reference/answer.ts'
import type { ReferenceCube } from '../../test/reference/cube.ts'
import { fakeSql } from '../analytics/testing/fake-sql.ts'
import { createAnswerWidgets } from '../boards/answers/answer-widgets.ts'
import { answerOf, TINY_CUBE } from '../feeds/testing/tiny-cube.ts'
import { createPublicAnswers } from '../sharing/public-answers.ts'
import { createEndpoints } from '../workspace/endpoints/endpoints.ts'
import { buildTestApp, type TestApp } from './test-app.ts'

/**
 * The visitors of a week are not the sum of those of its days. Every way in is asked about a week in which the two differ, and
 * has to give the true number or a refusal: no figure of any answer is a sum of visitors. Each route of the API is either asked
 * here or named as one that has no figures of cubes; a new one has to be added, or the first test fails.
 */

interface Visit {
  readonly at: number
  readonly who: string
  readonly country: string
}

const MONDAY = Date.UTC(2026, 0, 5)
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const NOW = Date.UTC(2026, 0, 15, 12)
const WEEK = { from: '2026-01-05', to: '2026-01-12' }

/** Sixty who come on some days, half of them twice, now and then from another country, and look at two pages. */
const VISITS: readonly Visit[] = Array.from({ length: 60 * 7 }, (_, n) => ({ person: n % 60, day: Math.floor(n / 60) }))
  .filter(({ person, day }) => (person * (day + 3)) % 5 < 2)
  .flatMap(({ person, day }) => {
    const home = (person + day) % 2
    const times = [{ hour: 8 + (person % 5), place: home }]
    if (person % 2 === 0) times.push({ hour: 14 + (day % 3), place: person % 3 === 0 ? 1 - home : home })
    return times.flatMap(({ hour, place }) =>
      [0, 60_000].map((ms) => ({
        at: MONDAY + day * DAY_MS + hour * HOUR_MS + person * 1000 + ms,
        who: `person ${person}`,
        country: place === 0 ? 'DE' : 'FR',
      })),
    )
  })

const { hits, visitors } = TINY_CUBE.measures
const { country, environment } = TINY_CUBE.dimensions
if (!hits || !visitors || !country || !environment) throw new Error('the tiny cube has changed')
const CUBE = {
  ...TINY_CUBE,
  calendar: { timezone: 'UTC', firstDayOfWeek: 1, fiscalYearStart: 1 },
  measures: { hits, visitors },
  dimensions: { country, environment },
}
const REFERENCE: ReferenceCube<Visit> = {
  calendar: CUBE.calendar,
  isPart: () => true,
  timeMs: ({ at }) => at,
  dimensions: { country: { of: (visit) => visit.country }, environment: { of: () => 'production' } },
  measures: {
    hits: { kind: 'sum', of: () => 1, gaps: 'zero' },
    visitors: { kind: 'different', of: ({ who }) => who, gaps: 'zero' },
  },
  defaultFilters: {},
}

/** Right by construction: what this test is about is what others make of it. */
async function runQuery(query: Query): Promise<QueryAnswer> {
  if (query.cube !== CUBE.name) throw new AppError('invalid_query', `there is no cube "${query.cube}"`)
  const columns = columnsOf(resolveQuery(query, CUBE, Temporal.Instant.fromEpochMilliseconds(NOW)))
  const { rows, totals } = referenceAnswer(query, REFERENCE, VISITS, NOW)
  const asRow = ({ key, values }: { key: object; values: object }) => ({ ...key, ...values }) as Row
  return {
    ...answerOf(query, rows.map(asRow)),
    columns,
    totals: totals.map((list, i) => ({ dimensions: query.totals[i] ?? [], rows: list.map(asRow) })),
  }
}
const runQueries = async (queries: readonly Query[]) =>
  Promise.all(queries.map(async (query) => ({ answer: await runQuery(query) })))

const endpoint = defineEndpoint({
  path: '/visitors/{period}',
  summary: 'Visitors by day or week',
  parameters: { period: { type: 'choice', oneOf: ['day', 'week'] }, start: { type: 'date' }, end: { type: 'date' } },
  queries: {
    figures: { cube: 'web', measures: ['visitors'], grain: param('period'), from: param('start'), to: param('end') },
  },
  answer: { figures: each('figures', { visitors: column('visitors') }) },
})

let tested: TestApp
beforeAll(async () => {
  const endpoints = createEndpoints({ runQueries, now: () => NOW })
  endpoints.replace([{ file: 'endpoints/visitors.ts', definition: endpoint }])
  const definitions = () => [CUBE]
  const definition = () => CUBE
  const now = () => Temporal.Instant.fromEpochMilliseconds(NOW)
  const answerWidgets = createAnswerWidgets({
    cubes: definitions,
    runQueries,
    runCohorts: async () => Promise.reject(new Error('there are no cohorts here')),
    sql: fakeSql(),
    savedStatements: async () => new Map(),
    now: () => NOW,
  })
  const clickhouse = { url: 'http://127.0.0.1:1', username: '', password: '', database: 'none' }
  tested = await buildTestApp({
    cubes: definitions,
    runQuery,
    runQueries,
    endpoints,
    feeds: { definition, runQuery, clickhouse, now },
    grafana: { definitions, runQuery },
    prometheus: { definitions, runQuery, now: () => NOW },
    answerWidgets,
    publicBoards: {
      open: async () => ({ board: BOARD, allowed: [], timezone: 'UTC' }),
      unlock: async () => ({ ticket: '', expiresAt: new Date(NOW) }),
    },
    publicAnswers: createPublicAnswers({ answerWidgets, cubes: definitions, now: () => NOW }),
  })
})
afterAll(() => tested.app.close())

const countOf = (visits: readonly Visit[]) => new Set(visits.map(({ who }) => who)).size
const perBucket = (nameOf: (visit: Visit) => string) => [...Map.groupBy(VISITS, nameOf).values()].map(countOf)
const sumOf = (list: readonly number[]) => list.reduce((sum, one) => sum + one, 0)
const dayOf = ({ at }: Visit) => String(Math.floor(at / DAY_MS))

const TRUE_NUMBER = countOf(VISITS)
const SUMS = {
  days: sumOf(perBucket(dayOf)),
  hours: sumOf(perBucket(({ at }) => String(Math.floor(at / HOUR_MS)))),
  countries: sumOf(perBucket((visit) => visit.country)),
  'countries and days': sumOf(perBucket((visit) => `${dayOf(visit)} ${visit.country}`)),
}

/** All that a figure of visitors may be: those of a bucket, of all or of one country. */
const RIGHT: ReadonlySet<number> = new Set([
  0,
  TRUE_NUMBER,
  ...GRAINS.flatMap((grain) => {
    const rows = [[], ['country']].flatMap((dimensions) => {
      const limit = 100_000
      const query = {
        cube: 'web',
        measures: ['visitors'],
        dimensions,
        ...WEEK,
        grain,
        filters: [],
        segments: [],
        compare: [],
      }
      return referenceAnswer({ ...query, having: [], totals: [], order: [], limit }, REFERENCE, VISITS, NOW).rows
    })
    return rows.map(({ values }) => Number(values.visitors))
  }),
  ...perBucket((visit) => visit.country),
])

test('in the week of this test the sums are wrong numbers', () => {
  const wrong = Object.values(SUMS)
  expect(new Set([...wrong, TRUE_NUMBER, VISITS.length]).size).toBe(wrong.length + 2)
  for (const sum of wrong) expect(RIGHT.has(sum), String(sum)).toBe(false)
})

interface Ask {
  readonly what: string
  readonly url: string
  readonly body?: object
  /** Figures of visitors in the answer. */
  readonly figures: (body: string) => number[]
  /** The answer has the visitors of the week. */
  readonly hasTrueNumber?: true
  readonly isRefused?: true
}

const ofRows = (rows: readonly Row[]) =>
  rows.flatMap((row) =>
    Object.entries(row).flatMap(([name, value]) => (/^visitors(_2)?(:\w+)?$/.test(name) ? [Number(value)] : [])),
  )
const ofAnswer = ({ rows, totals }: QueryAnswer) => [...ofRows(rows), ...totals.flatMap((total) => ofRows(total.rows))]
const ofQuery = (body: string) => ofAnswer(JSON.parse(body))
const ofQueries = (body: string) =>
  JSON.parse(body).answers.flatMap(({ answer }: { answer: QueryAnswer }) => ofAnswer(answer))
const ofFrames = (body: string) =>
  JSON.parse(body).answers.flatMap(({ frame }: { frame: QueryAnswer }) => ofAnswer(frame))
const ofFeed = (body: string) => {
  const [header = '', ...lines] = body.trim().split('\r\n')
  const names = header.split(',')
  const places = names.flatMap((name, i) => (name.startsWith('visitors') ? [i] : []))
  return lines.flatMap((line) => places.map((place) => Number(line.split(',')[place])))
}
const ofFeedJson = (body: string) =>
  JSON.parse(body).rows.flatMap((row: Row) =>
    Object.entries(row).flatMap(([name, value]) => (name.startsWith('visitors') ? [Number(value)] : [])),
  )
const ofGrafana = (body: string) =>
  JSON.parse(body).flatMap(({ datapoints = [] }: { datapoints?: [number, number][] }) =>
    datapoints.map(([value]) => Number(value)),
  )
const ofPrometheus = (body: string) =>
  JSON.parse(body).data.result.flatMap(({ values, value }: { values?: [number, string][]; value?: [number, string] }) =>
    (values ?? (value ? [value] : [])).map(([, text]) => Number(text)),
  )

const ask = (extra: object) => ({ cube: 'web', measures: ['visitors', 'hits'], ...WEEK, ...extra })
const QUERIES = [
  ask({}),
  ask({ grain: 'day', totals: [[]] }),
  ask({ grain: 'week', compare: [{ with: 'previous_week' }] }),
  ask({ grain: 'hour', totals: [[], ['time']] }),
  ask({ grain: 'day', dimensions: ['country'], totals: [[], ['country'], ['time']] }),
  ask({ dimensions: ['country'], top: { by: 'visitors', count: 1, rest: true }, totals: [[]] }),
]
/** As a widget asks: what the board says is left out, and all of it once more beside the first. */
const WIDGETS = QUERIES.map(({ from: _, to: __, ...query }, n) => {
  const data = { ...query, from: 'cube' }
  return { id: `w${n}`, data: n === 0 ? [data, data] : [data] }
})
const SCOPE = { ...WEEK, grain: 'day', timezone: 'UTC', firstDayOfWeek: 1 }
const BOARD = Board.parse({
  title: 'Visitors',
  range: `${WEEK.from} to ${WEEK.to}`,
  tabs: [
    {
      id: 'all',
      title: 'All',
      sections: [
        {
          id: 'all',
          widgets: WIDGETS.map((widget) => ({
            ...widget,
            place: { x: 0, y: 0, w: 4, h: 4 },
            chart: { kind: 'table' },
          })),
        },
      ],
    },
  ],
})
const seconds = (ms: number) => String(ms / 1000)
const STEPS = ['3600', '21600', '43200', '86400', '172800', '259200', '604800', '2592000']
const EXPRESSIONS = ['web:visitors', 'topk(1, web:visitors)', 'web:visitors{country="DE"}']
const SUMMED = [
  'sum(web:visitors)',
  'sum by (country) (web:visitors)',
  'avg(web:visitors)',
  'sum_over_time(web:visitors[7d])',
  'web:visitors + web:visitors',
]
const ofRange = (path: string) => [
  ...EXPRESSIONS.flatMap((query) =>
    STEPS.map((step): Ask => {
      const parameters = { query, step, start: seconds(MONDAY), end: seconds(MONDAY + 6 * DAY_MS) }
      return { what: `${query} by ${step} s`, url: `${path}?${new URLSearchParams(parameters)}`, figures: ofPrometheus }
    }),
  ),
  ...SUMMED.map((query): Ask => {
    const parameters = { query, step: '604800', start: seconds(MONDAY), end: seconds(MONDAY) }
    return { what: query, url: `${path}?${new URLSearchParams(parameters)}`, figures: () => [], isRefused: true }
  }),
]
const GRAFANA_RANGE = { from: '2026-01-05T00:00:00.000Z', to: '2026-01-12T00:00:00.000Z' }

/** Of each route that has figures, all that it is asked. */
const ASKS: Readonly<Record<string, readonly Ask[]>> = {
  'post /api/v1/query': QUERIES.map((body) => ({
    what: JSON.stringify(body),
    url: '/api/v1/query',
    body,
    figures: ofQuery,
    ...(!('grain' in body && !('totals' in body)) &&
      !('dimensions' in body && !('totals' in body)) && { hasTrueNumber: true }),
  })),
  'post /api/v1/queries': [
    {
      what: 'all at once',
      url: '/api/v1/queries',
      body: { queries: QUERIES },
      figures: ofQueries,
      hasTrueNumber: true,
    },
  ],
  'post /api/v1/widget-answers': [
    {
      what: 'a board',
      url: '/api/v1/widget-answers',
      body: { scope: SCOPE, questions: WIDGETS.map(({ data }) => ({ data })) },
      figures: ofFrames,
      hasTrueNumber: true,
    },
  ],
  'post /api/v1/public/{token}/answers': [
    {
      what: 'a shared board',
      url: '/api/v1/public/some-token/answers',
      body: { widgets: WIDGETS.map(({ id }) => id) },
      figures: ofFrames,
      hasTrueNumber: true,
    },
  ],
  'get /feed/{cube}/{grain}.{format}': [
    ...['hour', 'day'].flatMap((grain) =>
      ['', '&dimensions=country'].map((more): Ask => {
        return {
          what: `csv by ${grain}${more}`,
          url: `/feed/web/${grain}.csv?from=${WEEK.from}&to=${WEEK.to}${more}`,
          figures: ofFeed,
        }
      }),
    ),
    { what: 'json by day', url: `/feed/web/day.json?from=${WEEK.from}&to=${WEEK.to}`, figures: ofFeedJson },
    ...['week', 'month', 'quarter', 'year'].map((grain): Ask => {
      return {
        what: `csv by ${grain}`,
        url: `/feed/web/${grain}.csv?from=${WEEK.from}&to=${WEEK.to}`,
        figures: ofFeed,
        hasTrueNumber: true,
      }
    }),
  ],
  'post /grafana/query': ['auto', 'hour', 'day', 'week', 'month'].flatMap((grain) =>
    [3_600_000, 7_200_000, DAY_MS, 2 * DAY_MS, 7 * DAY_MS, 30 * DAY_MS].map(
      (intervalMs): Ask => ({
        what: `${grain} every ${intervalMs} ms`,
        url: '/grafana/query',
        body: {
          range: GRAFANA_RANGE,
          intervalMs,
          maxDataPoints: 10,
          targets: [{ refId: 'A', target: 'web:visitors', payload: { grain } }],
        },
        figures: ofGrafana,
      }),
    ),
  ),
  'get /api/v1/query_range': ofRange('/api/v1/query_range'),
  'get /prometheus/api/v1/query_range': ofRange('/prometheus/api/v1/query_range'),
  'get /prometheus/api/v1/query': [
    ...EXPRESSIONS.map((query): Ask => {
      const parameters = { query, time: seconds(MONDAY + DAY_MS) }
      return { what: query, url: `/prometheus/api/v1/query?${new URLSearchParams(parameters)}`, figures: ofPrometheus }
    }),
    ...SUMMED.map((query): Ask => {
      const parameters = { query, time: seconds(MONDAY + DAY_MS) }
      return {
        what: query,
        url: `/prometheus/api/v1/query?${new URLSearchParams(parameters)}`,
        figures: () => [],
        isRefused: true,
      }
    }),
  ],
  'get /api/visitors/{period}': ['day', 'week'].map((period) => ({
    what: period,
    url: `/api/visitors/${period}?start=${WEEK.from}&end=${WEEK.to}`,
    figures: (body) => JSON.parse(body).figures.map((figure: Row) => Number(figure.visitors)),
    ...(period === 'week' && { hasTrueNumber: true }),
  })),
}

/** The same by POST, with the parameters in a form, is one handler. */
const SAME = ['post /api/v1/query_range', 'post /prometheus/api/v1/query_range', 'post /prometheus/api/v1/query']

/**
 * Routes without figures of cubes, by the beginning of their paths. Explaining refuses measures that do not add up, cohorts and
 * a person's own SQL are computed from raw rows: their own tests show it. What stands below /public/ and has figures is asked.
 */
const WITHOUT_FIGURES = [
  '/healthz',
  '/readyz',
  '/metrics',
  '/l/',
  '/v1/',
  '/js/',
  '/grafana/',
  '/prometheus/api/v1/l',
  '/prometheus/api/v1/s',
  '/prometheus/api/v1/metadata',
  '/api/v1/public/{token}/unlock',
  '/api/v1/public/{token}/values',
  ...[
    'openapi',
    'uploads',
    'setup',
    'session',
    'account',
    'keys',
    'source',
    'cubes',
    'explain',
    'cohorts',
    'sql',
    'segments',
    'annotations',
    'boards',
    'trash',
    'folders',
    'data-sources',
    'bi/',
    'live',
    'metrics',
    'status',
    'quarantine',
    'imports',
    'links',
    'visits',
    'identity',
    'people',
    'erasures',
    'invitations',
    'password',
    'endpoints',
    'workspace',
  ].map((path) => `/api/v1/${path}`),
]

test('every route of the API is asked, or known to have no figures', async () => {
  const { paths } = (
    await tested.app.inject({ url: '/api/v1/openapi.json', headers: tested.as['key:read'] })
  ).json() as { paths: Record<string, object> }
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  )
  const unknown = routes.filter((route) => {
    const [, path = ''] = route.split(' ')
    if (route === 'get /api/v1/public/{token}') return false
    return !(route in ASKS) && !SAME.includes(route) && !WITHOUT_FIGURES.some((beginning) => path.startsWith(beginning))
  })
  expect(unknown).toEqual([])
  expect(Object.keys(ASKS).filter((route) => !routes.includes(route))).toEqual([])
})

describe.each(Object.entries(ASKS))('no figure is a sum of visitors: %s', (_, asks) => {
  test.each(asks)('$what', async ({ url, body, figures, hasTrueNumber, isRefused }) => {
    const method = body ? 'POST' : 'GET'
    const answer = await tested.app.inject({
      method,
      url,
      headers: tested.as['key:read'],
      ...(body && { payload: body }),
    })
    if (isRefused) return expect(answer.statusCode, answer.body).toBeGreaterThanOrEqual(400)
    expect(answer.statusCode, answer.body).toBe(200)
    const found = figures(answer.body)

    expect(found.length, answer.body).toBeGreaterThan(0)
    expect(found.filter((figure) => !RIGHT.has(figure))).toEqual([])
    if (hasTrueNumber) expect(found).toContain(TRUE_NUMBER)
  })
})
