import { OpenPanel } from '@openpanel/sdk'
import { buildPageView, buildSelfDescribingEvent, buildStructEvent, newTracker } from '@snowplow/node-tracker'
import { Umami } from '@umami/node'
import Countly from 'countly-sdk-nodejs'
import MatomoTracker from 'matomo-tracker'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEventClient, ingestHasCaughtUp } from '../support/event-client.ts'
import { eventually } from '../support/processes.ts'
import { makeScratch, type Scratch } from '../support/scratch.ts'
import { callServer, type ServerProcess } from '../support/server-process.ts'

/** The npm packages of Matomo, Umami, OpenPanel, Snowplow and Countly as they are, and Google's documented bodies. */
let scratch: Scratch
let server: ServerProcess

beforeAll(async () => {
  scratch = await makeScratch()
  server = await scratch.start()
})
afterAll(async () => {
  await scratch[Symbol.asyncDispose]()
})

interface Row {
  readonly name: string
  readonly message_id: string
  readonly properties: Record<string, unknown>
}

interface SqlAnswer {
  readonly columns: readonly { readonly name: string }[]
  readonly rows: readonly (readonly unknown[])[]
}

const keyFor = async (source: string) => (await createEventClient(server, { source })).secret

const callIt = (protocol: string, name: string, source: string) =>
  callServer(server, '/api/v1/source-names', { protocol, name, source })

async function stored(source: string): Promise<Row[]> {
  await ingestHasCaughtUp(server)
  const sql = `SELECT * FROM events WHERE source = '${source}' ORDER BY log_position, log_index`
  const { columns, rows } = await callServer<SqlAnswer>(server, '/api/v1/sql', { sql, limit: 1000 })
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])) as unknown as Row)
}

/** Most of these clients do not tell when they are done. */
async function storedOnce(source: string, count: number): Promise<Record<string, Row>> {
  await eventually(`${count} events of ${source} are stored`, async () => (await stored(source)).length >= count)
  const rows = await stored(source)
  expect(rows.map(({ name }) => name).sort()).toHaveLength(count)
  return Object.fromEntries(rows.map((row) => [row.name, row]))
}

test('the tracker of Matomo for Node delivers, one by one and in bulk, with an address and an old time by its token', async () => {
  const key = await keyFor('matomo')
  await callIt('matomo', '7', 'matomo')
  const tracker = new MatomoTracker(7, `${server.url}/matomo.php`)
  const failures: unknown[] = []
  tracker.on('error', (error: unknown) => failures.push(error))
  const page = {
    url: 'https://shop.example/hats?utm_source=mail',
    action_name: 'Hats',
    urlref: 'https://search.example/',
  }
  tracker.track({ ...page, _id: '0123456789abcdef', uid: 'ada', res: '1280x720', dimension1: 'gold' })
  tracker.track({ url: page.url, e_c: 'Video', e_a: 'play', e_n: 'Trailer', e_v: 42 })
  const old = { cip: '203.0.113.9', cdt: '2026-01-02 03:04:05', country: 'de', token_auth: key }
  const order = {
    idgoal: 0,
    ec_id: 'o-1',
    revenue: 39.95,
    ec_items: JSON.stringify([['sku', 'Hat', 'hats', 39.95, 1]]),
  }
  const answer = await new Promise((resolve) =>
    tracker.trackBulk(
      [
        { url: page.url, search: 'hats', ...old },
        { url: page.url, ...order },
      ],
      resolve,
    ),
  )

  expect(answer).toBe('{"status":"success","tracked":2,"invalid":0}')
  const rows = await storedOnce('matomo', 4)
  expect(failures).toEqual([])
  expect(rows.page_view).toMatchObject({
    url: page.url,
    title: 'Hats',
    referrer_host: 'search.example',
    campaign_source: 'mail',
    user_id: 'ada',
    anonymous_id: '0123456789abcdef',
    screen: '1280x720',
    properties: { dimension1: 'gold' },
  })
  expect(rows.play).toMatchObject({
    is_bot: false,
    visitor_kind: '',
    properties: { e_c: 'Video', e_n: 'Trailer', e_v: 42 },
  })
  expect(rows.site_search).toMatchObject({ country: 'DE', properties: { search: 'hats' } })
  expect(rows.site_search).toMatchObject({ occurred_at: '2026-01-02 03:04:05.000' })
  expect(rows.ecommerce_order).toMatchObject({ revenue: 39.95, properties: { ec_id: 'o-1' } })
})

