import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { useOneServer } from '../support/one-server.ts'
import { USUAL_DELIVERIES } from '../support/usual-deliveries.ts'

/**
 * What holds for every way in, once from end to end: odd forms of bodies, pages of other sites, repetitions; `limits.test.ts`
 * has those who may not write and those who send too much. What events mean is in the tests beside each protocol.
 */
const { url, key, send, call, newKey, storedCounts, killAndStartAgain } = useOneServer('shop')

describe('a body is read by what is in it', () => {
  const segment = (event: string) => JSON.stringify({ event, userId: 'ada', writeKey: key() })
  const mixpanel = (event: string) => JSON.stringify({ event, properties: { token: key(), distinct_id: 'ada' } })
  const posthog = (event: string) => JSON.stringify({ api_key: key(), batch: [{ event, distinct_id: 'ada' }] })
  const FORM = 'application/x-www-form-urlencoded'

  test.each([
    { what: 'JSON as plain text', type: 'text/plain', path: '/v1/track', body: segment },
    { what: 'JSON as a form', type: FORM, path: '/v1/track', body: segment },
    { what: 'JSON as a picture', type: 'image/png', path: '/v1/track', body: segment },
    { what: 'JSON of no type', path: '/v1/track', body: (name: string) => new TextEncoder().encode(segment(name)) },
    { what: 'JSON behind a byte order mark', path: '/v1/track', body: (name: string) => `\ufeff${segment(name)}` },
    {
      what: 'gzip that is called a form',
      type: FORM,
      path: '/v1/track',
      body: (name: string) => zipped(segment(name)),
    },
    { what: 'gzip of no type', path: '/v1/track', body: (name: string) => zipped(segment(name)) },
    { what: 'gzip called plain text', type: 'text/plain', path: '/e', body: (name: string) => zipped(posthog(name)) },
    {
      what: 'gzip that says so',
      type: 'application/json',
      encoding: 'gzip',
      path: '/v1/track',
      body: (name: string) => zipped(segment(name)),
    },
    {
      what: 'plain JSON that is called gzip',
      type: 'application/json',
      encoding: 'gzip',
      path: '/v1/track',
      body: segment,
    },
    {
      what: 'base64 in a form',
      type: FORM,
      path: '/track',
      body: (name: string) => `data=${encodeURIComponent(base64(mixpanel(name)))}`,
    },
    { what: 'base64 alone', type: 'text/plain', path: '/track', body: (name: string) => base64(mixpanel(name)) },
    {
      what: 'a body in pieces, whose length nobody says',
      type: 'application/json',
      path: '/v1/track',
      body: (name: string) => inPieces(segment(name)),
    },
    { what: 'an address with a slash at the end', type: 'application/json', path: '/v1/track/', body: segment },
    { what: 'an address of two systems with a slash', type: FORM, path: '/track/', body: mixpanel },
    { what: 'an address of three systems with a slash', type: 'application/json', path: '/e/', body: posthog },
    { what: "an address under the system's name", type: 'text/plain', path: '/segment/v1/track', body: segment },
    { what: 'the same with a slash', type: 'text/plain', path: '/segment/v1/track/', body: segment },
  ])('$what', async ({ what, type, encoding, path, body }) => {
    const response = await fetch(url() + path, {
      method: 'POST',
      headers: { ...(type && { 'content-type': type }), ...(encoding && { 'content-encoding': encoding }) },
      body: body(what),
      duplex: 'half',
    } as RequestInit)

    expect([response.status, await response.text()]).toEqual([
      200,
      expect.stringMatching(/^(\{"success":true\}|1|\{"status":"Ok"\})$/),
    ])
    expect((await storedCounts())[what]).toBe(1)
  })

  test.each([
    { method: 'POST', path: '/matomo.php' },
    { method: 'POST', path: '/matomo.php/' },
    { method: 'GET', path: '/piwik.php' },
    { method: 'POST', path: '/matomo/matomo.php' },
  ])('nothing but a query, by $method $path', async ({ method, path }) => {
    const name = `${method} ${path}`
    const query = new URLSearchParams({ idsite: key(), rec: '1', e_c: 'shop', e_a: name })
    const response = await fetch(`${url()}${path}?${query}`, { method })

    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/gif'])
    expect((await storedCounts())[name]).toBe(1)
  })

  test('a picture in a mail, whose message is base64 in the query', async () => {
    const query = new URLSearchParams({ data: base64(mixpanel('opened')), img: '1' })
    const response = await fetch(`${url()}/track/?${query}`)

    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/gif'])
    expect((await storedCounts()).opened).toBe(1)
  })
})

