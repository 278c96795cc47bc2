import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, LOCAL_TOKEN, type TestApp } from '../test-app.ts'

let tested: TestApp
beforeAll(async () => {
  tested = await buildTestApp()
})
afterAll(() => tested.app.close())

const secretOf = (role: keyof TestApp['as']) => (tested.as[role].authorization ?? '').replace('Bearer ', '')
const FEED = '/feed/web/day.csv?dimensions=country&measures=hits,visitors&from=2026-01-14&to=2026-01-15'

test('a key with the scope read may stand in the address, and is in no line of the log', async () => {
  const secret = secretOf('key:read')
  const answer = await tested.app.inject(`${FEED}&token=${secret}`)

  expect(answer.statusCode, answer.body).toBe(200)
  expect(answer.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'cache-control': 'private, no-cache',
  })
  expect(answer.body.split('\r\n')[0]).toBe(
    'time,Year,Quarter,Month,Week,Day,Complete,country,hits,visitors_daily_uniques',
  )
  await tested.app.inject(`/feed/web/nonsense.csv?token=${secret}`)
  await tested.app.inject(`/feed/nothing/day.csv?token=${secret}`)
  expect(tested.logLines.join('')).toContain('/feed/:cube/:grain.:format')
  expect(tested.logLines.join('')).not.toContain(secret)
})

test('a key that may do more than read is refused in an address, and taken in a header', async () => {
  for (const role of ['key:admin', 'key:ingest'] as const) {
    expect((await tested.app.inject(`${FEED}&token=${secretOf(role)}`)).statusCode, role).toBe(403)
  }
  expect((await tested.app.inject(`${FEED}&token=${LOCAL_TOKEN}`)).statusCode).toBe(403)
  expect((await tested.app.inject({ url: FEED, headers: tested.as['key:admin'] })).statusCode).toBe(200)
})

test('no other route takes a key from the address', async () => {
  expect((await tested.app.inject(`/api/v1/cubes?token=${secretOf('key:read')}`)).statusCode).toBe(401)
})

test('a wrong token and none are refused', async () => {
  expect((await tested.app.inject(`${FEED}&token=alm_000000000000_x`)).statusCode).toBe(401)
  expect((await tested.app.inject(`${FEED}&token=a&token=b`)).statusCode).toBe(401)
  expect((await tested.app.inject(FEED)).statusCode).toBe(401)
})

test('who has the feed already gets a 304', async () => {
  const headers = tested.as['key:read']
  const first = await tested.app.inject({ url: FEED, headers })
  const etag = String(first.headers.etag)
  const again = await tested.app.inject({ url: FEED, headers: { ...headers, 'if-none-match': `"x", ${etag}` } })
  const other = await tested.app.inject({ url: FEED, headers: { ...headers, 'if-none-match': '"x"' } })

  expect(etag).toMatch(/^W\/"[\w-]{43}"$/)
  expect([again.statusCode, again.body]).toEqual([304, ''])
  expect(other.statusCode).toBe(200)
})

test('JSON is an object with columns and rows', async () => {
  const answer = await tested.app.inject({ url: FEED.replace('.csv', '.json'), headers: tested.as.viewer })
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
  expect(answer.json().rows).toEqual([expect.objectContaining({ country: 'DE', hits: 3, visitors_daily_uniques: 3 })])
})

test('what is no feed is refused with what there is', async () => {
  const headers = tested.as['key:read']
  const wrong = await tested.app.inject({ url: '/feed/web/fortnight.xlsx', headers })
  expect(wrong.statusCode).toBe(400)
  expect(wrong.body).toContain('quarter_hour')
  expect((await tested.app.inject({ url: '/feed/nothing/day.csv', headers })).body).toContain('expected web')
})
