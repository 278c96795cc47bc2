import { expect, test } from 'vitest'
import { posthog } from './posthog.ts'
import { answered, ask, isMine } from './testing/ask.ts'

const NODE = {
  event: 'e',
  properties: {
    a: 1,
    $set: { z: 1 },
    $lib: 'posthog-node',
    $lib_version: '5.70.0',
    $is_server: true,
    $geoip_disable: true,
  },
  timestamp: '2026-11-22T03:09:07.915Z',
  uuid: '01a2013a-9bcb-700c-8dc0-67caf671b576',
  distinct_id: 'u1',
}
const batchOf = (...batch: unknown[]) => ({ api_key: 'phc_x', batch, sent_at: '2026-11-22T03:09:07.929Z' })
const only = (event: object) => ask(posthog, 'POST /batch/', { body: batchOf(event) }).deliveries[0]?.events[0]

test('a batch of the Node library becomes events', () => {
  const understood = ask(posthog, 'POST /batch/', { body: batchOf(NODE) })
  expect(understood.deliveries).toMatchObject([
    {
      credential: 'phc_x',
      rejected: [],
      events: [
        {
          name: 'e',
          id: NODE.uuid,
          timeMs: Date.UTC(2026, 10, 22, 3, 9, 7, 915),
          sentAtMs: Date.UTC(2026, 10, 22, 3, 9, 7, 929),
          userId: 'u1',
          address: '',
          properties: { a: 1, $set: { z: 1 }, $lib: 'posthog-node', $is_server: true },
        },
      ],
    },
  ])
  expect(answered(understood)).toMatchObject({ status: 200, body: '{"status":"Ok"}' })
})

test.each([
  ['one event', '/capture/', { api_key: 'phc_x', event: 'e', distinct_id: 'u1' }],
  ['a list', '/e/', [{ event: 'e', properties: { distinct_id: 'u1', token: 'phc_x' } }]],
  ['a batch', '/i/v0/e', batchOf({ event: 'e', distinct_id: 'u1' })],
  [
    'a form',
    '/e/',
    `data=${encodeURIComponent(btoa(JSON.stringify({ token: 'phc_x', event: 'e', distinct_id: 'u1' })))}`,
  ],
])('%s is understood', (_, path, body) => {
  expect(isMine(posthog, `POST ${path}`, { body })).toBe(true)
  expect(ask(posthog, `POST ${path}`, { body }).deliveries).toMatchObject([
    { credential: 'phc_x', events: [{ name: 'e', userId: 'u1' }] },
  ])
})

test('a page view of the browser library is understood', () => {
  const properties = {
    token: 'phc_x',
    distinct_id: 'd1',
    $device_id: 'd1',
    $is_identified: false,
    $session_id: 's1',
    $current_url: 'https://s.example/hats?utm_source=mail',
    title: 'Hats',
    $referrer: '$direct',
    $raw_user_agent: 'Mozilla/5.0 Test',
    $browser_language: 'de-AT',
    $timezone: 'Europe/Vienna',
    $screen_width: 1280,
    $screen_height: 800,
    utm_source: 'mail',
  }
  expect(only({ uuid: 'x', event: '$pageview', properties })).toMatchObject({
    name: 'page_view',
    userId: undefined,
    anonymousId: 'd1',
    sessionId: 's1',
    url: 'https://s.example/hats?utm_source=mail',
    title: 'Hats',
    referrer: undefined,
    userAgent: 'Mozilla/5.0 Test',
    language: 'de-AT',
    timezone: 'Europe/Vienna',
    screen: '1280x800',
    campaign: { source: 'mail' },
  })
})

test('a login, an alias and a group are what they are', () => {
  const login = { distinct_id: 'u1', $anon_distinct_id: 'd1', $device_id: 'd1', $user_id: 'u1', $set: { plan: 'pro' } }
  expect(only({ event: '$identify', properties: login })).toMatchObject({
    name: 'identify',
    userId: 'u1',
    anonymousId: 'd1',
    previousId: 'd1',
    properties: { $set: { plan: 'pro' } },
  })
  expect(
    only({ event: '$create_alias', properties: { distinct_id: 'u1', alias: 'al' }, distinct_id: 'u1' }),
  ).toMatchObject({
    name: 'alias',
    userId: 'u1',
    previousId: 'al',
  })
  expect(
    only({ event: '$groupidentify', properties: { $group_key: 'acme' }, distinct_id: '$company_acme' }),
  ).toMatchObject({
    name: 'group',
    userId: undefined,
    properties: { $group_key: 'acme' },
  })
  expect(only({ event: '$set', distinct_id: 'u1', $set: { plan: 'pro' } })).toMatchObject({
    name: 'identify',
    properties: { $set: { plan: 'pro' } },
  })
})

test.each([
  ['a made-up id', { $process_person_profile: false }, 'x'],
  ['an id before the login', { $is_identified: false }, 'x'],
])('%s is nobody that we know', (_, properties, distinct_id) => {
  expect(only({ event: 'e', distinct_id, properties })).toMatchObject({ userId: undefined, anonymousId: 'x' })
})

