import { expect, test } from 'vitest'
import { mixpanel } from './mixpanel.ts'
import { answered, ask } from './testing/ask.ts'

const packed = (value: unknown) => encodeURIComponent(Buffer.from(JSON.stringify(value)).toString('base64'))
const NODE = {
  event: 'E',
  properties: { distinct_id: 'u1', a: 1, token: 'TOK', mp_lib: 'node', $lib_version: '0.24.0' },
}
const eventOf = (event: string, properties: object) =>
  ask(mixpanel, 'POST /track', { body: [{ event, properties: { token: 'TOK', ...properties } }] }).deliveries[0]
    ?.events[0]

test.each([
  ['the query, in base64', `GET /track?ip=0&verbose=0&data=${packed(NODE)}`, undefined],
  ['the query, as JSON', `GET /track?data=${encodeURIComponent(JSON.stringify(NODE))}`, undefined],
  ['a form', 'POST /track?ip=0', `data=${packed([NODE])}`],
  ['a form that is not escaped', 'POST /track', `data=${Buffer.from(JSON.stringify(NODE)).toString('base64')}`],
  ['a form after other fields', 'POST /track', `verbose=1&data=${packed(NODE)}`],
  ['the body, as JSON', 'POST /track', NODE],
])('an event in %s is understood', (_, line, body) => {
  expect(ask(mixpanel, line, { body }).deliveries).toMatchObject([
    { credential: 'TOK', events: [{ name: 'E', userId: 'u1', address: '', properties: { a: 1, mp_lib: 'node' } }] },
  ])
})

test('a page view of the browser library is understood', () => {
  const event = eventOf('$mp_web_page_view', {
    $current_url: 'https://s.example/hats',
    current_page_title: 'Hats',
    $referrer: 'https://r.example/',
    utm_source: 'mail',
    $screen_width: 1280,
    $screen_height: 800,
    $insert_id: 'i1',
    time: 1795316947.869,
    distinct_id: '$device:d1',
    $device_id: 'd1',
  })
  expect(event).toMatchObject({
    name: 'page_view',
    id: 'i1 1795316947.869 $device:d1 $mp_web_page_view',
    timeMs: 1795316947869,
    anonymousId: 'd1',
    userId: undefined,
    url: 'https://s.example/hats',
    title: 'Hats',
    referrer: 'https://r.example/',
    campaign: { source: 'mail' },
    screen: '1280x800',
  })
})

test('a login and an alias say whose place the user takes', () => {
  const login = { distinct_id: 'u1', $anon_distinct_id: '$device:d1', $device_id: 'd1', $user_id: 'u1' }
  expect(eventOf('$identify', login)).toMatchObject({
    name: 'identify',
    userId: 'u1',
    anonymousId: 'd1',
    previousId: 'd1',
  })
  expect(eventOf('$create_alias', { distinct_id: '$device:d1', alias: 'ada' })).toMatchObject({
    name: 'alias',
    userId: 'ada',
    previousId: 'd1',
  })
  expect(eventOf('$merge', { $distinct_ids: ['a', 'b'] })).toMatchObject({
    name: 'alias',
    userId: 'b',
    previousId: 'a',
  })
})

test.each([
  [{ $set: { plan: 'pro' } }, undefined],
  [{ $append: { $transactions: { $amount: 5 } } }, { amount: 5 }],
  [{ $delete: '' }, undefined],
])('the profile update %o is an identify that keeps its operation', (operation, revenue) => {
  const body = { $token: 'TOK', $distinct_id: 'u1', $ip: 0, ...operation }
  expect(ask(mixpanel, 'POST /engage', { body }).deliveries).toMatchObject([
    { credential: 'TOK', events: [{ name: 'identify', userId: 'u1', revenue, properties: operation }] },
  ])
})

test('an update of a group is a group', () => {
  const body = { $token: 'TOK', $group_key: 'company', $group_id: 'acme', $set: { seats: 5 } }
  expect(ask(mixpanel, 'POST /groups', { body }).deliveries[0]?.events).toMatchObject([
    { name: 'group', properties: { $group_key: 'company', $group_id: 'acme', $set: { seats: 5 } } },
  ])
})

