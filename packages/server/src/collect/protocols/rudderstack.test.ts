import { expect, test } from 'vitest'
import { rudderstack } from './rudderstack.ts'
import { answered, ask, isMine } from './testing/ask.ts'

const BASIC = { authorization: `Basic ${Buffer.from('KEY:').toString('base64')}` }
const MESSAGE = {
  userId: 'u1',
  event: 'E',
  properties: { a: 1 },
  type: 'track',
  context: { library: { name: 'analytics-node', version: '3.0.13' } },
  channel: 'server',
  originalTimestamp: '2026-11-22T03:09:07.840Z',
  messageId: 'd5f8984d',
  sentAt: '2026-11-22T03:09:07.841Z',
}
const BATCH = { batch: [MESSAGE], timestamp: '2026-11-22T03:09:07.841Z', sentAt: '2026-11-22T03:09:07.841Z' }

test('a batch of the Node library becomes events', () => {
  const understood = ask(rudderstack, 'POST /v1/batch', { body: BATCH, headers: BASIC })
  expect(understood.deliveries).toMatchObject([
    {
      credential: 'KEY',
      events: [
        {
          name: 'E',
          id: 'd5f8984d',
          timeMs: Date.UTC(2026, 10, 22, 3, 9, 7, 840),
          sentAtMs: Date.UTC(2026, 10, 22, 3, 9, 7, 841),
          userId: 'u1',
          properties: { a: 1, _message: { channel: 'server' } },
        },
      ],
    },
  ])
  expect(answered(understood)).toMatchObject({ status: 200, body: 'ok' })
})

test('what has its clock is its own, and a message of Segment is not', () => {
  expect(isMine(rudderstack, 'POST /v1/batch', { body: BATCH })).toBe(true)
  expect(isMine(rudderstack, 'POST /v1/batch', { body: { batch: [{ timestamp: 1 }] } })).toBe(false)
})

test.each([
  ['{', 'invalid json\n'],
  ['[]', 'invalid json\n'],
  ['{}', 'event is not a valid rudder event\n'],
  ['{"batch":[]}', 'empty batch payload\n'],
  ['{"batch":[{"userId":"u1"},1]}', 'event is not a valid rudder event\n'],
  ['{"batch":[{"event":"A","userId":""}]}', 'request neither has anonymousId nor userId\n'],
])('%s is answered with 400 %s and nothing of it is stored', (body, answer) => {
  const understood = ask(rudderstack, 'POST /v1/batch', { body, headers: BASIC })
  expect(understood.deliveries).toEqual([])
  expect(answered(understood)).toMatchObject({ status: 400, body: answer })
})

test.each([
  ['no_credential', 'failed to read writekey from header\n'],
  ['unknown_credential', 'invalid write key\n'],
] as const)('%s is answered with 401 %s', (refused, body) => {
  const understood = ask(rudderstack, 'POST /v1/batch', { body: BATCH })
  expect(answered(understood, { refused })).toMatchObject({ status: 401, body })
})

test('a beacon has its key in the query', () => {
  const understood = ask(rudderstack, 'POST /beacon/v1/batch?writeKey=KEY', { body: BATCH })
  expect(understood.deliveries).toMatchObject([{ credential: 'KEY', events: [{ name: 'E' }] }])
})

test('a pixel has the message in the query, with dots into its objects', () => {
  const query = 'writeKey=KEY&anonymousId=a1&event=Opened&properties.mail=42&context.page.url=https://s.example/'
  const understood = ask(rudderstack, `GET /pixel/v1/track?${query}&__proto__.polluted=1`)
  expect(understood.deliveries).toMatchObject([
    {
      credential: 'KEY',
      events: [{ name: 'Opened', anonymousId: 'a1', url: 'https://s.example/', properties: { mail: '42' } }],
    },
  ])
  expect(answered(understood).headers?.['content-type']).toBe('image/gif')
  expect({}).not.toHaveProperty('polluted')
})
