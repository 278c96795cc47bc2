import { expect, test } from 'vitest'
import { openpanel } from './openpanel.ts'
import { answerOf, asked, eventsOf, HOSTILE_BODIES, reasonsOf, UNKNOWN } from './testing/requests.ts'

const ROUTE = openpanel.routes[0] ?? expect.fail()
const CLIENT: Record<string, string> = { 'openpanel-client-id': 'client-1', 'openpanel-sdk-name': 'web' }
const track = (body: string | Buffer | object, headers = CLIENT) => ROUTE.understand(asked('/track', body, headers))

test.each([
  {
    what: 'a page view of the web client',
    body: {
      type: 'track',
      payload: {
        name: 'screen_view',
        profileId: 'ada',
        properties: { __path: 'https://example.com/a', __title: 'A', __referrer: 'https://other.org/', plan: 'pro' },
      },
    },
    event: {
      name: 'page_view',
      userId: 'ada',
      url: 'https://example.com/a',
      title: 'A',
      referrer: 'https://other.org/',
      properties: { plan: 'pro' },
    },
  },
  {
    what: "an app's screen",
    body: { type: 'track', payload: { name: 'screen_view', properties: { __path: 'Settings' } } },
    event: { name: 'screen_view', url: 'Settings', properties: {} },
  },
  {
    what: 'revenue, with the device and the time that the client kept',
    body: {
      type: 'track',
      payload: {
        name: 'revenue',
        groups: ['acme'],
        properties: { __revenue: 9.5, __deviceId: 'd1', __timestamp: '2026-11-22T12:00:00.000Z', currency: 'EUR' },
      },
    },
    event: {
      name: 'revenue',
      anonymousId: 'd1',
      timeMs: Date.UTC(2026, 10, 22, 12),
      revenue: { amount: 9.5, currency: 'EUR' },
      properties: { groups: ['acme'], currency: 'EUR' },
    },
  },
  {
    what: 'an identification',
    body: { type: 'identify', payload: { profileId: 'ada', firstName: 'Ada', properties: { plan: 'pro' } } },
    event: { name: 'identify', userId: 'ada', properties: { firstName: 'Ada', plan: 'pro' } },
  },
  {
    what: 'an alias',
    body: { type: 'alias', payload: { profileId: 'ada', alias: 'old' } },
    event: { name: 'alias', userId: 'ada', previousId: 'old' },
  },
  {
    what: 'a group',
    body: { type: 'group', payload: { id: 'acme', type: 'company', name: 'Acme' } },
    event: { name: 'group', properties: { id: 'acme', type: 'company', name: 'Acme' } },
  },
  {
    what: 'an increment',
    body: { type: 'increment', payload: { profileId: 'ada', property: 'visits', value: 2 } },
    event: { name: 'increment', userId: 'ada', properties: { property: 'visits', value: 2 } },
  },
])('$what', ({ body, event }) => {
  expect(eventsOf(track(body))).toEqual([event])
  expect(answerOf(track(body))).toMatchObject({ status: 200 })
})

test('the secret is the credential when it is a key of ours, and the id otherwise', () => {
  const body = { type: 'track', payload: { name: 'a' } }
  const credentialWith = (secret: string) => track(body, { ...CLIENT, 'openpanel-client-secret': secret }).deliveries[0]
  expect(credentialWith('alm_ab_cd')).toMatchObject({ credential: 'alm_ab_cd' })
  expect(credentialWith('sec_123')).toMatchObject({ credential: 'client-1' })
})

test.each([
  { body: '{}', headers: CLIENT, is: true },
  { body: '{"clientId":"client-1","type":"track"}', headers: {}, is: true },
  { body: 'data=eyJldmVudCI6ImEifQ%3D%3D', headers: {}, is: false },
  { body: '{"api_key":"phc","event":"a"}', headers: {}, is: false },
])('of the requests to /track, $body is its own: $is', ({ body, headers, is }) => {
  expect(ROUTE.isMine?.(asked('/track', body, headers))).toBe(is)
})

test('the answer has the ids of its client', () => {
  const body = { type: 'track', payload: { name: 'a', properties: { __deviceId: 'd1' } } }
  expect(answerOf(track(body)).body).toBe('{"deviceId":"d1","sessionId":""}')
  expect(answerOf(track(body), UNKNOWN)).toMatchObject({ status: 401 })
})

test('a replay is answered and not kept', () => {
  const understood = track({ type: 'replay', payload: { chunk_index: 0 } })
  expect(eventsOf(understood)).toEqual([])
  expect(reasonsOf(understood)).toEqual([])
  expect(answerOf(understood)).toMatchObject({ status: 200 })
})

test.each(HOSTILE_BODIES)('a body of $what is 400', ({ body }) => {
  expect(eventsOf(track(body))).toEqual([])
  expect(answerOf(track(body))).toMatchObject({ status: 400 })
})