test('a site that is not known is told to the tracker of Matomo', async () => {
  const tracker = new MatomoTracker(99, `${server.url}/matomo.php`)
  const failed = new Promise((resolve) => tracker.on('error', resolve))
  tracker.track('https://shop.example/')
  expect(await failed).toBe(400)
})

test('the client of Umami for Node delivers events, pages and identifications', async () => {
  const umami = new Umami({ hostUrl: server.url, websiteId: await keyFor('umami') })
  const answers = [
    await umami.track({ url: '/hats', hostname: 'shop.example', title: 'Hats', language: 'de-DE', screen: '1280x720' }),
    await umami.track('bought', { revenue: 9.5, currency: 'EUR', plan: 'pro' }),
    await umami.identify({ email: 'ada@example.com' }),
  ]

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(await answers[0]?.json()).toMatchObject({ cache: expect.any(String) })
  const rows = await storedOnce('umami', 3)
  expect(rows.page_view).toMatchObject({ url: 'https://shop.example/hats', title: 'Hats', language: 'de-DE' })
  expect(rows.bought).toMatchObject({ revenue: 9.5, currency: 'EUR', properties: { plan: 'pro' } })
  expect(rows.identify).toMatchObject({ properties: { email: 'ada@example.com' } })
})

test('the client of OpenPanel delivers all its calls', async () => {
  const clientId = '6f1f2a52-50f5-4d4f-8a2c-1d7a8f7a1b11'
  const key = await keyFor('openpanel')
  await callIt('openpanel', clientId, 'openpanel')
  const anonymous = new OpenPanel({ clientId, apiUrl: server.url })
  await anonymous.track('opened', { plan: 'pro' })
  const openpanel = new OpenPanel({ clientId, clientSecret: key, apiUrl: `${server.url}/openpanel` })
  await openpanel.identify({ profileId: 'ada', firstName: 'Ada', properties: { plan: 'pro' } })
  await openpanel.revenue(9.5, { currency: 'EUR', deviceId: 'd1' })
  await openpanel.setGroup('acme')
  await openpanel.increment({ profileId: 'ada', property: 'visits', value: 2 })

  const rows = await storedOnce('openpanel', 5)
  expect(rows.opened).toMatchObject({ properties: { plan: 'pro' }, is_bot: false, visitor_kind: '' })
  expect(rows.identify).toMatchObject({ user_id: 'ada', properties: { firstName: 'Ada', plan: 'pro' } })
  expect(rows.revenue).toMatchObject({ user_id: 'ada', anonymous_id: 'd1', revenue: 9.5, currency: 'EUR' })
  expect(rows.assign_group).toMatchObject({ user_id: 'ada', properties: { groupIds: ['acme'] } })
  expect(rows.increment).toMatchObject({ properties: { property: 'visits', value: 2 } })
})

