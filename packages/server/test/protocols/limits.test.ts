import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { useOneServer } from '../support/one-server.ts'
import { type ClientRequest, USUAL_DELIVERIES } from '../support/usual-deliveries.ts'

/**
 * Who may not write by any of the ways in, and who sends too much: what is answered, and that nothing is stored. From end to
 * end, as `conditions.test.ts`.
 */
const { key, send, call, newKey, revokeKey, sqlRows, storedCounts } = useOneServer('shop')

describe('who may not write', () => {
  const HIDDEN = 'hidden-source'
  let forbidden: Record<string, string>
  beforeAll(async () => {
    const secret = await newKey(HIDDEN)
    const revoked = await makeKey({ name: 'hidden-revoked', scopes: ['ingest'], source: HIDDEN })
    await revokeKey(revoked.key.id)
    forbidden = {
      'no key of ours': '0123456789abcdef',
      'a key that never was': `alm_AAAAAAAAAAAA_${'x'.repeat(32)}`,
      'a key with a wrong end': `${secret.slice(0, -4)}xxxx`,
      'a key that was revoked': revoked.secret,
      'a key that may only read': (await makeKey({ name: 'reader', scopes: ['read'] })).secret,
      "a source's name": HIDDEN,
    }
  })

  test.each(USUAL_DELIVERIES)('$protocol: all who may not are answered alike, and learn nothing', async (delivery) => {
    const rowsBefore = await sqlRows('SELECT count() FROM events')
    const [status, body] = delivery.unknown
    for (const [who, credential] of Object.entries(forbidden)) {
      const response = await send(delivery.request(credential, { name: 'forbidden', id: randomUUID() }))
      const text = await response.text()
      const isOtherScope = delivery.protocol === 'native' && who === 'a key that may only read'
      if (isOtherScope) expect([who, response.status]).toEqual([who, 403])
      else
        expect([who, response.status, text]).toEqual([
          who,
          status,
          typeof body === 'string' ? body : expect.stringMatching(body),
        ])
      expect(text).not.toMatch(LEAKS)
      expect(text).not.toContain(credential)
    }
    expect(await sqlRows('SELECT count() FROM events')).toEqual(rowsBefore)
    expect(await sqlRows(`SELECT count() FROM quarantine WHERE source = '${HIDDEN}'`)).toEqual([[0]])
  })

  /** Names of ours, of what we are made of, and of places. */
  const LEAKS = /hidden|clickhouse|postgres|node_modules|fastify|\bat \S+:\d+|\/tmp\//i

  function makeKey(asked: object): Promise<{ secret: string; key: { id: string } }> {
    return call('/api/v1/keys', asked)
  }
})

describe('the key of a sandbox', () => {
  let sandboxKey: string
  beforeAll(async () => {
    sandboxKey = await newKey('tryout', 'sandbox')
  })

  test('nothing that comes with it by any protocol is production', async () => {
    for (const delivery of USUAL_DELIVERIES) {
      const response = await send(delivery.request(sandboxKey, { name: `try.${delivery.protocol}`, id: randomUUID() }))
      expect([delivery.protocol, response.status]).toEqual([delivery.protocol, delivery.taken[0]])
    }
    const environments = await sqlRows("SELECT DISTINCT environment FROM events WHERE source = 'tryout'")
    expect(environments).toEqual([['sandbox']])
    expect(Object.keys(await storedCounts('tryout'))).toHaveLength(USUAL_DELIVERIES.length)
  })

  test('an event that claims to be production is refused by name, and one of adjust is not believed', async () => {
    const native = await send({
      path: '/v1/events',
      headers: { authorization: `Bearer ${sandboxKey}` },
      body: '{"name":"claim","environment":"production"}',
    })
    expect([native.status, await native.json()]).toMatchObject([
      400,
      {
        error: {
          code: 'invalid_event',
          issues: [{ path: [0, 'environment'], message: 'the key writes to sandbox only' }],
        },
      },
    ])
    const query = 'activity_kind=install&adid=claim&environment=production'
    expect((await send({ method: 'GET', path: `/adjust/${sandboxKey}?${query}` })).status).toBe(200)
    expect(await sqlRows("SELECT environment FROM events WHERE anonymous_id = 'claim'")).toEqual([['sandbox']])
  })
})

