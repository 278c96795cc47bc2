import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FileReport } from '../src/cli/import/report/file-report.ts'
import { almanac } from './support/almanac-command.ts'
import { makeScratch, type Scratch } from './support/scratch.ts'
import { callServer, type ServerProcess } from './support/server-process.ts'

/** Logs that do not name the host, with the source's settings: what is a link of the site itself, and what is not wanted. */
let scratch: Scratch
let server: ServerProcess
beforeAll(async () => {
  scratch = await makeScratch()
  server = await scratch.start()
})
afterAll(async () => {
  await server?.stop()
  await scratch?.[Symbol.asyncDispose]()
})

interface Hit {
  readonly referrer?: string
  readonly path?: string
  readonly address?: string
}

/** One source a test; of each day one file. */
async function imported(source: string, hits: readonly Hit[], flags: readonly string[] = [], day = '17') {
  const file = join(scratch.path, `${source}-${day}.log`)
  const lines = hits.map(
    ({ referrer = '-', path = '/', address = '203.0.113.1' }, n) =>
      `${address} - - [${day}/May/2015:10:05:${String(n).padStart(2, '0')} +0000] "GET ${path} HTTP/1.1" 200 5 "${referrer}" "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"`,
  )
  await writeFile(file, `${lines.join('\n')}\n`)
  const { exitCode, stdout, stderr } = await almanac([
    ...['import', file, '--source', source, '--format', 'combined', '--json', '--data-dir', scratch.dataDir],
    ...flags,
  ])
  expect(exitCode, stderr).toBe(0)
  return (JSON.parse(stdout) as { files: FileReport[] }).files[0]
}

async function kinds(source: string, day = '17'): Promise<Record<string, number>> {
  const { rows } = await callServer<{ rows: { referrer_kind: string; hits: number }[] }>(server, '/api/v1/query', {
    cube: 'web',
    measures: ['hits'],
    dimensions: ['referrer_kind'],
    filters: [{ dimension: 'source', values: [source] }],
    from: `2015-05-${day}`,
    to: `2015-05-${Number(day) + 1}`,
  })
  return Object.fromEntries(rows.map((row) => [row.referrer_kind, row.hits]))
}

const siteHostsOf = async (source: string) =>
  (await callServer<{ source: { settings: { siteHosts: string[] } } }>(server, `/api/v1/sources/${source}`)).source
    .settings.siteHosts

const HITS: Hit[] = [
  {},
  { referrer: 'https://www.example.com/' },
  { referrer: 'https://example.com/a?b=1' },
  { referrer: 'https://shop.example.com/' },
  { referrer: 'https://www.google.com/' },
  { referrer: 'https://news.example.org/' },
]

test('without a word about the site, its own links look like those of others', async () => {
  await imported('unknown', HITS)
  expect(await kinds('unknown')).toEqual({ direct: 1, search: 1, website: 4 })
})

test('links inside of the site are no referrals, and the source remembers the hosts for the next file', async () => {
  await imported('named', HITS, ['--site', 'www.example.com'])
  expect(await kinds('named')).toEqual({ direct: 1, internal: 2, search: 1, website: 2 })
  expect(await siteHostsOf('named')).toEqual(['www.example.com'])

  await imported('named', HITS, ['--site', '*.example.com'], '18')
  expect(await kinds('named', '18')).toEqual({ direct: 1, internal: 3, search: 1, website: 1 })
  expect(await siteHostsOf('named')).toEqual(['www.example.com', '*.example.com'])

  await imported('named', HITS, [], '19')
  expect(await kinds('named', '19')).toEqual({ direct: 1, internal: 3, search: 1, website: 1 })
})

test('what the settings of the source leave out is not stored, and comes in when they no longer do', async () => {
  const set = async (...words: string[]) => {
    const { exitCode, stderr } = await almanac(['sources', 'set', 'picky', ...words, '--data-dir', scratch.dataDir])
    expect(exitCode, stderr).toBe(0)
  }
  await callServer(server, '/api/v1/sources', { name: 'picky', label: 'Picky' })
  await set('blockedPaths=/admin/*', 'blockedAddresses=198.51.100.0/24', 'allowedOrigins=www.example.com')
  const hits = [...HITS, { path: '/admin/users' }, { path: '/admin/' }, { address: '198.51.100.7' }]

  const first = await imported('picky', hits)
  expect(first).toMatchObject({ read: 9, stored: 6, unaccounted: 0, filtered: { path: 2, address: 1 } })
  // The origins that may send are the site, as long as nothing else is known.
  expect(await kinds('picky')).toEqual({ direct: 1, internal: 2, search: 1, website: 2 })

  await set('blockedPaths=', 'blockedAddresses=')
  expect(await imported('picky', hits)).toMatchObject({ stored: 3, alreadyThere: 6, filtered: {} })
  expect(await kinds('picky')).toMatchObject({ direct: 4 })
})