test('the Node tracker of Snowplow delivers, and what it sends again is counted once', async () => {
  await keyFor('snowplow')
  await callIt('snowplow', 'shop', 'snowplow')
  const bodies: string[] = []
  const customFetch = async (input: string | URL | Request, init?: RequestInit) => {
    bodies.push(await new Request(input, init).text())
    return fetch(input, init)
  }
  const tracker = newTracker(
    { namespace: 'test', appId: 'shop', encodeBase64: true },
    { endpoint: server.url, bufferSize: 100, customFetch },
  )
  tracker.setUserId('ada')
  tracker.setDomainUserId('device-1')
  tracker.setSessionId('session-1')
  const acme = (data: object) => ({ schema: 'iglu:com.acme/viewed_product/jsonschema/1-0-0', data: { ...data } })
  const context = { schema: 'iglu:com.acme/user/jsonschema/1-0-0', data: { type: 'tester' } }
  tracker.track(
    buildPageView({ pageUrl: 'https://shop.example/hats', pageTitle: 'Hats', referrer: 'https://search.example/' }),
  )
  tracker.track(buildSelfDescribingEvent({ event: acme({ price: 20 }) }), [context])
  tracker.track(buildStructEvent({ category: 'video', action: 'play', value: 3 }))
  await tracker.flush()

  expect(bodies).toHaveLength(1)
  const again = await fetch(`${server.url}/com.snowplowanalytics.snowplow/tp2`, {
    method: 'POST',
    body: bodies[0] ?? '',
  })
  expect(await again.text()).toBe('ok')
  const rows = await storedOnce('snowplow', 3)
  expect(rows.page_view).toMatchObject({
    url: 'https://shop.example/hats',
    title: 'Hats',
    referrer_host: 'search.example',
    user_id: 'ada',
    anonymous_id: 'device-1',
    session_id: 'session-1',
    app_name: 'shop',
    app_platform: 'srv',
    event_id_from: 'client',
    is_bot: false,
  })
  expect(rows.viewed_product).toMatchObject({ properties: { price: 20, contexts: [context] } })
  expect(rows.play).toMatchObject({ properties: { se_ca: 'video', se_va: '3' } })
})

test("Snowplow's tracker delivers by GET, at an address where nothing else can be meant", async () => {
  const appId = await keyFor('snowplow-get')
  const tracker = newTracker(
    { namespace: 'test', appId },
    { endpoint: `${server.url}/snowplow`, eventMethod: 'get', bufferSize: 1 },
  )
  tracker.track(buildPageView({ pageUrl: 'https://shop.example/hats', pageTitle: 'Hats' }))

  const rows = await storedOnce('snowplow-get', 1)
  expect(rows.page_view).toMatchObject({ title: 'Hats', app_name: '' })
})

test('the client of Countly for Node delivers sessions, events, views, people and crashes', async () => {
  Countly.init({
    app_key: await keyFor('countly'),
    device_id: 'ada',
    url: server.url,
    app_version: '1.2',
    interval: 20,
    storage_type: 'memory',
  })
  Countly.begin_session()
  Countly.add_event({ key: 'buy', count: 2, sum: 9.5, segmentation: { plan: 'pro' } })
  Countly.track_view('Hats')
  Countly.user_details({ name: 'Ada', custom: { seats: 5 } })
  Countly.log_error(new Error('boom'))
  Countly.change_id('ada@example.com', true)
  Countly.end_session()

  const rows = await storedOnce('countly', 8)
  Countly.halt()
  expect(rows.begin_session).toMatchObject({ user_id: 'ada', app_version: '1.2', event_id_from: 'client' })
  expect(rows.buy).toMatchObject({ properties: { sum: 9.5, plan: 'pro', count: 2 } })
  expect(rows.screen_view).toMatchObject({ title: 'Hats' })
  expect(rows.identify).toMatchObject({ properties: { name: 'Ada', seats: 5 } })
  expect(rows.crash).toMatchObject({ properties: { _error: expect.stringContaining('boom') } })
  expect(rows.alias).toMatchObject({ user_id: 'ada@example.com', properties: { previous_id: 'ada' } })
  expect(rows['[CLY]_view']).toMatchObject({ properties: { name: 'Hats' } })
  expect(rows.end_session).toMatchObject({ user_id: 'ada@example.com' })
})

