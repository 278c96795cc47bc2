import { afterEach, beforeEach, expect, test } from 'vitest'
import type { PersonKey } from '../../../privacy/person.ts'
import { buildTestApp, type TestApp } from '../../test-app.ts'

let tested: TestApp
const exported: PersonKey[] = []

beforeEach(async () => {
  tested = await buildTestApp({
    people: {
      find: async (key) => ({
        person: { ...key, visitors: ['7', '8'] },
        events: 2,
        firstAt: 1000,
        lastAt: 2000,
        sources: [{ source: 'website', environment: 'production', events: 2 }],
      }),
      export: async function* (key) {
        exported.push(key)
        yield '{"type":"person"}\n'
        yield '{"type":"end"}\n'
      },
    },
  })
})
afterEach(() => tested.app.close())

const post = (url: string, payload: object, as: 'admin' | 'key:admin' = 'admin') =>
  tested.app.inject({ method: 'POST', url, payload, headers: tested.as[as] })

test('a person is found by a user id, an anonymous id or a visitor', async () => {
  const answer = await post('/api/v1/people/find', { userId: 'ada' })
  expect(answer.json()).toEqual({
    person: { userId: 'ada', visitors: ['7', '8'] },
    events: 2,
    firstAt: '1970-01-01T00:00:01.000Z',
    lastAt: '1970-01-01T00:00:02.000Z',
    sources: [{ source: 'website', environment: 'production', events: 2 }],
  })
  for (const key of [{ anonymousId: 'd' }, { visitor: '18446744073709551615' }]) {
    expect((await post('/api/v1/people/find', key)).statusCode).toBe(200)
  }
})

test.each([
  {},
  { userId: '' },
  { userId: 'a', anonymousId: 'b' },
  { visitor: 'ada' },
  { visitor: '0' },
  { visitor: '18446744073709551616' },
  { email: 'ada@example.com' },
])('%j names nobody', async (key) => {
  for (const what of ['find', 'export', 'erase']) {
    const answer = await post(`/api/v1/people/${what}`, key)
    expect(answer.statusCode).toBe(400)
    expect(answer.json().error.code).toBe('invalid_request')
  }
})

test('an export is lines of JSON', async () => {
  const answer = await post('/api/v1/people/export', { anonymousId: 'd1' })
  expect(answer.headers['content-type']).toBe('application/x-ndjson')
  expect(answer.body).toBe('{"type":"person"}\n{"type":"end"}\n')
  expect(exported.at(-1)).toEqual({ anonymousId: 'd1' })
})

test('an erasure is accepted, and remembers who asked for it', async () => {
  const byPerson = await post('/api/v1/people/erase', { userId: 'ada' })
  expect(byPerson.statusCode).toBe(202)
  expect(byPerson.json().erasure).toMatchObject({ state: 'waiting', finishedAt: null, problem: null })
  expect(byPerson.json().erasure.requestedBy).toMatch(/^[0-9a-f-]{36}$/)
  const byKey = await post('/api/v1/people/erase', { userId: 'ada' }, 'key:admin')
  expect(byKey.json().erasure.requestedBy).toMatch(/^key /)
})

test('no id gets into the log of the server', async () => {
  for (const what of ['find', 'export', 'erase']) await post(`/api/v1/people/${what}`, { userId: 'ada-in-no-log' })
  expect(tested.logLines.length).toBeGreaterThan(2)
  expect(tested.logLines.join('')).not.toContain('ada-in-no-log')
})
