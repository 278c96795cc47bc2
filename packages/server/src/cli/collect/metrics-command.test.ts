import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { makeScratch } from '../../../test/support/scratch.ts'
import { buildTestApp, LOCAL_TOKEN, type TestApp } from '../../http/test-app.ts'
import { memoryMetrics } from '../../metrics/testing/memory-metrics.ts'
import { captured } from '../testing/captured.ts'
import { metricsCommand } from './metrics-command.ts'

let tested: TestApp | undefined
afterEach(() => tested?.app.close())

/** Runs the command against the real routes over metrics in memory. */
async function run(args: string[], metricStore = memoryMetrics(), input = '') {
  tested = await buildTestApp({ metricStore })
  const url = await tested.app.listen({ port: 0, host: '127.0.0.1' })
  const { printed, deps } = captured(url, { token: LOCAL_TOKEN, input })
  const command = metricsCommand(deps)
  for (const child of command.commands) child.exitOverride().configureOutput({ writeErr: deps.stderr })
  await command.parseAsync(args, { from: 'user' })
  return printed
}

test('a file with a column for each metric is loaded by the names of its columns', async () => {
  await using scratch = await makeScratch()
  const file = join(scratch.path, 'youtube.csv')
  await writeFile(file, 'Day,Views,Subscribers,Channel\n2026-01-05,12,100,main\n2026-01-06,13,,main\n')
  const metricStore = memoryMetrics()
  const flags = ['--time-column', 'Day', '--value', 'Views=video_views', '--value', 'Subscribers=subscribers']
  const { stderr } = await run(
    ['load', file, ...flags, '--dimension', 'Channel=channel', '--source', 'youtube', '--timezone', 'America/New_York'],
    metricStore,
  )

  expect(stderr).toBe('3 figures stored.\n')
  expect(metricStore.values()).toMatchObject([
    { metric: 'video_views', grain: 'day', at: Date.UTC(2026, 0, 5, 5) / 1000, source: 'youtube', value: 12 },
    { metric: 'subscribers', dimensions: { channel: 'main' }, value: 100 },
    { metric: 'video_views', value: 13 },
  ])
})

test('standard input is read in the format that is named', async () => {
  const metricStore = memoryMetrics()
  const rows = ['{"metric":"a","time":"2026-01-05T10:00:00Z","value":1}', '{"date":"2026-01-05","value":2}']
  await run(['load', '-', '--format', 'ndjson', '--metric', 'b'], metricStore, rows.join('\n'))
  await run(['load', '-', '--format', 'json', '--metric', 'c'], metricStore, '[{"date":"2026-01-05","value":3}]')
  expect(metricStore.values().map(({ metric, grain, value }) => [metric, grain, value])).toEqual([
    ['a', 'hour', 1],
    ['b', 'day', 2],
    ['c', 'day', 3],
  ])
})

test('more rows than one request takes are sent in several', async () => {
  const metricStore = memoryMetrics()
  const rows = Array.from({ length: 10_001 }, (_, i) => `2026-01-05,${i},${i}`)
  await run(['load', '-', '--format', 'csv', '--metric', 'm'], metricStore, `date,value,id\n${rows.join('\n')}`)
  expect(metricStore.values()).toHaveLength(10_001)
})

test('while any row is wrong nothing is sent, and all mistakes are told with their lines', async () => {
  const metricStore = memoryMetrics()
  const text = 'date,value\n2026-01-05,1\nyesterday,2\n2026-01-06,some\n'
  const failed = run(['load', '-', '--format', 'csv', '--metric', 'm'], metricStore, text)
  await expect(failed).rejects.toMatchObject({
    message: 'The rows have 2 problems; nothing was sent',
    issues: [{ path: ['line 3', 'date'] }, { path: ['line 4', 'value'] }],
  })
  expect(metricStore.values()).toEqual([])

  const { stderr } = await run(['load', '-', '--format', 'csv', '--metric', 'm', '--partial'], metricStore, text)
  expect(stderr).toMatch(
    /^2 problems; those rows were left out:\n {2}line 3: date: .*\n {2}line 4: value: .*\n1 figure stored/,
  )
})

test('the list has each metric with its time and dimensions, and figures can be removed', async () => {
  const metricStore = memoryMetrics()
  await run(['load', '-', '--format', 'csv', '--metric', 'm'], metricStore, 'date,value,account\n2026-01-05,1,a\n')
  expect((await run(['list'], metricStore)).stdout).toMatch(/^metric .*\nm +1 +day +2026-01-05T00:00:00Z .*account/)
  const { stderr } = await run(['remove', 'm', '--from', '2026-01-01', '--to', '2026-02-01'], metricStore)
  expect(stderr).toBe('1 figure removed.\n')
})

test.each([
  { args: ['load', 'figures.xls'], words: 'The format of figures.xls is not known' },
  { args: ['load', 'missing.csv'], words: 'cannot be read' },
  { args: ['load', '-', '--format', 'json'], words: 'is no JSON' },
])('$args is refused', async ({ args, words }) => {
  await expect(run(args)).rejects.toThrow(words)
})
