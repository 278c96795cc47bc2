import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEventClient, ingestHasCaughtUp } from './support/event-client.ts'
import { makeScratch, type Scratch } from './support/scratch.ts'
import { callServer, type ServerProcess } from './support/server-process.ts'

/** From a link to an install, over a real server. */
let scratch: Scratch
let server: ServerProcess
let key: string
beforeAll(async () => {
  scratch = await makeScratch()
  server = await scratch.start()
  key = (await createEventClient(server, { source: 'game' })).secret
})
afterAll(async () => {
  await scratch[Symbol.asyncDispose]()
})

interface Link {
  readonly code: string
  readonly url: string
  readonly clicks: number
  readonly installs: number
}

async function createLink(fields: object): Promise<Link> {
  const { link } = await callServer<{ link: Link }>(server, '/api/v1/links', { source: 'game', ...fields })
  return link
}

async function figures({ code }: Link): Promise<{ clicks: number; installs: number } | undefined> {
  await ingestHasCaughtUp(server)
  const { links } = await callServer<{ links: Link[] }>(server, '/api/v1/links?source=game')
  const link = links.find((one) => one.code === code)
  return link && { clicks: link.clicks, installs: link.installs }
}

async function sqlRows(sql: string): Promise<unknown[][]> {
  await ingestHasCaughtUp(server)
  return (await callServer<{ rows: unknown[][] }>(server, '/api/v1/sql', { sql, limit: 100 })).rows
}

const BROWSER = {
  'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148',
}

async function follow(url: string, init: RequestInit = {}): Promise<URL> {
  const answer = await fetch(url, { redirect: 'manual', headers: BROWSER, ...init })
  expect(answer.status).toBe(302)
  return new URL(answer.headers.get('location') ?? '')
}

async function callback(parameters: Record<string, string>): Promise<void> {
  const answer = await fetch(`${server.url}/adjust/${key}?${new URLSearchParams(parameters)}`)
  expect([answer.status, await answer.text()]).toEqual([200, 'OK'])
}

test('a click leads on with its parameters, and the install that brings its id back is the link’s, however often it is told', async () => {
  const target = 'https://apps.example/game?click={click_id}&net={network}&c={campaign}&site={site}'
  const link = await createLink({ target, network: 'Ad Net', campaign: 'Spring', parameters: { cost_model: 'cpi' } })
  expect(link.url).toBe(`${server.url}/l/${link.code}`)

  const location = await follow(`${link.url}?campaign=Summer&site=7&gclid=g%261`)
  const clickId = location.searchParams.get('click') ?? ''
  expect(Object.fromEntries(location.searchParams)).toEqual({
    click: expect.stringMatching(/^[\w-]{22}$/),
    net: 'Ad Net',
    c: 'Summer',
    site: '7',
    campaign: 'Summer',
    gclid: 'g&1',
  })

  const install = {
    activity_kind: 'install',
    adid: '18546f6171f67e29d1cb983322ad1329',
    created_at: String(Math.floor(Date.now() / 1000)),
    environment: 'production',
    account_number: '4711',
    account_type: 'premium',
    click_id: clickId,
  }
  for (let attempt = 0; attempt < 7; attempt++) await callback(install)
  await callback({ ...install, environment: 'sandbox' })

  expect(await figures(link)).toEqual({ clicks: 1, installs: 1 })
  expect(
    await sqlRows(
      `SELECT name, environment, campaign_source, campaign_name, properties.site::String, properties.cost_model::String,
         is_bot, os FROM events WHERE name = 'link_click'`,
    ),
  ).toEqual([['link_click', 'production', 'Ad Net', 'Summer', '7', 'cpi', false, 'iOS']])
  expect(
    await sqlRows(
      `SELECT environment, count(), any(properties.account_number::String), any(properties.account_type::String)
       FROM events WHERE name = 'install' GROUP BY environment ORDER BY environment`,
    ),
  ).toEqual([
    ['production', 1, '4711', 'premium'],
    ['sandbox', 1, '4711', 'premium'],
  ])
})

test('Google’s store hands the click over, and what adjust attributed by its own tracker counts by the names', async () => {
  const target = 'https://play.google.com/store/apps/details?id=com.example.game'
  const link = await createLink({ target, network: 'Store Net', campaign: 'A & B' })
  const location = await follow(link.url)
  const referrer = location.searchParams.get('referrer') ?? ''
  await callback({ activity_kind: 'install', adid: 'android-1', referrer })
  await callback({ activity_kind: 'install', adid: 'android-2', tracker_name: 'Store Net::A & B' })
  await callback({ activity_kind: 'install', adid: 'android-3', tracker_name: 'Store Net::Other' })
  await callback({
    activity_kind: 'session',
    adid: 'android-2',
    tracker_name: 'Store Net::A & B',
    last_time_spent: '30',
  })

  expect(await figures(link)).toEqual({ clicks: 1, installs: 2 })
  expect(
    await sqlRows(`SELECT name, count() FROM events WHERE campaign_source = 'Store Net' GROUP BY name ORDER BY name`),
  ).toEqual([
    ['install', 2],
    ['link_click', 1],
    ['session', 1],
  ])
})

test('bots, previews and HEAD requests are redirected and are no clicks', async () => {
  const link = await createLink({ target: 'https://example.com/', label: 'A link in a chat' })
  await follow(link.url)
  await follow(link.url, { method: 'HEAD' })
  await follow(link.url, { headers: { ...BROWSER, 'sec-purpose': 'prefetch' } })
  await follow(link.url, { headers: { 'user-agent': 'facebookexternalhit/1.1' } })
  expect(await figures(link)).toEqual({ clicks: 1, installs: 0 })
})

test('an archived link leads nowhere and keeps its figures; links outlive a restart', async () => {
  const link = await createLink({ code: 'poster', target: 'https://example.com/' })
  await follow(`${server.url}/l/poster`)
  await server.stop()
  server = await scratch.start()
  await follow(`${server.url}/l/poster`)

  const headers = { authorization: `Bearer ${server.token}` }
  expect((await fetch(`${server.url}/api/v1/links/poster`, { method: 'DELETE', headers })).status).toBe(204)
  expect((await fetch(`${server.url}/l/poster`, { redirect: 'manual' })).status).toBe(404)
  expect(await figures(link)).toBeUndefined()
  await ingestHasCaughtUp(server)
  const { links } = await callServer<{ links: Link[] }>(server, '/api/v1/links?archived=true')
  expect(links.find(({ code }) => code === 'poster')).toMatchObject({ clicks: 2 })
})
