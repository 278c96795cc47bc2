import { expect, test } from 'vitest'
import { answerOf, asked, eventsOf, HOSTILE_BODIES, RECEIVED_AT_MS, reasonsOf, UNKNOWN } from '../testing/requests.ts'
import { matomo } from './matomo.ts'

const understand = (url: string, body: string | Buffer | object = '', headers = {}) =>
  matomo.routes[0]?.understand(asked(url, body, headers)) ?? expect.fail()
const track = (query: string) => eventsOf(understand(`/matomo.php?idsite=1&rec=1&${query}`))

test('the browser script: all in the query of a POST without a body', () => {
  const understood = understand(
    '/matomo.php?action_name=Start&idsite=7&rec=1&r=123&h=13&m=15&s=4&url=https%3A%2F%2Fexample.com%2F%3Futm_source%3Dx' +
      '&urlref=https%3A%2F%2Fother.org%2F&_id=0123456789abcdef&uid=ada&send_image=0&pdf=1&cookie=1&res=1920x1080' +
      '&pv_id=aB3dE6&lang=de&uadata=%7B%22platform%22%3A%22Linux%22%7D&dimension3=gold&cvar=%7B%221%22%3A%5B%22plan%22%2C%22pro%22%5D%7D&apiv=1&rand=9',
  )

  expect(understood.deliveries).toMatchObject([{ credential: '7' }])
  expect(eventsOf(understood)).toEqual([
    {
      name: 'page_view',
      userId: 'ada',
      anonymousId: '0123456789abcdef',
      url: 'https://example.com/?utm_source=x',
      title: 'Start',
      referrer: 'https://other.org/',
      language: 'de',
      clientHints: { platform: 'Linux' },
      screen: '1920x1080',
      properties: {
        h: '13',
        m: '15',
        s: '4',
        pdf: '1',
        cookie: '1',
        pv_id: 'aB3dE6',
        dimension3: 'gold',
        cvar: { plan: 'pro' },
      },
    },
  ])
})

test.each([
  {
    query: 'e_c=Video&e_a=play&e_n=Trailer&e_v=3',
    name: 'play',
    properties: { e_c: 'Video', e_n: 'Trailer', e_v: 3 },
  },
  { query: 'link=https://other.org', name: 'outlink', properties: { link: 'https://other.org' } },
  {
    query: 'download=https://example.com/a.pdf',
    name: 'download',
    properties: { download: 'https://example.com/a.pdf' },
  },
  { query: 'search=shoes&search_cat=men&search_count=0', name: 'site_search', properties: { search_count: 0 } },
  { query: 'c_n=Ad&c_p=ad.png', name: 'content_impression', properties: { c_p: 'ad.png' } },
  { query: 'c_n=Ad&c_i=click', name: 'content_interaction', properties: { c_i: 'click' } },
  { query: 'ping=1', name: 'ping', properties: {} },
  { query: 'ca=1', name: 'custom_action', properties: {} },
  { query: 'idgoal=0&revenue=9', name: 'ecommerce_cart_update', properties: { revenue: 9 } },
  { query: 'e_c=Server&e_a=%20ping%20', name: 'Server: ping', properties: { e_c: 'Server' } },
  { query: 'e_c=JavaScript%20Errors&e_a=:1:34&e_n=Oops', name: 'javascript_error', properties: { e_n: 'Oops' } },
])('$query is the event $name', ({ query, ...event }) => {
  expect(track(query)).toMatchObject([event])
})

test('the script does not say the language: it is the browser’s', () => {
  const language = (header: string, query = '') =>
    eventsOf(understand(`/matomo.php?idsite=1&rec=1${query}`, '', { 'accept-language': header }))
  expect(language('de-AT,de;q=0.9')).toMatchObject([{ language: 'de-AT' }])
  expect(language('de-AT,de;q=0.9', '&lang=fr')).toMatchObject([{ language: 'fr' }])
  expect(language('*')).not.toMatchObject([{ language: expect.anything() }])
})

test('a goal and an order bring revenue, and the campaign that they are owed to', () => {
  const items = encodeURIComponent('[["sku1","Shoe",["men","sale"],"19.50",2]]')
  expect(track('idgoal=3&revenue=4.5&_rcn=spring&_rck=shoes')).toMatchObject([
    {
      name: 'goal',
      revenue: { amount: 4.5 },
      campaign: { name: 'spring', term: 'shoes' },
      properties: { idgoal: '3' },
    },
  ])
  expect(track(`idgoal=0&ec_id=A7&revenue=39&ec_tx=3&ec_sh=undefined&ec_dt=false&ec_items=${items}`)).toMatchObject([
    {
      name: 'ecommerce_order',
      revenue: { amount: 39 },
      properties: {
        ec_id: 'A7',
        ec_tx: 3,
        ec_items: [{ sku: 'sku1', name: 'Shoe', category: ['men', 'sale'], price: 19.5, quantity: 2 }],
      },
    },
  ])
  const order = 'idgoal=0&ec_id=A7&revenue=39&ec_tx=3&ec_sh=undefined&ec_dt=false'
  expect(track(order)).toEqual([expect.objectContaining({ properties: { idgoal: '0', ec_id: 'A7', ec_tx: 3 } })])
})

