import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { almanac } from './support/almanac-command.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almanac-visits-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Both commands start a server of their own: what the first brought is in the visits when it ends. */
async function visitsOf(file: string, from: string, to: string) {
  const flags = ['--source', 'website', '--identity', 'stable', '--data-dir', join(folder, `data-${from}`)]
  await almanac(['import', file, '--format', 'combined', ...flags])
  return query(from, to)
}

async function query(from: string, to: string): Promise<{ rows: Record<string, number>[]; stderr: string }> {
  const flags = ['--from', from, '--to', to, '--format', 'json', '--data-dir', join(folder, `data-${from}`)]
  const measures = 'visits,visitors,bounces,duration'
  const { stdout, stderr } = await almanac(['query', '--cube', 'visits', '--measures', measures, ...flags])
  return { rows: stdout === '' ? [] : JSON.parse(stdout).rows, stderr }
}

const GAP_SECONDS = 1800

test('an imported log has the visits that a count over its lines gives, at once', async () => {
  const start = Date.UTC(2026, 2, 28, 22) / 1000
  const hits = Array.from({ length: 1500 }, (_, n) => ({
    visitor: (n * 7919) % 23,
    at: start + ((n * 104_729) % 200_000),
  }))
  const lines = hits
    .toSorted((a, b) => a.at - b.at)
    .map(
      ({ visitor, at }) =>
        `10.0.0.${visitor} - - [${logTime(at)}] "GET /p${visitor % 5} HTTP/1.1" 200 10 "-" "Mozilla/5.0 Firefox/${visitor}"`,
    )
  const file = join(folder, 'made.log')
  await writeFile(file, `${lines.join('\n')}\n`)

  const byVisitor = Map.groupBy(hits, ({ visitor }) => visitor)
  const gaps = [...byVisitor.values()].flatMap((ofVisitor) => {
    const times = ofVisitor.map(({ at }) => at).sort((a, b) => a - b)
    return times.slice(1).map((at, i) => at - (times[i] as number))
  })
  const visits = byVisitor.size + gaps.filter((gap) => gap >= GAP_SECONDS).length
  const duration = gaps.filter((gap) => gap < GAP_SECONDS).reduce((sum, gap) => sum + gap, 0)

  const { rows, stderr } = await visitsOf(file, '2026-03-28', '2026-04-02')
  expect(rows, stderr).toMatchObject([{ visits, visitors: byVisitor.size, duration }])

  const rebuilt = await almanac(['visits', 'rebuild', '--data-dir', join(folder, 'data-2026-03-28')])
  expect(rebuilt).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('made anew') })
  expect((await query('2026-03-28', '2026-04-02')).rows).toEqual(rows)
})

const REAL_LOG = process.env.ALMANAC_REAL_LOG

// The Apache log of elastic/examples (10,000 lines, May 2015), which is too large to lie here.
test.skipIf(REAL_LOG === undefined)('the public log of 2015 has 3,223 visits of 1,861 visitors', async () => {
  const { rows, stderr } = await visitsOf(REAL_LOG ?? '', '2015-05-17', '2015-05-21')
  expect(rows, stderr).toMatchObject([{ visits: 3223, visitors: 1861 }])
})

function logTime(seconds: number): string {
  const [, day, month, year, time] = new Date(seconds * 1000).toUTCString().split(' ')
  return `${day}/${month}/${year}:${time} +0000`
}
