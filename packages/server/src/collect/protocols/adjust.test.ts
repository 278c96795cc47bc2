import { expect, test } from 'vitest'
import { adjust } from './adjust.ts'
import { answerOf, asked, eventsOf, HOSTILE_BODIES, UNKNOWN } from './testing/requests.ts'

const understand = (query: string, body = '', key = 'alm_key') =>
  adjust.routes[1]?.understand({ ...asked(`/adjust/${key}?${query}`, body), params: { key } }) ?? expect.fail()
const eventOf = (query: string) => eventsOf(understand(query))[0] as Record<string, unknown>

test('an install with a tracker gives its campaign, device, app and time', () => {
  const query = [
    'gps_adid=38400000-8cf0-11bd-b23e-10b96e40000d&idfa={idfa}&idfv=&adid=18546f6171f67e29d1cb983322ad1329',
    'tracker_token=abc123&tracker_name=Facebook+Installs%3A%3ASpring%3A%3AWomen%3A%3AVideo%3A%3A2&app_name=com.example.app',
    'app_version=2.1&os_name=android&activity_kind=install&created_at=1790000000&installed_at=1789999990',
    'environment=production&country=de&language=de&ip_address=192.0.2.7&user_agent=Dalvik%2F2.1&level=7',
  ].join('&')
  expect(eventOf(query)).toEqual({
    name: 'install',
    id: expect.stringMatching(/^[0-9a-f]{64}$/),
    timeMs: 1_790_000_000_000,
    anonymousId: '18546f6171f67e29d1cb983322ad1329',
    userAgent: 'Dalvik/2.1',
    address: '192.0.2.7',
    language: 'de',
    country: 'de',
    campaign: { source: 'Facebook Installs', name: 'Spring', content: 'Women', term: 'Video::2' },
    app: { name: 'com.example.app', version: '2.1', platform: 'android' },
    environment: 'production',
    properties: {
      gps_adid: '38400000-8cf0-11bd-b23e-10b96e40000d',
      tracker_token: 'abc123',
      tracker_name: 'Facebook Installs::Spring::Women::Video::2',
      app_name: 'com.example.app',
      activity_kind: 'install',
      created_at: '1790000000',
      installed_at: '1789999990',
      environment: 'production',
      level: '7',
      network: 'Facebook Installs',
      campaign: 'Spring',
      adgroup: 'Women',
      creative: 'Video::2',
    },
  })
})

test.each([
  { query: 'activity_kind=event&event_name=purchase&event_token=f0ob4r', name: 'purchase' },
  { query: 'activity_kind=event&event_token=f0ob4r', name: 'f0ob4r' },
  { query: 'activity_kind=event', name: 'event' },
  { query: 'activity_kind=session&event_name=%7Bevent_name%7D', name: 'session' },
  { query: 'event_name=purchase', name: 'purchase' },
  { query: 'adid=1', name: 'adjust_callback' },
])('$query is the event $name', ({ query, name }) => {
  expect(eventOf(query).name).toBe(name)
})

test.each([
  { query: 'revenue=4.99&currency=EUR', revenue: { amount: 4.99, currency: 'EUR' } },
  { query: 'revenue=499&revenue_float=4.99&currency=EUR', revenue: { amount: 4.99, currency: 'EUR' } },
  { query: 'revenue=much', revenue: undefined },
  { query: 'network_name=A&tracker_name=B%3A%3AC', campaign: { source: 'A', name: 'C' } },
  { query: 'tracker_name=Organic', campaign: { source: 'Organic' } },
  { query: 'idfa=i&gps_adid=g', anonymousId: 'g' },
  { query: 'activity_kind=click&click_time=1790000000&installed_at=5', timeMs: 1_790_000_000_000 },
  { query: 'activity_kind=install&installed_at=1790000000', timeMs: 1_790_000_000_000 },
  { query: 'environment=sandbox', environment: 'sandbox' },
  { query: 'environment=Sandbox', environment: 'sandbox' },
  { query: 'environment=other', environment: undefined },
  { query: 'adid=1&ip_address=', address: '' },
  { query: 'activity_kind=session&last_time_spent=95', name: 'session', durationMs: 95_000 },
  { query: 'activity_kind=session&time_spent=12&last_time_spent=95', durationMs: 12_000 },
  { query: 'activity_kind=event&last_time_spent=95', durationMs: undefined },
])('$query gives the rest of these fields', ({ query, ...fields }) => {
  for (const [field, value] of Object.entries(fields)) expect(eventOf(query)[field]).toEqual(value)
})

test('the same address called again is the same event, in whatever order, and another value is another', () => {
  const id = (query: string) => eventOf(query).id
  expect(id('adid=1&event=x')).toBe(id('event=x&adid=1'))
  expect(id('adid=1&event=x')).not.toBe(id('adid=1&event=y'))
  expect(id('a=1%26b=2')).not.toBe(id('a=1&b=2'))
})

test('what the app said of its user is properties, as parameters or as JSON, and a parameter of the name goes first', () => {
  const json = encodeURIComponent('{"account_type":"premium","account_number":17,"level":"1"}')
  const { properties } = eventOf(`activity_kind=session&callback_params=${json}&level=7&account_owner=Ada`)
  expect(properties).toMatchObject({ account_type: 'premium', account_number: 17, level: '7', account_owner: 'Ada' })
  for (const hostile of ['{', '[1]', '7', 'a=b', '{"__proto__":{"x":1}}']) {
    expect(() => eventOf(`activity_kind=install&callback_params=${encodeURIComponent(hostile)}`)).not.toThrow()
  }
})

test('networks post the same as a form; the key may stand among the parameters and is none', () => {
  const posted = eventsOf(understand('', 'activity_kind=click&adid=9'))
  expect(posted).toMatchObject([{ name: 'click', anonymousId: '9', properties: { activity_kind: 'click' } }])
  const [delivery] = adjust.routes[0]?.understand(asked('/adjust?key=alm_q&adid=9')).deliveries ?? []
  expect(delivery?.credential).toBe('alm_q')
  expect(delivery?.events[0]?.properties).toEqual({})
})

test('the answer is OK, and a refusal is told', () => {
  expect(answerOf(understand('adid=1'))).toMatchObject({ status: 200, body: 'OK' })
  expect(answerOf(understand('adid=1'), UNKNOWN)).toMatchObject({ status: 401, body: 'This key is not valid here\n' })
})

test.each(HOSTILE_BODIES)('$what as a body throws nothing', ({ body }) => {
  expect(() => understand('', body.toString())).not.toThrow()
})
