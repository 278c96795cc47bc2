import RudderAnalytics from '@rudderstack/rudder-sdk-node'
import { Analytics } from '@segment/analytics-node'
import Mixpanel from 'mixpanel'
import { PostHog } from 'posthog-node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEventClient, ingestHasCaughtUp } from '../support/event-client.ts'
import { makeScratch, type Scratch } from '../support/scratch.ts'
import { callServer, type ServerProcess } from '../support/server-process.ts'

/** The npm packages as they are, with one address changed, against a server as users run it. */
let scratch: Scratch
let server: ServerProcess

beforeAll(async () => {
  scratch = await makeScratch()
  server = await scratch.start()
})
afterAll(async () => {
  await scratch[Symbol.asyncDispose]()
})

/** A source of its own for each test; its key is what the client takes for its write key. */
const keyFor = async (source: string) => (await createEventClient(server, { source })).secret

async function stored<T>(source: string, columns: string): Promise<T[]> {
  await ingestHasCaughtUp(server)
  const sql = `SELECT ${columns} FROM events WHERE source = '${source}' ORDER BY occurred_at, name, message_id`
  const { columns: names, rows } = await callServer<SqlAnswer>(server, '/api/v1/sql', { sql, limit: 1000 })
  return rows.map((row) => Object.fromEntries(names.map(({ name }, index) => [name, row[index]])) as T)
}

interface SqlAnswer {
  readonly columns: readonly { readonly name: string }[]
  readonly rows: readonly (readonly unknown[])[]
}

test('the Node library of Segment delivers all its calls', async () => {
  const analytics = new Analytics({ writeKey: await keyFor('segment'), host: server.url, flushAt: 20 })
  const failures: unknown[] = []
  analytics.on('error', (error) => failures.push(error))
  const at = (second: number) => new Date(Date.UTC(2026, 0, 2, 3, 4, second))
  const order = { revenue: 39.95, currency: 'EUR', order_id: 'o-1' }
  analytics.track({ userId: 'u1', event: 'Order Completed', properties: order, timestamp: at(0), messageId: 'm-1' })
  analytics.track({ userId: 'u1', event: 'Order Completed', properties: order, timestamp: at(0), messageId: 'm-1' })
  analytics.identify({ userId: 'u1', anonymousId: 'a1', traits: { plan: 'pro' }, timestamp: at(1) })
  analytics.alias({ userId: 'u1', previousId: 'a0', timestamp: at(2) })
  analytics.group({ userId: 'u1', groupId: 'g1', traits: { seats: 5 }, timestamp: at(3) })
  const page = { url: 'https://shop.example/hats?utm_source=mail', title: 'Hats', referrer: 'https://search.example/' }
  analytics.page({ anonymousId: 'a1', name: 'Hats', properties: page, timestamp: at(4) })
  analytics.screen({ anonymousId: 'a1', name: 'Home', timestamp: at(5) })
  await analytics.closeAndFlush()

  expect(failures).toEqual([])
  const rows = await stored<Row>('segment', COLUMNS)
  expect(rows.map(({ name }) => name)).toEqual([
    'Order Completed',
    'identify',
    'alias',
    'group',
    'page_view',
    'screen_view',
  ])
  expect(rows[0]).toMatchObject({ message_id: 'm-1', user_id: 'u1', revenue: 39.95, currency: 'EUR', is_bot: false })
  expect(rows[1]).toMatchObject({ user_id: 'u1', anonymous_id: 'a1', properties: { plan: 'pro', previous_id: 'a1' } })
  expect(rows[2]).toMatchObject({ user_id: 'u1', properties: { previous_id: 'a0' } })
  expect(rows[3]).toMatchObject({ properties: { groupId: 'g1' } })
  expect(rows[4]).toMatchObject({ url: page.url, title: 'Hats', referrer: page.referrer, campaign_source: 'mail' })
  expect(rows[5]).toMatchObject({ title: 'Home', anonymous_id: 'a1' })
})

test('a write key that is not known is told to the client of Segment', async () => {
  const analytics = new Analytics({ writeKey: 'wrong', host: server.url, maxRetries: 0 })
  const failed = new Promise((resolve) => analytics.once('error', resolve))
  analytics.track({ userId: 'u1', event: 'Lost' })
  await analytics.closeAndFlush()
  expect(await failed).toMatchObject({ code: 'delivery_failure' })
})

test('the Node library of RudderStack delivers, with its gzip that is called a form', async () => {
  const analytics = new RudderAnalytics(await keyFor('rudderstack'), { dataPlaneUrl: server.url, flushAt: 20 })
  const originalTimestamp = new Date(Date.UTC(2026, 0, 2))
  const signUp = { userId: 'u1', event: 'Signed Up', properties: { plan: 'free' }, originalTimestamp, messageId: 'r-1' }
  analytics.track(signUp)
  analytics.track(signUp)
  analytics.identify({ userId: 'u1', anonymousId: 'a1', traits: { email: 'ada@example.com' } })
  await new Promise<void>((resolve, reject) => analytics.flush((error) => (error ? reject(error) : resolve())))

  const rows = await stored<Row>('rudderstack', COLUMNS)
  expect(rows).toHaveLength(2)
  expect(rows[0]).toMatchObject({ name: 'Signed Up', message_id: 'r-1', user_id: 'u1', properties: { plan: 'free' } })
  expect(rows[1]).toMatchObject({ name: 'identify', properties: { email: 'ada@example.com', previous_id: 'a1' } })
})

