import { afterEach, expect, test } from 'vitest'
import { memoryLinks, testLink } from '../../../attribution/testing/memory-links.ts'
import type { AppDeps } from '../../app.ts'
import { buildTestApp, type TestApp } from '../../test-app.ts'

let tested: TestApp
afterEach(() => tested.app.close())

async function build(overrides: Partial<AppDeps> = {}) {
  tested = await buildTestApp(overrides)
  const ask = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: object) =>
    tested.app.inject({ method, url, headers: { ...tested.as.local, host: 'a.example' }, ...(body && { body }) })
  return { ask }
}

test('a link that is made answers with the address to give away', async () => {
  const { ask } = await build()
  const body = {
    code: 'sale',
    source: 'game',
    target: ' https://example.com/?c=%7Bclick_id%7D ',
    campaign: '{campaign}',
  }
  const answer = await ask('POST', '/api/v1/links', body)

  expect(answer.statusCode).toBe(201)
  expect(answer.json()).toEqual({
    link: {
      code: 'sale',
      url: 'http://a.example/l/sale?campaign={campaign}',
      target: 'https://example.com/?c={click_id}',
      source: 'game',
      environment: 'production',
      label: '',
      network: '',
      campaign: '{campaign}',
      adgroup: '',
      creative: '',
      parameters: {},
      createdAt: '1970-01-01T00:00:00.000Z',
      archivedAt: null,
      clicks: 0,
      uniqueClicks: 0,
      installs: 0,
    },
  })
})

test('the public address goes before the name in the request', async () => {
  const { ask } = await build({ publicUrl: 'https://stats.example.com', links: memoryLinks([testLink()]) })
  expect((await ask('GET', '/api/v1/links')).json().links[0].url).toBe('https://stats.example.com/l/spring')
})

test.each([
  { body: { target: 'javascript:alert(1)' }, path: ['target'] },
  { body: { target: 'https://{host}/' }, path: ['target'] },
  { body: { code: 'a b' }, path: ['code'] },
  { body: { parameters: { click_id: 'x' } }, path: ['parameters', 'click_id'] },
  { body: { parameters: { 'a b': 'x' } }, path: ['parameters', 'a b'] },
  { body: { parameters: { a: 1 } }, path: ['parameters', 'a'] },
  { body: { network: 'n'.repeat(201) }, path: ['network'] },
  { body: { source: undefined }, path: ['source'] },
  { body: { environment: 'test' }, path: ['environment'] },
])('$body is refused at $path', async ({ body, path }) => {
  const { ask } = await build()
  const answer = await ask('POST', '/api/v1/links', { source: 'game', target: 'https://example.com', ...body })
  expect(answer.statusCode).toBe(400)
  expect(answer.json().error.issues.map((issue: { path: unknown }) => issue.path)).toEqual([path])
})

test('a change leaves the rest as it is, and an archived link is not listed unless it is asked for', async () => {
  const { ask } = await build({ links: memoryLinks([testLink({ label: 'Old', parameters: { a: '1' } })]) })
  const changed = await ask('PATCH', '/api/v1/links/spring', { label: 'New' })
  expect(changed.json().link).toMatchObject({ label: 'New', parameters: { a: '1' }, target: 'https://example.com/app' })

  expect((await ask('DELETE', '/api/v1/links/spring')).statusCode).toBe(204)
  expect((await ask('GET', '/api/v1/links')).json().links).toEqual([])
  expect((await ask('GET', '/api/v1/links?archived=true')).json().links).toMatchObject([{ code: 'spring' }])
  expect((await ask('PATCH', '/api/v1/links/spring', { archived: false })).json().link.archivedAt).toBeNull()
  expect((await ask('DELETE', '/api/v1/links/other')).statusCode).toBe(404)
  expect((await ask('PATCH', '/api/v1/links/spring', { source: 'other' })).statusCode).toBe(400)
})

test('the range is of instants or days in UTC', async () => {
  const asked: object[] = []
  const figures = async (_source: string | undefined, range: object) => {
    asked.push(range)
    return new Map([['spring', { clicks: 5, uniqueClicks: 4, installs: 3 }]])
  }
  const links = { ...memoryLinks([testLink()]), figures }
  const { ask } = await build({ links })
  const answer = await ask('GET', '/api/v1/links?source=game&from=2026-05-01&to=2026-05-02T00:00:00%2B02:00')
  expect(answer.json().links).toMatchObject([{ clicks: 5, uniqueClicks: 4, installs: 3 }])
  expect(asked).toEqual([{ fromMs: Date.UTC(2026, 4, 1), toMs: Date.UTC(2026, 4, 1, 22) }])
  expect((await ask('GET', '/api/v1/links?from=yesterday')).statusCode).toBe(400)
})