test('without cookies there is no id at all', () => {
  expect(only({ event: 'e', distinct_id: '$posthog_cookieless' })).toMatchObject({
    userId: undefined,
    anonymousId: undefined,
  })
})

test('an event that tells only how long ago it was is placed by the time of sending', () => {
  expect(only({ event: 'e', distinct_id: 'u1', offset: 1000 })?.timeMs).toBe(Date.UTC(2026, 10, 22, 3, 9, 6, 929))
})

test.each([
  ['its key', { api_key: 'k', event: 'e' }, true],
  ['its library', [{ event: 'e', properties: { token: 'k', $lib: 'web' } }], true],
  ['the form of its key', { event: 'e', properties: { token: 'phc_x' } }, true],
  ['the mark of another library', { event: 'e', properties: { token: 'k', mp_lib: 'web' } }, false],
  ['nothing', { event: 'e', properties: { token: 'k' } }, false],
  ['a profile update of Mixpanel', { $token: 'k', $distinct_id: 'u1' }, false],
  ['another body', { type: 'track', payload: {} }, false],
])('by %s, a request to a shared path is its own: %o → %s', (_, body, mine) => {
  expect(isMine(posthog, 'POST /track', { body })).toBe(mine)
})

test.each([
  ['', 400, 'failed to parse request: expected JSON'],
  ['{', 400, 'failed to parse request: expected JSON'],
  ['['.repeat(100_000), 400, 'failed to parse request: expected JSON'],
  ['[]', 400, 'request holds no event'],
  ['{"api_key":"k","batch":[]}', 400, 'request holds no event'],
  [
    '[{"api_key":"a","event":"e"},{"api_key":"b","event":"e"}]',
    401,
    'batch submitted with inconsistent api_key values',
  ],
])('%s is answered with %d %s', (body, status, answer) => {
  const understood = ask(posthog, 'POST /batch', { body })
  expect(understood.deliveries).toEqual([])
  expect(answered(understood)).toMatchObject({ status, body: answer })
})

test('what is no event is rejected; the answer is that of the original when nothing is left', () => {
  const bad = [7, { event: 'e' }, { distinct_id: 'u1' }]
  const some = ask(posthog, 'POST /batch', { body: batchOf(...bad, NODE) })
  expect(some.deliveries[0]?.rejected?.map(({ reason }) => reason)).toEqual([
    'expected an event to be a JSON object',
    'event submitted without a distinct_id',
    'event submitted with an empty event name',
  ])
  expect(answered(some).status).toBe(200)
  expect(answered(ask(posthog, 'POST /batch', { body: batchOf({ event: 'e' }) }))).toMatchObject({
    status: 400,
    body: 'event submitted without a distinct_id',
  })
})

test.each([
  ['no_credential', 'event submitted without an api_key'],
  ['unknown_credential', 'API key is not valid: unknown_token'],
] as const)('%s is answered with 401 %s', (refused, body) => {
  expect(answered(ask(posthog, 'POST /batch', { body: batchOf(NODE) }), { refused })).toMatchObject({
    status: 401,
    body,
  })
})

test('the configuration turns off what is not offered, as JSON and as a script that any token is safe in', () => {
  const asJson = answered(ask(posthog, 'GET /array/phc_x/config'))
  expect(JSON.parse(String(asJson.body))).toMatchObject({
    token: 'phc_x',
    sessionRecording: false,
    hasFeatureFlags: false,
  })
  const asScript = answered(ask(posthog, `GET /array/${encodeURIComponent('"];alert(1)//')}/config.js`))
  const window: { _POSTHOG_REMOTE_CONFIG?: Record<string, unknown> } = {}
  new Function('window', String(asScript.body))(window)
  expect(Object.keys(window._POSTHOG_REMOTE_CONFIG ?? {})).toEqual(['"];alert(1)//'])
  expect(answered(ask(posthog, 'GET /array/wrong/config'), { refused: 'unknown_credential' }).status).toBe(404)
})

test('there are no flags', () => {
  const { status, body } = answered(ask(posthog, 'POST /flags/?v=2', { body: { token: 'phc_x' } }))
  expect([status, JSON.parse(String(body))]).toMatchObject([200, { flags: {}, errorsWhileComputingFlags: false }])
})

test.each([
  { event: {}, distinct_id: [], properties: 3, timestamp: {}, uuid: 7 },
  { event: 'e', distinct_id: 'u1', properties: { $ip: {}, $screen_width: 'x', $set: 3, revenue: 'much' }, offset: 'x' },
])('fields of a wrong kind do no harm (%#)', (event) => {
  const [delivery] = ask(posthog, 'POST /batch', { body: batchOf(event) }).deliveries
  expect((delivery?.events.length ?? 0) + (delivery?.rejected?.length ?? 0)).toBe(1)
})

test('more items than anybody sends at once are refused together', () => {
  const understood = ask(posthog, 'POST /batch', { body: { api_key: 'k', batch: new Array(5001).fill(1) } })
  expect(understood.deliveries).toEqual([])
  expect(answered(understood).status).toBe(413)
})
