import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp, type TestRole } from '../../test-app.ts'

let tested: TestApp
beforeAll(async () => {
  tested = await buildTestApp()
})
afterAll(() => tested.app.close())

const ask = (method: 'GET' | 'POST' | 'PATCH', path: string, body?: object, as: TestRole = 'admin') =>
  tested.app.inject({ method, url: `/api/v1/sources${path}`, headers: tested.as[as], ...(body && { payload: body }) })

test('a source has a kind and all its settings', async () => {
  const { source } = (await ask('GET', '/website', undefined, 'viewer')).json()

  expect(source).toMatchObject({ name: 'website', kind: 'website', settings: { privacy: 'full', blockedPaths: [] } })
  expect((await ask('GET', '')).json()).toEqual({ sources: [source] })
})

test('a source is made with the settings that are said', async () => {
  const body = { name: 'shop', label: 'Shop', kind: 'app', settings: { privacy: 'cookieless' } }
  const answer = await ask('POST', '', body)

  expect(answer.statusCode).toBe(201)
  expect(answer.json().source).toMatchObject({ name: 'shop', kind: 'app', settings: { privacy: 'cookieless' } })
})

test('a change is one of what is said', async () => {
  const answer = await ask('PATCH', '/website', { settings: { eventsPerSecond: 10, allowedOrigins: ['A.example'] } })

  expect(answer.json().source).toMatchObject({
    label: 'Website',
    settings: { eventsPerSecond: 10, allowedOrigins: ['a.example'], privacy: 'full' },
  })
})

test('each wrong setting is told with its place', async () => {
  const answer = await ask('PATCH', '/website', {
    settings: { allowedOrigins: ['ok.example', 'https://a.example'], timezone: 'Mars', odd: 1 },
  })

  expect(answer.statusCode).toBe(400)
  const { issues } = answer.json().error
  expect(issues.map(({ path }: { path: string[] }) => path.join('.'))).toEqual([
    'settings.allowedOrigins.1',
    'settings.timezone',
    'settings',
  ])
  expect(issues[0].message).toContain('expected a host name such as www.example.com')
})

test.each([{ name: 'other' }, { createdAt: '2026-01-15T12:00:00Z' }])('%j cannot be changed', async (change) => {
  expect((await ask('PATCH', '/website', change)).statusCode).toBe(400)
})

test.each(['', '/health', '/events/live'])('a source that does not exist has no %s', async (path) => {
  expect((await ask('GET', `/nowhere${path}`)).statusCode).toBe(404)
})

test('the health tells figures and reasons', async () => {
  const totals = { accepted: 3, duplicates: 1, rejected: [{ reason: 'name', count: 2 }], filtered: [] }

  expect((await ask('GET', '/website/health', undefined, 'viewer')).json()).toEqual({
    eventsPerSecond: 0.5,
    lastEventAt: null,
    lastHour: totals,
    today: totals,
  })
  expect((await ask('GET', '/website/health?environment=test')).statusCode).toBe(400)
})

describe('the live debugger shows what people do', () => {
  test.each<TestRole>(['nobody', 'viewer', 'key:read', 'key:ingest'])('and not to %s', async (role) => {
    expect([401, 403]).toContain((await ask('GET', '/website/events/live', undefined, role)).statusCode)
  })
})
