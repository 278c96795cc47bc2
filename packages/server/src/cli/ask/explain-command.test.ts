import type { ChangeAnswer } from '@almanac/core/explain/change.ts'
import { ChangeRequest } from '@almanac/core/explain/change.ts'
import {
  type ExplainedRows,
  ExplainRequest,
  ExplainRowsRequest,
  type Explanation,
} from '@almanac/core/explain/explain.ts'
import { Query } from '@almanac/core/query/query.ts'
import { expect, test } from 'vitest'
import { captured, listening } from '../testing/captured.ts'
import { explainCommand } from './explain-command.ts'

const EXPLANATION: Explanation = {
  cube: { name: 'web', label: 'Web', tables: ['events'], rows: 'true', timeColumn: 'occurred_at', timezone: 'UTC' },
  explained: {
    measure: 'visitors',
    label: 'Visitors',
    class: 'mergeable',
    format: 'integer',
    howMade: 'Different persons, exactly.',
    howItAddsUp: 'Each counts once.',
    value: 1234,
    from: '2026-05-17T00:00:00+00:00',
    to: '2026-05-18T00:00:00+00:00',
    dimensions: { country: 'DE' },
    statement: { sql: 'SELECT 1234', parameters: { f0: ['DE'] } },
    furtherStatements: [],
    tables: ['cube_web_1'],
    asOf: '2026-06-01T00:00:00Z',
    isOpen: true,
    behind: {
      rowCount: 3000,
      persons: 1234,
      buckets: {
        count: 1,
        oldestComputedAt: '2026-05-18T00:01:00.000Z',
        shown: [{ level: 'day', from: '2026-05-17T00:00:00Z', computedAt: null, version: 3, isTouched: true }],
      },
      batches: {
        count: 1,
        shown: [
          {
            rows: 3000,
            import: { id: 'x', fileName: 'access.log', format: 'combined' },
            log: { id: 'l', firstPosition: '1', lastPosition: '2' },
            firstReceivedAt: 'then',
            lastReceivedAt: 'now',
          },
        ],
      },
    },
    request: {
      query: Query.parse({ cube: 'web', measures: ['visitors'], from: '2026-05-01', to: '2026-06-01' }),
      cell: { dimensions: {} },
    },
    inputs: [],
  },
}
const ROWS: ExplainedRows = {
  rows: [{ time: '2026-05-17T10:00:00.000Z', counted: { person: '7' }, columns: { path: '/', country: 'DE' } }],
  cursor: 'more',
}
const side = (value: number) => ({ value })
const CHANGE: ChangeAnswer = {
  cube: 'web',
  measure: 'hits',
  label: 'Hits',
  class: 'additive',
  format: 'integer',
  current: { from: 'a', to: 'b', value: 900 },
  previous: { from: 'a', to: 'b', value: 1000 },
  difference: -100,
  percent: -10,
  slices: [
    {
      dimensions: { country: 'DE', browser: '' },
      previous: side(300),
      current: side(205),
      contribution: -95,
      share: 0.95,
      expected: -30,
      excess: -65,
      score: 78.5,
      alike: [],
    },
  ],
  dimensions: [],
  explanation: 'This is how.',
  meta: { queries: 2, elapsedMs: 1, asOf: 'now' },
}

/** The command against a server that knows these answers; what it asked and printed. */
async function run(args: string) {
  const asked = new Map<string, unknown>()
  const answers: Record<string, object> = {
    '/api/v1/explain': EXPLANATION,
    '/api/v1/explain/rows': ROWS,
    '/api/v1/explain/change': CHANGE,
  }
  const url = await listening(async (request, response) => {
    const path = request.url ?? ''
    asked.set(path, JSON.parse((await request.setEncoding('utf8').toArray()).join('')))
    response.end(JSON.stringify(answers[path]))
  })
  const { printed, deps } = captured(url)
  const command = explainCommand(deps)
  for (const one of command.commands) one.exitOverride().configureOutput({ writeErr: deps.stderr })
  await command.parseAsync(args.split(' '), { from: 'user' })
  return { ...printed, asked }
}

const NUMBER = 'number --measure visitors --from 2026-05-01 --to 2026-06-01'

test('the flags become the query and the cell', async () => {
  const { asked } = await run(
    `${NUMBER} --grain day --time 2026-05-17 --of country=DE --filter path^=/a --timezone UTC`,
  )
  const request = asked.get('/api/v1/explain')
  expect(request).toEqual({
    query: {
      cube: 'web',
      measures: ['visitors'],
      dimensions: ['country'],
      filters: [{ dimension: 'path', op: 'starts_with', values: ['/a'] }],
      segments: [],
      from: '2026-05-01',
      to: '2026-06-01',
      grain: 'day',
      timezone: 'UTC',
    },
    cell: { time: '2026-05-17', dimensions: { country: 'DE' } },
  })
  expect(ExplainRequest.safeParse(request).success).toBe(true)
})

test('a number is told with its definition, its rows, its buckets and its batches', async () => {
  const { stdout } = await run(NUMBER)
  expect(stdout).toBe(`Visitors (visitors): 1,234
  Different persons, exactly. Each counts once.
  2026-05-17T00:00:00+00:00 to 2026-05-18T00:00:00+00:00, country DE, not ended yet
  read from cube_web_1
  3,000 raw rows, 1,234 persons
  1 bucket of the cube, the oldest computed 2026-05-18T00:01:00.000Z, 1 changed since
  3,000 rows imported from access.log, the last one received now
`)
})

test('the statement and the rows come when they are asked for', async () => {
  const { stdout, asked } = await run(`${NUMBER} --sql --rows 1`)
  expect(stdout).toContain('SELECT 1234\n')
  expect(stdout).toContain(
    '\ntime                      person  path  country\n2026-05-17T10:00:00.000Z  7       /     DE\n',
  )
  expect(stdout).toContain('There are more rows.')
  const request = asked.get('/api/v1/explain/rows')
  expect(request).toMatchObject({ limit: 1 })
  expect(ExplainRowsRequest.safeParse(request).success).toBe(true)
})

test('a change is told by its slices, and how they were made to standard error', async () => {
  const { stdout, stderr, asked } = await run(
    'change --measure hits --current 2026-05-11..2026-05-18 --previous 2026-05-04..2026-05-11 --dimensions country,browser',
  )
  expect(stdout).toBe(`Hits: 1,000 → 900, -100 (-10 %)

slice                        before  now  contribution  expected  score
country DE, browser (empty)     300  205           -95       -30   78.5
`)
  expect(stderr).toBe('This is how.\n')
  const request = asked.get('/api/v1/explain/change')
  expect(request).toMatchObject({
    current: { from: '2026-05-11', to: '2026-05-18' },
    dimensions: ['country', 'browser'],
  })
  expect(ChangeRequest.safeParse(request).success).toBe(true)
})

test.each(['--current 2026-05-11 --previous a..b', '--current a..b..c --previous a..b'])(
  '%s is wrong usage',
  async (flags) => {
    await expect(run(`change --measure hits ${flags}`)).rejects.toMatchObject({ code: 'commander.invalidArgument' })
  },
)
