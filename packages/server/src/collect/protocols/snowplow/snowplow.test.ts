import { expect, test } from 'vitest'
import { answerOf, asked, eventsOf, HOSTILE_BODIES, RECEIVED_AT_MS, reasonsOf, UNKNOWN } from '../testing/requests.ts'
import { snowplow } from './snowplow.ts'

const SCHEMA = 'iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4'
const [MANY, ONE] = snowplow.routes
const post = (body: string | Buffer | object) =>
  MANY?.understand(asked('/com.snowplowanalytics.snowplow/tp2', body)) ?? expect.fail()
const data = (...events: object[]) => post({ schema: SCHEMA, data: events })

const common = {
  eid: 'd5b3b7c4-92c5-4f5f-9c44-0f3a1d9c8e11',
  dtm: String(RECEIVED_AT_MS - 5000),
  stm: String(RECEIVED_AT_MS - 1000),
  aid: 'shop',
  p: 'web',
  tv: 'js-4.6.0',
}
const known = {
  id: common.eid,
  timeMs: RECEIVED_AT_MS - 5000,
  sentAtMs: RECEIVED_AT_MS - 1000,
  app: { name: 'shop', platform: 'web' },
}
const described = (schema: string, data: object) => ({ schema: `iglu:${schema}/jsonschema/1-0-0`, data })
const unstruct = (inner: object) => described('com.snowplowanalytics.snowplow/unstruct_event', inner)
const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

test('a page view, with its page, its person and its screen', () => {
  const understood = data({
    ...common,
    e: 'pv',
    url: 'https://example.com/a',
    page: 'A',
    refr: 'https://other.org/',
    uid: 'ada',
    duid: 'device-1',
    sid: 'session-1',
    vid: '3',
    lang: 'de-DE',
    res: '1920x1080',
    tz: 'Europe/Berlin',
    ip: '203.0.113.9',
  })
  expect(understood.deliveries).toMatchObject([{ credential: 'shop' }])
  expect(eventsOf(understood)).toEqual([
    {
      ...known,
      name: 'page_view',
      url: 'https://example.com/a',
      title: 'A',
      referrer: 'https://other.org/',
      userId: 'ada',
      anonymousId: 'device-1',
      sessionId: 'session-1',
      language: 'de-DE',
      screen: '1920x1080',
      timezone: 'Europe/Berlin',
      address: '203.0.113.9',
      properties: { vid: '3', tv: 'js-4.6.0' },
    },
  ])
})

test.each([
  { e: 'pp', pp_mix: '0', name: 'page_ping' },
  { e: 'se', se_ca: 'video', se_ac: 'play', se_va: '3', name: 'play' },
  {
    e: 'tr',
    tr_id: 'T1',
    tr_tt: '30.5',
    tr_cu: 'EUR',
    name: 'transaction',
    revenue: { amount: 30.5, currency: 'EUR' },
  },
  { e: 'ti', ti_id: 'T1', ti_pr: '30.5', name: 'transaction_item' },
])('an event of the kind $e is $name', ({ name, revenue, ...payload }) => {
  const { e: _kind, se_ac: _action, ...properties } = payload
  expect(eventsOf(data({ ...common, ...payload }))).toEqual([
    { ...known, name, ...(revenue && { revenue }), properties: { tv: 'js-4.6.0', ...properties } },
  ])
})

test.each([
  { form: 'plain', field: 'ue_pr', pack: JSON.stringify },
  { form: 'base64', field: 'ue_px', pack: base64url },
])('an event that describes itself has its own name and data ($form)', ({ field, pack }) => {
  const event = unstruct(described('com.acme/viewed_product', { price: 20 }))
  expect(eventsOf(data({ ...common, e: 'ue', [field]: pack(event) }))).toEqual([
    {
      ...known,
      name: 'viewed_product',
      properties: { tv: 'js-4.6.0', schema: 'iglu:com.acme/viewed_product/jsonschema/1-0-0', price: 20 },
    },
  ])
})

test('contexts are kept; session, application and transaction are understood', () => {
  const contexts = [
    described('com.snowplowanalytics.snowplow/client_session', { userId: 'device-2', sessionId: 'session-2' }),
    described('com.snowplowanalytics.mobile/application', { version: '1.2', build: '7' }),
    described('com.snowplowanalytics.snowplow.ecommerce/transaction', { revenue: 12, currency: 'EUR' }),
  ]
  const bought = described('com.snowplowanalytics.snowplow.ecommerce/snowplow_ecommerce_action', {
    type: 'transaction',
  })
  const cx = base64url(described('com.snowplowanalytics.snowplow/contexts', contexts))
  expect(eventsOf(data({ ...common, e: 'ue', ue_px: base64url(unstruct(bought)), cx }))).toMatchObject([
    {
      name: 'snowplow_ecommerce_action',
      anonymousId: 'device-2',
      sessionId: 'session-2',
      app: { name: 'shop', version: '1.2', platform: 'web' },
      revenue: { amount: 12, currency: 'EUR' },
      properties: { contexts },
    },
  ])
})

test('a true timestamp is not corrected', () => {
  const [event] = eventsOf(data({ ...common, e: 'pv', ttm: '1795000000000' }))
  expect(event).toMatchObject({ timeMs: 1795000000000 })
  expect(event).not.toHaveProperty('sentAtMs')
})

test("a server's events do not tell the address of a visitor", () => {
  expect(eventsOf(data({ ...common, e: 'pv', p: 'srv' }))).toMatchObject([{ address: '' }])
})

test('a key as application id is not stored', () => {
  const understood = data({ ...common, aid: 'alm_ab_cd', e: 'pv' })
  expect(understood.deliveries).toMatchObject([{ credential: 'alm_ab_cd' }])
  expect(JSON.stringify(eventsOf(understood))).not.toContain('alm_ab')
})

test('the pixel takes an event in its query', () => {
  const url = '/i?e=pv&tv=js-4.6.0&aid=shop&p=web&url=https%3A%2F%2Fexample.com%2F'
  const understood = ONE?.understand(asked(url)) ?? expect.fail()
  expect(eventsOf(understood)).toMatchObject([{ name: 'page_view', url: 'https://example.com/' }])
  expect(answerOf(understood)).toMatchObject({ status: 200, headers: { 'content-type': 'image/gif' } })
  expect(ONE?.isMine?.(asked(url))).toBe(true)
  expect(ONE?.isMine?.(asked('/i?app_key=k&device_id=d&begin_session=1'))).toBe(false)
})

test('the answer is ok, also to what is no event; only strangers are told', () => {
  const understood = data({ ...common, e: 'pv' }, { ...common, e: 'xx' })
  expect(reasonsOf(understood)).toHaveLength(1)
  expect(answerOf(understood)).toMatchObject({ status: 200, body: 'ok' })
  expect(answerOf(understood, UNKNOWN)).toMatchObject({ status: 401 })
})

test.each(HOSTILE_BODIES)('a body of $what is no event', ({ body }) => {
  expect(eventsOf(post(body))).toEqual([])
  expect(answerOf(post(body))).toMatchObject({ status: 200 })
})

test.each(['{', '{"data":', '['.repeat(10_000), 'null', '7', '{"data":{"schema":7}}'])(
  'an event that describes itself as %.20s is no event',
  (ue_pr) => {
    expect(eventsOf(data({ ...common, e: 'ue', ue_pr }))).toEqual([])
    expect(eventsOf(data({ ...common, e: 'pv', co: ue_pr }))).toHaveLength(1)
  },
)