function zipped(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(gzipSync(text))
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

function inPieces(text: string): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  return ReadableStream.from([bytes.subarray(0, 20), bytes.subarray(20)])
}

describe('pages of other sites may send', () => {
  const ORIGIN = 'https://www.shop.example'

  // Our own API is for servers: a page has the tracker.
  const ofTrackers = USUAL_DELIVERIES.filter(({ protocol }) => protocol !== 'native')
  test.each(ofTrackers)(
    '$protocol: the page is told so before, with the answer, and with a refusal',
    async (delivery) => {
      const { path } = delivery.request(key(), { name: 'asked', id: randomUUID() })
      const preflight = await fetch(url() + path, {
        method: 'OPTIONS',
        headers: {
          origin: ORIGIN,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization,content-type,x-of-its-own',
        },
      })
      expect(preflight.status).toBe(204)
      expect(Object.fromEntries(preflight.headers)).toMatchObject({
        'access-control-allow-origin': ORIGIN,
        'access-control-allow-credentials': 'true',
        'access-control-allow-methods': expect.stringContaining('POST'),
        'access-control-allow-headers': 'authorization,content-type,x-of-its-own',
        vary: expect.stringContaining('Origin'),
      })

      for (const credential of [key(), 'unknown']) {
        const request = delivery.request(credential, { name: 'across', id: randomUUID() })
        const response = await send({ ...request, headers: { ...request.headers, origin: ORIGIN } })
        expect(Object.fromEntries(response.headers)).toMatchObject({
          'access-control-allow-origin': ORIGIN,
          'access-control-allow-credentials': 'true',
        })
      }
    },
  )
})

test('what comes again after the server was killed counts once, and is seen among the duplicates', async () => {
  const source = 'again'
  const secret = await newKey(source)
  const deliveries = USUAL_DELIVERIES.map((delivery) => ({
    ...delivery,
    request: delivery.request(secret, { name: `again.${delivery.protocol}`, id: randomUUID() }),
  }))
  const answers = async () => {
    const answered: unknown[] = []
    for (const { protocol, request } of deliveries) {
      const response = await send(request)
      answered.push([protocol, response.status, await response.text()])
    }
    return answered
  }
  const taken = USUAL_DELIVERIES.map(({ protocol, taken: [status, body] }) => [
    protocol,
    status,
    typeof body === 'string' ? body : expect.stringMatching(body),
  ])
  expect(await answers()).toEqual(taken)
  const before = await storedCounts(source)
  for (const { protocol, storedName = `again.${protocol}` } of USUAL_DELIVERIES)
    expect([protocol, before[storedName]]).toEqual([protocol, 1])

  await killAndStartAgain()
  expect(await answers()).toEqual(taken)

  const after = await storedCounts(source)
  const times = USUAL_DELIVERIES.map(({ protocol, storedName = `again.${protocol}` }) => [protocol, after[storedName]])
  expect(times).toEqual(USUAL_DELIVERIES.map(({ protocol, hasId }) => [protocol, hasId === false ? 2 : 1]))
  const { lastHour } = await call<{ lastHour: { duplicates: number } }>(`/api/v1/sources/${source}/health`)
  expect(lastHour.duplicates).toBeGreaterThanOrEqual(USUAL_DELIVERIES.filter(({ hasId }) => hasId !== false).length)
})

test('a message that a library sends twice in a batch, and in several requests at once, counts once', async () => {
  const message = { type: 'track', event: 'twice', messageId: randomUUID(), userId: 'ada' }
  const body = JSON.stringify({ writeKey: key(), batch: [message, message] })
  const responses = await Promise.all(Array.from({ length: 5 }, () => send({ path: '/v1/batch', body })))

  expect(responses.map(({ status }) => status)).toEqual(Array(5).fill(200))
  expect((await storedCounts()).twice).toBe(1)
})
