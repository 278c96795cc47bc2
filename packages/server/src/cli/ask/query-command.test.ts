import { createServer } from 'node:http'
import { Query } from '@almanac/core/query/query.ts'
import { expect, test } from 'vitest'
import type { CommandDeps } from '../command-deps.ts'
import { queryCommand } from './query-command.ts'

const META = {
  tables: ['cube_web', 'events'],
  rowsRead: 1234,
  elapsedMs: 4.6,
  freshness: { touchedHours: 1, ingestLagBytes: 0 },
}
const CUBES = {
  cubes: [
    {
      name: 'web',
      dimensions: [
        { name: 'path', type: 'string' },
        { name: 'status', type: 'number' },
        { name: 'is_bot', type: 'boolean' },
      ],
    },
  ],
}

/** Runs the command against a server that answers with these rows, and reports what it was asked. */
async function run(args: string, rows: object[] = []) {
  const output = { stdout: '', stderr: '' }
  const into = (stream: keyof typeof output) => (text: string) => {
    output[stream] += text
  }
  const asked: unknown[] = []
  const columns = Object.keys(rows[0] ?? {}).map((name) => ({ name }))
  const answer = JSON.stringify({ columns, rows, totals: [], meta: META })
  const server = createServer((request, response) => {
    if (request.url === '/api/v1/cubes') return void response.end(JSON.stringify(CUBES))
    request
      .setEncoding('utf8')
      .toArray()
      .then((parts) => {
        asked.push(JSON.parse(parts.join('')))
        response.end(answer)
      })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const url = `http://127.0.0.1:${port}`
  const deps: CommandDeps = {
    defaultDataDir: 'x',
    stdout: into('stdout'),
    stderr: into('stderr'),
    withServer: (_dataDir, use) => use({ url, token: 't', refresh: async () => undefined }),
  }
  const command = queryCommand(deps).exitOverride().configureOutput({ writeErr: deps.stderr })
  try {
    await command.parseAsync(['--from', '2015-05-17', '--to', '2015-05-21', ...args.split(' ')], { from: 'user' })
  } finally {
    server.close()
  }
  return { ...output, asked, answer }
}

test('each flag says its part of the query', async () => {
  const { asked } = await run(
    '--measures hits --timezone Asia/Kathmandu --week-start 7 --fiscal-year-start 4 --compare previous_year:weekday ' +
      '--compare previous_period:to_date --having hits>=10 --top 5:hits:rest --totals all --totals path --segment loyal ' +
      '--filter path!~x --filter status>=400 --filter status<500',
  )
  expect(asked).toMatchObject([
    {
      timezone: 'Asia/Kathmandu',
      firstDayOfWeek: 7,
      fiscalYearStart: 4,
      compare: [
        { with: 'previous_year', align: 'weekday' },
        { with: 'previous_period', toDate: true },
      ],
      having: [{ measure: 'hits', op: 'gte', value: 10 }],
      top: { by: 'hits', count: 5, rest: true },
      totals: [[], ['path']],
      segments: ['loyal'],
      filters: [
        { dimension: 'path', op: 'not_contains', values: ['x'] },
        { dimension: 'status', op: 'range', from: 400 },
        { dimension: 'status', op: 'range', to: 500 },
      ],
    },
  ])
  expect(Query.safeParse(asked[0]).error).toBeUndefined()
})

test('the flags become the query that the API takes', async () => {
  const { asked } = await run(
    '--measures hits,visitors --dimensions path --grain day --limit 10 --order hits:desc,path:asc',
  )

  expect(asked).toEqual([
    {
      cube: 'web',
      measures: ['hits', 'visitors'],
      dimensions: ['path'],
      filters: [],
      segments: [],
      from: '2015-05-17',
      to: '2015-05-21',
      grain: 'day',
      compare: [],
      having: [],
      totals: [],
      order: [
        { by: 'hits', direction: 'desc' },
        { by: 'path', direction: 'asc' },
      ],
      limit: 10,
    },
  ])
  expect(Query.safeParse(asked[0]).success).toBe(true)
})

test('filters have the type of their dimension, and those of one dimension mean either', async () => {
  const filters = 'status=404 status=500 path!=/x path~404 path^=/a=b is_bot=false unknown=1'
  const { asked } = await run(`--measures hits --filter ${filters.split(' ').join(' --filter ')}`)

  expect(asked).toMatchObject([
    {
      filters: [
        { dimension: 'status', op: 'in', values: [404, 500] },
        { dimension: 'path', op: 'not_in', values: ['/x'] },
        { dimension: 'path', op: 'contains', values: ['404'] },
        { dimension: 'path', op: 'starts_with', values: ['/a=b'] },
        { dimension: 'is_bot', op: 'in', values: [false] },
        { dimension: 'unknown', op: 'in', values: ['1'] },
      ],
    },
  ])
})

test('the format json is exactly the answer of the API', async () => {
  const { stdout, stderr, answer } = await run('--measures hits --format json', [{ hits: 3 }])

  expect(stdout).toBe(`${answer}\n`)
  expect(stderr).toBe('')
})

test('the table goes to standard output, and what there is to say about it does not', async () => {
  const rows = [{ time: '2015-05-17T00:00:00+00:00', path: '/', hits: 1632 }]
  const { stdout, stderr } = await run('--measures hits --dimensions path --grain day', rows)

  expect(stdout).toBe('time                       path   hits\n2015-05-17T00:00:00+00:00  /     1,632\n')
  expect(stderr).toBe(
    '1 row · 1,234 read from cube_web and events in 5 ms · 1 hour not settled yet, read from raw events\n',
  )
})

test('the format csv cannot carry a formula', async () => {
  const { stdout } = await run('--measures hits --dimensions path --format csv', [
    { path: '=HYPERLINK("x")', hits: 1632 },
  ])

  expect(stdout).toBe(`path,hits\r\n"'=HYPERLINK(""x"")",1632\r\n`)
})

test.each([
  '--limit 0',
  '--limit x',
  '--order hits:up',
  '--filter status',
  '--measures a,,b',
  '--grain year2',
  '--format xml',
])('%s is wrong usage', async (flags) => {
  await expect(run(`--measures hits ${flags}`)).rejects.toMatchObject({ code: 'commander.invalidArgument' })
})
