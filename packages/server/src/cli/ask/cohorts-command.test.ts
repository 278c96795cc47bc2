import { type CohortAnswer, CohortRequest, type CohortTable } from '@almanac/core/cohorts/cohort.ts'
import { expect, test } from 'vitest'
import { captured, listening } from '../testing/captured.ts'
import { cohortsCommand } from './cohorts-command.ts'

const TABLE: CohortTable = {
  size: 1500,
  cohorts: [
    {
      start: '2026-04-06T00:00:00+02:00',
      size: 1000,
      isOpen: false,
      periods: [
        { persons: 400, share: 0.4, isOpen: false },
        { persons: 125, share: 0.125, isOpen: false },
      ],
    },
    {
      start: '2026-04-13T00:00:00+02:00',
      size: 500,
      isOpen: true,
      periods: [
        { persons: 100, share: 0.2, isOpen: true },
        { persons: null, share: null, isOpen: true },
      ],
    },
  ],
  average: [
    { persons: 400, of: 1000, share: 0.4, cohorts: 1 },
    { persons: 125, of: 1000, share: 0.125, cohorts: 1 },
  ],
}
const ANSWER: CohortAnswer = {
  cube: 'mobile',
  kind: 'retention',
  grain: 'week',
  timezone: 'Europe/Berlin',
  periods: 1,
  all: TABLE,
  slices: [{ value: 'Paid Social', ...TABLE }],
  meta: { sql: 'SELECT 1', parameters: {}, rowsRead: 1, elapsedMs: 1, asOf: 'now' },
}

/** The command against a server that knows this answer; what it asked and printed. */
async function run(flags: string) {
  const asked: unknown[] = []
  const url = await listening(async (request, response) => {
    asked.push(JSON.parse((await request.setEncoding('utf8').toArray()).join('')))
    response.end(JSON.stringify(ANSWER))
  })
  const { printed, deps } = captured(url)
  const command = cohortsCommand(deps)
  await command.parseAsync(`--from 2026-04-06 --to 2026-04-20 ${flags}`.trim().split(' '), { from: 'user' })
  return { ...printed, asked }
}

test('the flags become the request that the API takes', async () => {
  const { asked } = await run(
    '--start app_installed --return session --return purchase --grain day --periods 30 --by channel --filter country=DE',
  )
  expect(asked).toEqual([
    {
      cube: 'mobile',
      start: { events: ['app_installed'] },
      return: { events: ['session', 'purchase'] },
      filters: [{ dimension: 'country', op: 'in', values: ['DE'] }],
      segments: [],
      grain: 'day',
      from: '2026-04-06',
      to: '2026-04-20',
      periods: 30,
      kind: 'retention',
      by: 'channel',
    },
  ])
  expect(CohortRequest.safeParse(asked[0]).success).toBe(true)
})

test('a table has a row for each cohort and the average, and marks what can still grow', async () => {
  const { stdout } = await run('')
  expect(stdout).toBe(`began       persons  +0       +1
2026-04-06  1,000    40.0 %   12.5 %
2026-04-13  500*     20.0 %*
average     1,500    40.0 %   12.5 %
`)
})

test('persons instead of percentages, and a table for each value', async () => {
  const { stdout } = await run('--persons --by channel')
  expect(stdout).toMatch(/^channel: Paid Social\nbegan/)
  expect(stdout).toContain('2026-04-13  500*     100*')
})

test('the format csv has a row for each figure', async () => {
  const { stdout } = await run('--format csv')
  expect(stdout.split('\r\n').slice(0, 3)).toEqual([
    'cohort,size,period,persons,share,is_open',
    '2026-04-06T00:00:00+02:00,1000,0,400,0.4,false',
    '2026-04-06T00:00:00+02:00,1000,1,125,0.125,false',
  ])
})