test('the Node library of Mixpanel delivers events, old events, profiles and groups', async () => {
  const { hostname, port } = new URL(server.url)
  const options = { host: hostname, port: Number(port), protocol: 'http', key: 'unused', logger: SILENT }
  const mixpanel = Mixpanel.init(await keyFor('mixpanel'), options)
  const done = (call: (callback: (error?: unknown) => void) => void) =>
    new Promise<void>((resolve, reject) => call((error) => (anyError(error) ? reject(anyError(error)) : resolve())))
  const bought = { distinct_id: 'u1', $insert_id: 'i-1', time: new Date(Date.UTC(2026, 0, 2)), revenue: 5 }
  await done((callback) => mixpanel.import('Bought', bought.time, { ...bought }, callback))
  await done((callback) => mixpanel.import('Bought', bought.time, { ...bought }, callback))
  await done((callback) => mixpanel.track('Looked', { distinct_id: '$device:d1', $device_id: 'd1' }, callback))
  const batch = [{ event: 'Batched', properties: { distinct_id: 'u2', time: new Date() } }]
  await done((callback) => mixpanel.track_batch(batch, callback))
  await done((callback) => mixpanel.alias('u1', 'ada', callback))
  await done((callback) => mixpanel.people.set('u1', { plan: 'pro' }, callback))
  await done((callback) => mixpanel.groups.set('company', 'acme', { seats: 5 }, callback))

  const rows = await stored<Row>('mixpanel', COLUMNS)
  const byName = Object.fromEntries(rows.map((row) => [row.name, row]))
  expect(rows).toHaveLength(6)
  expect(byName.Bought).toMatchObject({ user_id: 'u1', revenue: 5, properties: { $insert_id: 'i-1' } })
  expect(byName.Looked).toMatchObject({ user_id: '', anonymous_id: 'd1', is_bot: false })
  expect(byName.Batched).toMatchObject({ user_id: 'u2' })
  expect(byName.alias).toMatchObject({ user_id: 'ada', properties: { previous_id: 'u1' } })
  expect(byName.identify).toMatchObject({ user_id: 'u1', properties: { $set: { plan: 'pro' } } })
  expect(byName.group).toMatchObject({ properties: { $group_key: 'company', $group_id: 'acme' } })
})

test('the Node library of PostHog delivers, and finds no flags', async () => {
  const posthog = new PostHog(await keyFor('posthog'), { host: server.url })
  const [uuid, timestamp] = ['01a2013a-9bcb-700c-8dc0-67caf671b576', new Date(Date.UTC(2026, 0, 2))]
  const paid = { distinctId: 'u1', event: 'paid', properties: { revenue: 7.5, currency: 'EUR' }, uuid, timestamp }
  posthog.capture(paid)
  posthog.capture(paid)
  posthog.capture({ distinctId: 'u1', event: '$pageview', properties: { $current_url: 'https://shop.example/hats' } })
  posthog.identify({ distinctId: 'u1', properties: { plan: 'pro' } })
  posthog.alias({ distinctId: 'u1', alias: 'a0' })
  posthog.groupIdentify({ groupType: 'company', groupKey: 'acme', properties: { seats: 5 } })
  expect(await posthog.getAllFlags('u1')).toEqual({})
  await posthog.shutdown()

  const rows = await stored<Row>('posthog', COLUMNS)
  const byName = Object.fromEntries(rows.map((row) => [row.name, row]))
  expect(rows).toHaveLength(5)
  expect(byName.paid).toMatchObject({ message_id: uuid, user_id: 'u1', revenue: 7.5, currency: 'EUR', is_bot: false })
  expect(byName.page_view).toMatchObject({ path: '/hats', host: 'shop.example' })
  expect(byName.identify).toMatchObject({ user_id: 'u1', properties: { $set: { plan: 'pro' } } })
  expect(byName.alias).toMatchObject({ user_id: 'u1', properties: { previous_id: 'a0' } })
  expect(byName.group).toMatchObject({ properties: { $group_type: 'company', $group_key: 'acme' } })
})

interface Row {
  readonly name: string
  readonly properties: Record<string, unknown>
}

const COLUMNS = `name, message_id, user_id, anonymous_id, url, host, path, title, referrer, campaign_source, revenue,
  currency, is_bot, properties`
const SILENT = { trace: () => {}, debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** Batches report a list, with nothing in it where all went well. */
const anyError = (error: unknown) => (Array.isArray(error) ? error.find(Boolean) : error)
