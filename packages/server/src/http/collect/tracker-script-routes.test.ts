import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../test-app.ts'

let trackerRoot: string
let tested: TestApp
beforeEach(async () => {
  trackerRoot = await mkdtemp(join(tmpdir(), 'almanac-scripts-'))
  await writeFile(join(trackerRoot, 'almanac.js'), 'all()')
  await writeFile(join(trackerRoot, 'almanac.links.spa.js'), 'some()')
  await writeFile(join(trackerRoot, 'index.js'), 'export {}')
  tested = await buildTestApp({ trackerRoot })
})
afterEach(async () => {
  await tested.app.close()
  await rm(trackerRoot, { recursive: true, force: true })
})

const get = (url: string, headers: Record<string, string> = {}) => tested.app.inject({ method: 'GET', url, headers })

test('any page of any site may load the script, and keeps it for an hour', async () => {
  const answer = await get('/js/almanac.js')

  expect([answer.statusCode, answer.body]).toEqual([200, 'all()'])
  expect(answer.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=3600, stale-while-revalidate=86400',
    'cross-origin-resource-policy': 'cross-origin',
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
  })
})

test('a variant has an address of its own', async () => {
  expect((await get('/js/almanac.links.spa.js')).body).toBe('some()')
})

test('who has the newest script is told so until it changes', async () => {
  const { etag } = (await get('/js/almanac.js')).headers
  const headers = { 'if-none-match': String(etag) }

  const same = await get('/js/almanac.js', headers)
  expect([same.statusCode, same.body]).toEqual([304, ''])
  await writeFile(join(trackerRoot, 'almanac.js'), 'more()')
  expect((await get('/js/almanac.js', headers)).body).toBe('more()')
})

test.each(['/js/index.js', '/js/almanac.ads.js', '/js/..%2Fpackage.json', '/js/almanac.js%00', '/js/almanac.js.map'])(
  '%s is not found',
  async (url) => {
    const answer = await get(url)

    expect(answer.statusCode).toBe(404)
    expect(answer.json()).toMatchObject({ error: { code: 'not_found' } })
  },
)