test('the bulk client of Countly delivers', async () => {
  const bulk = new Countly.Bulk({
    app_key: await keyFor('countly-bulk'),
    url: server.url,
    interval: 20,
    storage_type: 'memory',
  })
  bulk.add_bulk_request([
    { device_id: 'd1', begin_session: 1, metrics: { _os: 'Linux' } },
    { device_id: 'd2', events: [{ key: 'buy', count: 1 }] },
  ])
  bulk.start()

  const rows = await storedOnce('countly-bulk', 2)
  bulk.stop()
  expect(rows.begin_session).toMatchObject({ anonymous_id: 'd1', app_platform: 'Linux' })
  expect(rows.buy).toMatchObject({ anonymous_id: 'd2' })
})

test('a request of Countly that arrives twice is counted once', async () => {
  const events = encodeURIComponent('[{"key":"buy","count":1},{"key":"buy","count":1}]')
  const query = `app_key=${await keyFor('countly-twice')}&device_id=d1&timestamp=${Date.now()}&events=${events}`
  for (const rest of [3, 2]) await fetch(`${server.url}/i?${query}&rr=${rest}`)
  await fetch(`${server.url}/i`, { method: 'POST', body: query })

  await ingestHasCaughtUp(server)
  expect((await stored('countly-twice')).map(({ name }) => name)).toEqual(['buy', 'buy'])
})

test("the bodies of Google's documentation are taken, and a purchase is counted once", async () => {
  const key = await keyFor('ga4')
  await callIt('ga4', 'G-ABC123', 'ga4')
  const send = (query: string, body: unknown) =>
    fetch(`${server.url}/mp/collect?${query}`, { method: 'POST', body: JSON.stringify(body) })
  const purchase = {
    client_id: '123456.7654321',
    user_id: 'ada',
    events: [
      {
        name: 'purchase',
        params: {
          currency: 'USD',
          transaction_id: 'T_12345',
          value: 30.03,
          session_id: '123',
          engagement_time_msec: '100',
          items: [{ item_id: 'SKU_12345', item_name: 'Hat', price: 30.03, quantity: 1 }],
        },
      },
    ],
  }
  const answers = [
    await send('measurement_id=G-ABC123&api_secret=any', purchase),
    await send(`firebase_app_id=1:2:android:3&api_secret=${key}`, purchase),
    await send('measurement_id=G-ABC123&api_secret=any', {
      client_id: '123456.7654321',
      timestamp_micros: Date.UTC(2026, 10, 1) * 1000,
      user_properties: { customer_tier: { value: 'premium' } },
      events: [{ name: 'page_view', params: { page_location: 'https://shop.example/hats', page_title: 'Hats' } }],
    }),
    await send('measurement_id=G-OTHER&api_secret=any', purchase),
  ]

  expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 401])
  const rows = await storedOnce('ga4', 2)
  expect(rows.purchase).toMatchObject({
    user_id: 'ada',
    anonymous_id: '123456.7654321',
    session_id: '123',
    duration_ms: 100,
    revenue: 30.03,
    currency: 'USD',
    is_bot: false,
  })
  expect(rows.page_view).toMatchObject({
    occurred_at: '2026-11-01 00:00:00.000',
    visitor_kind: 'anonymous',
    title: 'Hats',
    properties: { user_properties: { customer_tier: 'premium' } },
  })
})

test('the shared paths find their protocols by what is sent', async () => {
  const key = await keyFor('shared')
  const snowplow = await fetch(`${server.url}/i?e=pv&tv=js-4&aid=${key}&eid=e1&url=https%3A%2F%2Fshop.example%2F`)
  const countly = await fetch(`${server.url}/i?app_key=${key}&device_id=d1&begin_session=1`)
  const openpanel = await fetch(`${server.url}/track`, {
    method: 'POST',
    headers: { 'openpanel-client-id': key },
    body: JSON.stringify({ type: 'track', payload: { name: 'opened' } }),
  })

  expect(snowplow.headers.get('content-type')).toBe('image/gif')
  expect(await countly.text()).toBe('{"result":"Success"}')
  expect(await openpanel.text()).toBe('{"deviceId":"","sessionId":""}')
  expect(Object.keys(await storedOnce('shared', 3)).sort()).toEqual(['begin_session', 'opened', 'page_view'])
})
