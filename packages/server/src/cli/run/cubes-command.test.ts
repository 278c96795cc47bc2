import type { RequestListener } from 'node:http'
import { expect, test } from 'vitest'
import { captured, listening } from '../testing/captured.ts'
import { cubesCommand } from './cubes-command.ts'

/** The command against a server that answers as it is told; what it asked and printed. */
async function run(args: readonly string[], listener: RequestListener, isTerminal = false) {
  const asked: string[] = []
  const url = await listening(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    asked.push(`${request.method} ${request.url} ${body}`.trim())
    listener(request, response)
  })
  const { printed, deps } = captured(url)
  let exitCode = 0
  const command = cubesCommand({
    ...deps,
    isTerminal,
    setExitCode: (code) => {
      exitCode = code
    },
  })
  const error = await command.parseAsync(args, { from: 'user' }).then(
    () => undefined,
    (error: Error) => error.message,
  )
  return { ...printed, exitCode, asked, error }
}

const WEB = {
  name: 'web',
  state: 'serving',
  reason: null,
  isPaused: false,
  buckets: { hours: { total: 48, touched: 1 }, days: { total: 2, touched: 1 }, months: { total: 1, touched: 0 } },
  lastComputedAt: '2026-05-17T10:00:00.000Z',
  hoursPerMinute: 4,
  rowsPerSecond: 1000,
  secondsLeft: 15,
  rows: 500,
  bytes: 2000,
  rawBytes: 10_000,
}
const answer =
  (value: object): RequestListener =>
  (_request, response) =>
    response.end(JSON.stringify(value))
const lines =
  (...values: object[]): RequestListener =>
  (_request, response) =>
    response.end(values.map((value) => `${JSON.stringify(value)}\n`).join(''))

test('status lists the cubes, and why one could not be made', async () => {
  const broken = { ...WEB, name: 'broken', state: 'failed', reason: 'no such column' }
  const { stdout, stderr } = await run(['status'], answer({ cubes: [WEB, broken] }))
  expect(stdout).toMatch(/web\s+serving\s+48\s+2\s+2\s+1\s+500\s+2\.0 kB\s+20\.0 %\s+2026-05-17T10:00:00\.000Z\s+15 s/)
  expect(stderr).toBe('broken: no such column\n')
})

const CHECKED = { hour: 700, day: 31, month: 1 }
const DIFFERENT = { level: 'hour', start: '2026-05-17T10:00:00.000Z', rows: 2, hasStrayRows: false }
const MONTH = { type: 'month', month: '2026-05', done: 1, of: 1, checked: CHECKED, different: [DIFFERENT] }

test('verify names the buckets that differ, and ends with 1', async () => {
  const found = await run(['verify', 'web'], lines(MONTH, { type: 'end', checked: CHECKED, different: 1, repaired: 0 }))
  expect(found.stdout).toBe('hour 2026-05-17T10:00:00.000Z: 2 rows differ\n')
  expect(found.stderr).toContain('700 hours, 31 days and 1 month were compared: 1 bucket differed.')
  expect(found.exitCode).toBe(1)
  expect(found.asked).toEqual(['POST /api/v1/cubes/web/verify {}'])
})

test('verify with --repair asks for it, and ends with 0', async () => {
  const args = ['verify', 'web', '--repair', '--from', '2026-05-01']
  const found = await run(args, lines(MONTH, { type: 'end', checked: CHECKED, different: 1, repaired: 1 }))
  expect(found.asked).toEqual(['POST /api/v1/cubes/web/verify {"from":"2026-05-01","repair":true}'])
  expect(found.exitCode).toBe(0)
})

test('a check that ended in the middle is an error', async () => {
  expect(await run(['verify', 'web'], lines(MONTH))).toMatchObject({ error: 'The check of web ended in the middle' })
})

test('rebuild waits until nothing is touched, with a bar on a terminal', async () => {
  let polls = 0
  const listener: RequestListener = (request, response) => {
    if (request.method === 'POST') return void response.end(JSON.stringify({ hours: 4 }))
    polls += 1
    const touched = polls === 1 ? 4 : 0
    response.end(JSON.stringify({ cubes: [{ ...WEB, buckets: { ...WEB.buckets, hours: { total: 48, touched } } }] }))
  }
  const found = await run(['rebuild', 'web', '--from', '2026-05-01', '--to', '2026-05-02'], listener, true)
  expect(found.asked).toEqual([
    'POST /api/v1/cubes/web/rebuild {"from":"2026-05-01","to":"2026-05-02"}',
    'GET /api/v1/cubes/status',
    'GET /api/v1/cubes/status',
  ])
  expect(found.stderr).toContain('4 hours will be computed anew.')
  expect(found.stderr).toContain('░ 0 %  4 hours to go, 1,000 rows/s, 15 s left')
})

test('rebuild with --no-wait comes back at once', async () => {
  const { asked } = await run(['rebuild', 'web', '--no-wait'], answer({ hours: 4 }))
  expect(asked).toEqual(['POST /api/v1/cubes/web/rebuild {}'])
})

test('a rebuild of a paused cube says so instead of waiting for ever', async () => {
  const listener: RequestListener = (request, response) =>
    response.end(JSON.stringify(request.method === 'POST' ? { hours: 4 } : { cubes: [{ ...WEB, isPaused: true }] }))
  expect(await run(['rebuild', 'web'], listener)).toMatchObject({ error: 'The cube web is paused' })
})

test.each(['pause', 'resume'])('%s asks for it', async (action) => {
  const { asked } = await run([action, 'web'], (_request, response) => response.writeHead(204).end())
  expect(asked).toEqual([`POST /api/v1/cubes/web/${action}`])
})