test('events of several projects in one request are several deliveries', () => {
  const body = ['A', 'B', 'A'].map((token) => ({ event: 'E', properties: { token } }))
  expect(
    ask(mixpanel, 'POST /track', { body }).deliveries.map(({ credential, events }) => [credential, events.length]),
  ).toEqual([
    ['A', 2],
    ['B', 1],
  ])
})

test.each([
  ['', {}, 200, '1'],
  ['', { refused: 'unknown_credential' as const }, 401, '0'],
  ['', { accepted: 0, rejected: 1 }, 400, '0'],
  ['?verbose=1', {}, 200, '{"status":1,"error":null}'],
  ['?verbose=1', { refused: 'no_credential' as const }, 401, '{"status":0,"error":"token, missing or not known here"}'],
  ['?callback=done.it', {}, 200, 'done.it(1);'],
  ['?callback=alert(1)//', {}, 200, '1'],
])('/track%s with %o answers %d %s', (query, outcome, status, body) => {
  const understood = ask(mixpanel, `POST /track${query}`, { body: NODE })
  expect(answered(understood, outcome)).toMatchObject({ status, body })
})

test('with img=1 it answers with an image', () => {
  const { headers } = answered(ask(mixpanel, `GET /track?img=1&data=${packed(NODE)}`))
  expect(headers?.['content-type']).toBe('image/gif')
})

test('an import takes lines of JSON, a service account, and says how many were stored', () => {
  const headers = { authorization: `Basic ${Buffer.from('robot:secret').toString('base64')}` }
  const body = [1, 2].map((time) => JSON.stringify({ event: 'E', properties: { time, distinct_id: 'u1' } })).join('\n')
  const understood = ask(mixpanel, 'POST /import?strict=1&project_id=42', { body, headers })
  expect(understood.deliveries).toMatchObject([{ credential: '42', events: [{ name: 'E' }, { name: 'E' }] }])
  expect(answered(understood)).toMatchObject({
    status: 200,
    body: '{"code":200,"num_records_imported":2,"status":"OK"}',
  })
  expect(answered(understood, { refused: 'unknown_credential' })).toMatchObject({
    status: 401,
    body: '{"code":401,"error":"Invalid credentials","status":"Unauthorized"}',
  })
})

test('an import names what it could not use and keeps the rest', () => {
  const body = [{ event: 'E', properties: {} }, { properties: {} }]
  const headers = { authorization: `Basic ${Buffer.from('alm_key:').toString('base64')}` }
  const understood = ask(mixpanel, 'POST /import?project_id=42', { body, headers })
  expect(understood.deliveries).toMatchObject([{ credential: 'alm_key', events: [{ name: 'E' }] }])
  const { status, body: answer } = answered(understood)
  expect([status, JSON.parse(String(answer))]).toMatchObject([
    400,
    { num_records_imported: 1, failed_records: [{ index: 1, field: 'event' }], status: 'Bad Request' },
  ])
})

test('an import with the field of older clients gets the short answer', () => {
  expect(answered(ask(mixpanel, `GET /import?api_key=k&data=${packed(NODE)}`))).toMatchObject({
    status: 200,
    body: '1',
  })
})

test.each(['', 'data=', 'data=%', 'data=nonsense', 'null', '{', '['.repeat(100_000), Buffer.from([0xff, 0xfe, 0])])(
  'a body without data is answered with 400 0 (%#)',
  (body) => {
    const understood = ask(mixpanel, 'POST /track', { body })
    expect(answered(understood)).toMatchObject({ status: 400, body: '0' })
  },
)

test.each([
  7,
  { event: 3, properties: { time: {}, $insert_id: [], ip: 'x', $duration: 'long' } },
  { event: 'E', properties: 'x' },
  { event: '$merge', properties: { $distinct_ids: 3 } },
  { event: '$merge', properties: { $distinct_ids: [] } },
])('fields of a wrong kind do no harm (%#)', (item) => {
  const [delivery] = ask(mixpanel, 'POST /track', { body: [item] }).deliveries
  expect((delivery?.events.length ?? 0) + (delivery?.rejected?.length ?? 0)).toBe(1)
})

test('more items than anybody sends at once are refused together', () => {
  const understood = ask(mixpanel, 'POST /track', { body: new Array(5001).fill(1) })
  expect(understood.deliveries).toEqual([])
  expect(answered(understood).status).toBe(400)
})
