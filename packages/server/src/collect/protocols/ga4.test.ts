import { expect, test } from 'vitest'
import { ga4 } from './ga4.ts'
import { answerOf, asked, eventsOf, HOSTILE_BODIES, reasonsOf, UNKNOWN } from './testing/requests.ts'

const QUERY = '?measurement_id=G-ABC123&api_secret=s3cret'
const collect = (body: string | Buffer | object, query = QUERY) =>
  ga4.routes[0]?.understand(asked(`/mp/collect${query}`, body)) ?? expect.fail()
const debug = (body: string | Buffer | object, query = QUERY) =>
  ga4.routes[1]?.understand(asked(`/debug/mp/collect${query}`, body)) ?? expect.fail()

const who = { client_id: '123.456', user_id: 'ada', timestamp_micros: '1795349000123000' }
const known = { anonymousId: '123.456', userId: 'ada', timeMs: 1795349000123, address: '' }

test.each([
  {
    what: 'a page view',
    event: {
      name: 'page_view',
      params: {
        page_location: 'https://example.com/a',
        page_title: 'A',
        page_referrer: 'https://other.org/',
        session_id: '1795348000',
        engagement_time_msec: '100',
      },
    },
    expected: {
      name: 'page_view',
      url: 'https://example.com/a',
      title: 'A',
      referrer: 'https://other.org/',
      sessionId: '1795348000',
      durationMs: 100,
      properties: {},
    },
  },
  {
    what: 'a purchase',
    event: {
      name: 'purchase',
      params: { currency: 'USD', value: 30.03, transaction_id: 'T_1', items: [{ item_id: 'S' }] },
    },
    expected: {
      name: 'purchase',
      id: 'purchase T_1',
      revenue: { amount: 30.03, currency: 'USD' },
      properties: { currency: 'USD', value: 30.03, transaction_id: 'T_1', items: [{ item_id: 'S' }] },
    },
  },
  {
    what: 'a refund',
    event: { name: 'refund', params: { currency: 'USD', value: 30.03, transaction_id: 'T_1' } },
    expected: {
      name: 'refund',
      revenue: { amount: -30.03, currency: 'USD' },
      properties: { currency: 'USD', value: 30.03, transaction_id: 'T_1' },
    },
  },
  {
    what: 'a cart, whose value is not revenue',
    event: { name: 'add_to_cart', params: { currency: 'USD', value: 30.03 } },
    expected: { name: 'add_to_cart', properties: { currency: 'USD', value: 30.03 } },
  },
  {
    what: 'a campaign',
    event: { name: 'campaign_details', params: { source: 'google', medium: 'cpc', campaign: 'spring' } },
    expected: {
      name: 'campaign_details',
      campaign: { source: 'google', medium: 'cpc', name: 'spring' },
      properties: { source: 'google', medium: 'cpc', campaign: 'spring' },
    },
  },
])('$what', ({ event, expected }) => {
  const understood = collect({ ...who, events: [event] })
  expect(understood.deliveries).toMatchObject([{ credential: 'G-ABC123' }])
  expect(eventsOf(understood)).toEqual([{ ...known, ...expected }])
})

test('what is said of the user and the device is said of each event', () => {
  const body = {
    app_instance_id: 'i1',
    user_properties: { plan: { value: 'pro', timestamp_micros: 1 } },
    user_agent: 'Mozilla/5.0',
    ip_override: '203.0.113.9',
    user_location: { city: 'Berlin', region_id: 'DE-BE', country_id: 'DE' },
    device: { language: 'de', screen_resolution: '1280x720' },
    consent: { ad_user_data: 'DENIED' },
    events: [{ name: 'a' }, { name: 'b', timestamp_micros: 1795349000123000 }],
  }
  const of = {
    anonymousId: 'i1',
    userAgent: 'Mozilla/5.0',
    address: '203.0.113.9',
    city: 'Berlin',
    region: 'DE-BE',
    country: 'DE',
    language: 'de',
    screen: '1280x720',
    properties: { user_properties: { plan: 'pro' }, device: body.device, consent: { ad_user_data: 'DENIED' } },
  }
  expect(eventsOf(collect(body, '?firebase_app_id=1:2:android:3&api_secret=x'))).toEqual([
    { ...of, name: 'a' },
    { ...of, name: 'b', timeMs: 1795349000123 },
  ])
})

test('a secret that is a key of ours is the credential', () => {
  const understood = collect({ events: [{ name: 'a' }] }, '?measurement_id=G-1&api_secret=alm_ab_cd')
  expect(understood.deliveries).toMatchObject([{ credential: 'alm_ab_cd' }])
})

test('the answer is 204, also to what is no event; only strangers are told', () => {
  const understood = collect({ events: [{ name: 'a' }, { params: {} }] })
  expect(reasonsOf(understood)).toEqual(['expected an event with a name'])
  expect(answerOf(understood)).toEqual({ status: 204, body: '' })
  expect(answerOf(understood, UNKNOWN)).toMatchObject({ status: 401 })
})

test('the debugging address says what is wrong and stores nothing', () => {
  expect(debug({ client_id: 'x', events: [{ name: 'a' }] }).deliveries).toEqual([])
  expect(answerOf(debug({ client_id: 'x', events: [{ name: 'a' }] })).body).toBe('{"validationMessages":[]}')
  const { validationMessages } = JSON.parse(answerOf(debug({ events: [{}] }, '')).body)
  expect(validationMessages.map(({ fieldPath }: { fieldPath: string }) => fieldPath)).toEqual([
    'measurement_id',
    'api_secret',
    'client_id',
    'events[0].name',
  ])
})

test.each(HOSTILE_BODIES)('a body of $what is no event', ({ body }) => {
  expect(eventsOf(collect(body))).toEqual([])
  expect(answerOf(collect(body))).toMatchObject({ status: 204 })
  expect(answerOf(debug(body)).body).not.toBe('{"validationMessages":[]}')
})