test.each([
  { cdt: RECEIVED_AT_MS / 1000 - 60, timeMs: RECEIVED_AT_MS - 60_000 },
  { cdt: '2026-11-22 12:14:00', timeMs: RECEIVED_AT_MS - 60_000 },
  { cdt: '2026-11-22 13:00:00', timeMs: undefined },
  { cdt: '1999-01-01 00:00:00', timeMs: undefined },
  { cdt: 'yesterday', timeMs: undefined },
])('cdt=$cdt is taken as UTC, and as none when it cannot be', ({ cdt, timeMs }) => {
  expect(track(`cdt=${cdt}`)).toMatchObject([{ name: 'page_view' }])
  expect(track(`cdt=${cdt}`)).toMatchObject([timeMs === undefined ? {} : { timeMs }])
  if (timeMs === undefined) expect(track(`cdt=${cdt}`)).not.toMatchObject([{ timeMs: expect.anything() }])
})

test('an old time, an address and a place count only with an ingest key as token', () => {
  const query = 'cdt=2026-11-01 00:00:00&cip=203.0.113.9&country=de&city=Berlin'
  const stranger = understand(`/matomo.php?idsite=1&rec=1&${query}&token_auth=0123`)
  const trusted = understand(`/matomo.php?idsite=1&rec=1&${query}&token_auth=alm_ab_cd`)

  expect(stranger.deliveries).toMatchObject([{ credential: '1', events: [] }])
  expect(reasonsOf(stranger)).toEqual(['a cdt older than a day needs an ingest key as token_auth'])
  expect(JSON.stringify(stranger.deliveries)).not.toMatch(/203\.0\.113\.9|0123/)
  expect(answerOf(stranger)).toMatchObject({ status: 400 })
  expect(trusted.deliveries).toMatchObject([{ credential: 'alm_ab_cd' }])
  expect(eventsOf(trusted)).toEqual([
    {
      name: 'page_view',
      timeMs: Date.UTC(2026, 10, 1),
      address: '203.0.113.9',
      country: 'de',
      city: 'Berlin',
      properties: {},
    },
  ])
})

test('without a token the address is dropped and the place is only a property', () => {
  expect(track('cip=203.0.113.9&country=de')).toEqual([{ name: 'page_view', properties: { country: 'de' } }])
})

test('what a library sends does not tell the address of a visitor', () => {
  const url = '/matomo.php?idsite=1&rec=1&url=https://example.com/'
  expect(eventsOf(understand(url, '', { 'user-agent': 'okhttp/4.9' }))).toMatchObject([{ address: '' }])
})

test('a form is read as well, and the query wins', () => {
  expect(eventsOf(understand('/matomo.php?idsite=1', 'idsite=2&rec=1&action_name=Form'))).toMatchObject([
    { title: 'Form' },
  ])
})

test('the answers are the bytes of Matomo', () => {
  const url = '/matomo.php?idsite=1&rec=1'
  expect(answerOf(understand(url))).toEqual({
    status: 200,
    headers: { 'content-type': 'image/gif', 'cache-control': 'no-store' },
    body: Buffer.from('R0lGODlhAQABAIAAAAAAAAAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64').toString('latin1'),
  })
  expect(answerOf(understand(`${url}&send_image=0`))).toMatchObject({ status: 204, body: '' })
  expect(answerOf(understand('/matomo.php'))).toMatchObject({ status: 400 })
  expect(answerOf(understand('/matomo.php?idsite=1'))).toMatchObject({ status: 400 })
  expect(answerOf(understand(url), UNKNOWN)).toMatchObject({ status: 400 })
})

test('a bulk of queries and objects, for several sites, with what is wrong counted', () => {
  const understood = understand('/matomo.php', {
    requests: ['?idsite=1&rec=1&action_name=a', { idsite: 2, rec: 1, action_name: 'b' }, '?idsite=1', '?rec=1', 7],
  })

  expect(understood.deliveries).toMatchObject([
    { credential: '1', events: [{ title: 'a' }], rejected: [{}] },
    { credential: '2', events: [{ title: 'b' }] },
  ])
  expect(answerOf(understood)).toMatchObject({ status: 200, body: '{"status":"success","tracked":2,"invalid":3}' })
  expect(answerOf(understand('/matomo.php?send_image=0', { requests: [] }))).toMatchObject({ status: 204 })
})

test('the token of a bulk is the token of each request in it', () => {
  const requests = ['?idsite=1&rec=1&cdt=2020-01-01 00:00:00']
  const { deliveries } = understand('/matomo.php', { token_auth: 'alm_ab_cd', requests })
  expect(deliveries).toMatchObject([{ credential: 'alm_ab_cd', events: [{ timeMs: Date.UTC(2020, 0) }] }])
})

test.each(HOSTILE_BODIES)('a body of $what tracks nothing', ({ body }) => {
  const understood = understand('/matomo.php', body)
  expect(eventsOf(understood)).toEqual([])
  expect(answerOf(understood)).toMatchObject({ body: expect.not.stringContaining('"tracked":1') })
})
