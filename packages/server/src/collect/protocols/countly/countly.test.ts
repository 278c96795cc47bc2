import { expect, test } from 'vitest'
import { answerOf, asked, eventsOf, HOSTILE_BODIES, RECEIVED_AT_MS, reasonsOf, UNKNOWN } from '../testing/requests.ts'
import { countly } from './countly.ts'

const [ONE, MANY, QUESTION] = countly.routes
const form = (fields: object) =>
  new URLSearchParams(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'object' ? JSON.stringify(value) : String(value),
    ]),
  ).toString()
const request = (fields: object) => ONE?.understand(asked(`/i?${form(fields)}`)) ?? expect.fail()
const posted = (body: string | Buffer) => ONE?.understand(asked('/i', body)) ?? expect.fail()
const bulk = (body: string | Buffer) => MANY?.understand(asked('/i/bulk', body)) ?? expect.fail()

const device = { app_key: 'app', device_id: 'device-1', timestamp: RECEIVED_AT_MS - 1000, t: 1 }
const known = { timeMs: RECEIVED_AT_MS - 1000, anonymousId: 'device-1', app: {}, id: expect.any(String) }

test('a session begins with what is known of the device', () => {
  const metrics = { _os: 'Linux', _app_version: '1.2', _locale: 'de_DE', _resolution: '1280x720', _device: 'Server' }
  const understood = request({ ...device, begin_session: 1, metrics, hour: 12, country_code: 'DE', city: 'Berlin' })
  expect(understood.deliveries).toMatchObject([{ credential: 'app' }])
  expect(eventsOf(understood)).toEqual([
    {
      ...known,
      name: 'begin_session',
      language: 'de_DE',
      screen: '1280x720',
      country: 'DE',
      city: 'Berlin',
      app: { version: '1.2', platform: 'Linux' },
      properties: { _device: 'Server', hour: '12' },
    },
  ])
})

test.each([
  { fields: { session_duration: 60 }, event: { name: 'session_duration', durationMs: 60_000 } },
  { fields: { end_session: 1, session_duration: 30 }, event: { name: 'end_session', durationMs: 30_000 } },
  { fields: { old_device_id: 'before' }, event: { name: 'alias', previousId: 'before' } },
  {
    fields: { user_details: { name: 'Ada', email: null, custom: { plan: 'pro' } } },
    event: { name: 'identify', properties: { name: 'Ada', plan: 'pro' } },
  },
  { fields: { crash: { _error: 'boom' } }, event: { name: 'crash', properties: { _error: 'boom' } } },
  {
    fields: { campaign_id: 'spring', campaign_user: 'u1' },
    event: { name: 'attribution', campaign: { name: 'spring' }, properties: { campaign_user: 'u1' } },
  },
  {
    fields: { events: [{ key: 'buy', count: 3, sum: 9.5, dur: 2, segmentation: { plan: 'pro' } }] },
    event: { name: 'buy', durationMs: 2000, properties: { sum: 9.5, plan: 'pro', count: 3 } },
  },
])('$event.name', ({ fields, event }) => {
  expect(eventsOf(request({ ...device, ...fields }))).toEqual([{ ...known, ...event }])
})

test('the view of a page has its address; of a screen, its name', () => {
  const view = (segmentation: object) =>
    eventsOf(request({ ...device, events: [{ key: '[CLY]_view', count: 1, segmentation }] }))
  expect(view({ name: '/a', view: '/a', visit: 1, domain: 'example.com' })).toMatchObject([
    { name: 'page_view', url: 'https://example.com/a', title: '/a' },
  ])
  expect(view({ name: 'Settings', visit: 1, segment: 'Android' })).toMatchObject([
    { name: 'screen_view', title: 'Settings' },
  ])
  expect(view({ name: 'Settings', segment: 'Android' })).toMatchObject([{ name: '[CLY]_view' }])
})

test('the end of a view has another id than its beginning, which it shares the id of the client with', () => {
  const events = [
    { key: '[CLY]_view', id: 'v1', timestamp: 1795349000001, segmentation: { visit: 1, name: 'A' } },
    { key: '[CLY]_view', id: 'v1', timestamp: 1795349004001, dur: 4, segmentation: { name: 'A' } },
  ]
  const ids = eventsOf(request({ ...device, events })).map((event) => (event as { id: string }).id)
  expect(ids).toEqual(['v1 1795349000001', 'v1 1795349004001 4'])
})

test('the same request again has the same ids; seconds are too coarse for one', () => {
  const fields = { ...device, begin_session: 1, events: [{ key: 'a' }, { key: 'a' }] }
  const idsOf = (fields: object) => eventsOf(request(fields)).map((event) => (event as { id?: string }).id)
  expect(idsOf({ ...fields, rr: 3 })).toEqual(idsOf(fields))
  expect(new Set(idsOf(fields)).size).toBe(3)
  expect(idsOf({ ...fields, timestamp: 1795349000 })).toEqual([undefined, undefined, undefined])
})

test('a device id that the developer gave is a person', () => {
  expect(eventsOf(request({ ...device, t: 0, begin_session: 1 }))).toMatchObject([{ userId: 'device-1' }])
})

test('a form is read like a query', () => {
  expect(eventsOf(posted(form({ ...device, session_duration: 1 })))).toMatchObject([{ name: 'session_duration' }])
})

test('a bulk has its key in each request, or once for all', () => {
  const requests = [
    { device_id: 'a', begin_session: 1 },
    { app_key: 'other', device_id: 'b', events: [{ key: 'x' }] },
    7,
  ]
  const understood = bulk(form({ app_key: 'app', requests }))
  expect(understood.deliveries).toMatchObject([
    {
      credential: 'app',
      events: [{ name: 'begin_session' }],
      rejected: [{ reason: 'expected app_key and device_id' }],
    },
    { credential: 'other', events: [{ name: 'x' }] },
  ])
  expect(answerOf(understood)).toMatchObject({ status: 200, body: '{"result":"Success"}' })
})

test('the answers are those of Countly', () => {
  expect(answerOf(request({ ...device, begin_session: 1 }))).toMatchObject({
    status: 200,
    body: '{"result":"Success"}',
  })
  expect(answerOf(request({ app_key: 'app' }))).toMatchObject({
    status: 400,
    body: '{"result":"Missing parameter \\"app_key\\" or \\"device_id\\""}',
  })
  expect(answerOf(request(device), UNKNOWN)).toMatchObject({ status: 400, body: '{"result":"App does not exist"}' })
  const question = QUESTION?.understand(asked('/o/sdk?method=sc&app_key=app&device_id=d')) ?? expect.fail()
  expect(answerOf(question)).toMatchObject({ status: 200, body: '{}' })
})

test('what cannot be an event is kept aside, without the address', () => {
  expect(reasonsOf(request({ ...device, events: '{"key":' }))).toEqual([])
  expect(reasonsOf(request({ ...device, events: [{ count: 1 }, null] }))).toHaveLength(2)
  const { deliveries } = bulk(form({ app_key: 'app', requests: [{ ip_address: '203.0.113.9' }] }))
  expect(JSON.stringify(deliveries)).not.toContain('203.0.113.9')
})

test.each(HOSTILE_BODIES)('a body of $what is no event', ({ body }) => {
  expect(eventsOf(posted(body))).toEqual([])
  expect(answerOf(posted(body))).toMatchObject({ status: 400 })
  expect(eventsOf(bulk(body))).toEqual([])
})