describe('too much', () => {
  const native = (body: string) => ({ path: '/v1/events', headers: { authorization: `Bearer ${key()}` }, body })
  const segment = (body: string) => ({
    path: '/v1/batch',
    headers: { authorization: `Basic ${btoa(`${key()}:`)}` },
    body,
  })
  const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
  const LARGE = 'x'.repeat(6 * 1024 * 1024)
  const many = (item: object) => JSON.stringify(Array.from({ length: 5001 }, () => item))
  const batch = (items: string) => `{"batch":${items}}`
  const track = { type: 'track', event: 'many', userId: 'ada' }

  test.each([
    { what: 'size, native', request: () => native(`{"name":"${LARGE}"}`), status: 413, words: /larger than/ },
    { what: 'size, Segment', request: () => segment(batch(`["${LARGE}"]`)), status: 413, words: /larger than/ },
    {
      what: 'size, Logplex',
      request: () => ({ path: `/logplex/${key()}`, body: LARGE }),
      status: 413,
      words: /larger than/,
    },
    { what: 'depth, native', request: () => native(nested(100)), status: 400, words: /more than 64 levels deep/ },
    { what: 'depth, Segment', request: () => segment(nested(100)), status: 400, words: /Expected a JSON object/ },
    {
      what: 'count, native',
      request: () => native(many({ name: 'many' })),
      status: 413,
      words: /takes 5000 events, this one has 5001/,
    },
    { what: 'count, Segment', request: () => segment(batch(many(track))), status: 400, words: /at most 5000 messages/ },
    {
      what: 'count, PostHog',
      request: () => ({
        path: '/batch',
        body: `{"api_key":"${key()}","batch":${many({ event: 'many', distinct_id: 'ada' })}}`,
      }),
      status: 413,
      words: /at most 5000 events, got 5001/,
    },
    {
      what: 'count, Matomo',
      request: () => ({ path: '/matomo.php', body: `{"requests":${many({ idsite: key(), rec: 1 })}}` }),
      status: 413,
      words: /takes 5000 events, this one has 5001/,
    },
    {
      what: 'the length of a name, native',
      request: () => native(JSON.stringify({ name: 'n'.repeat(201) })),
      status: 400,
      words: /"path":\[0,"name"\].*200/,
    },
  ])('$what: the answer says what the limit is, and nothing is stored', async ({ request, status, words }) => {
    const rowsBefore = await sqlRows('SELECT count() FROM events')
    const response = await send(request())

    expect([response.status, await response.text()]).toEqual([status, expect.stringMatching(words)])
    expect(await sqlRows('SELECT count() FROM events')).toEqual(rowsBefore)
  })

  test.each([
    { what: 'too large', request: () => segment(batch(`["${LARGE}"]`)), status: 413 },
    { what: 'too deep', request: () => segment(nested(100)), status: 400 },
    {
      what: 'too many',
      request: () => ({ path: '/matomo.php', body: `{"requests":${many({ idsite: key(), rec: 1 })}}` }),
      status: 413,
    },
  ])('a page can read that its request was $what', async ({ request, status }) => {
    const { headers, ...asked }: ClientRequest = request()
    const response = await send({ ...asked, headers: { ...headers, origin: 'https://www.shop.example' } })

    // Without it the page sees a failure of the network, and its library sends the same again and again.
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': 'https://www.shop.example',
      'access-control-allow-credentials': 'true',
    })
    expect(response.status).toBe(status)
  })

  test('a name that another system finds good is cut and kept', async () => {
    const long = `cut ${'n'.repeat(300)}`
    const body = JSON.stringify({ batch: [{ ...track, event: long }] })
    expect((await send(segment(body))).status).toBe(200)
    expect((await storedCounts())[long.slice(0, 200)]).toBe(1)
  })

  test.each([
    { protocol: 'native', status: 429 },
    { protocol: 'segment', status: 429 },
    { protocol: 'logplex', status: 429 },
    { protocol: 'matomo', status: 503 },
    { protocol: 'plausible', status: 503 },
  ])(
    '$protocol: over the rate of its source the client is told $status, and when to come again',
    async ({ protocol, status }) => {
      const source = `slow-${protocol}`
      await call('/api/v1/sources', { name: source, label: source, settings: { eventsPerSecond: 0.1 } })
      const secret = await newKey(source)
      const delivery = USUAL_DELIVERIES.find((one) => one.protocol === protocol) ?? expect.fail()
      const sendOne = (n: number) => send(delivery.request(secret, { name: `fast.${n}`, id: randomUUID() }))
      expect((await sendOne(0)).status).toBe(delivery.taken[0])
      const refused = await sendOne(1)

      expect(refused.status).toBe(status)
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(await refused.text()).toMatch(/eventsPerSecond/)
      expect(await storedCounts(source)).toEqual({ 'fast.0': 1 })
    },
  )
})
