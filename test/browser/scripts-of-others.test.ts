import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEventClient } from '../../packages/server/test/support/event-client.ts'
import { eventually } from '../../packages/server/test/support/processes.ts'
import {
  callServer,
  type ServerProcess,
  startServerProcess,
} from '../../packages/server/test/support/server-process.ts'
import { HINTS_OF_A_PERSON, launchChromium } from './support/chromium.ts'
import { startSite } from './support/site.ts'

/**
 * The scripts of Umami and Matomo, which no npm package has for itself. Umami's is the file of the package `umami` 2.10.0, which
 * holds all of Umami; of Matomo's, the requests that it was seen to send are sent by the same means.
 */
const SCRIPT = join(import.meta.dirname, 'vendored/umami-2.10.0.js.txt')
const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36'

let folder: string
let server: ServerProcess

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almanac-umami-'))
  server = await startServerProcess(join(folder, 'data'))
})
afterAll(async () => {
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

async function stored(source: string): Promise<Record<string, unknown>[]> {
  const columns = 'name, path, title, screen, language, browser, campaign_source, anonymous_id, user_id, properties'
  const sql = `SELECT ${columns} FROM events WHERE source = '${source}' ORDER BY log_position, log_index`
  const { rows } = await callServer<{ rows: unknown[][] }>(server, '/api/v1/sql', { sql })
  return rows.map((row) => Object.fromEntries(columns.split(', ').map((name, index) => [name, row[index]])))
}

async function inChromium(run: (page: Page) => Promise<void>): Promise<void> {
  const browser = await launchChromium()
  try {
    const viewport = { width: 1000, height: 600 }
    const context = await browser.newContext({
      locale: 'de-AT',
      userAgent: USER_AGENT,
      extraHTTPHeaders: HINTS_OF_A_PERSON,
      viewport,
    })
    const page = await context.newPage()
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(String(error)))
    await run(page)
    expect(problems).toEqual([])
  } finally {
    await browser.close()
  }
}

test("Umami's script delivers page views, also of single-page sites, clicks, events and what it knows of a person", async () => {
  const { secret } = await createEventClient(server, { source: 'umami' })
  const script = `<script defer src="/umami.js" data-website-id="${secret}" data-host-url="${server.url}"></script>`
  const html = `<!doctype html><title>Hüte &amp; Schuhe</title>${script}
    <button data-umami-event="Sign up" data-umami-event-plan="pro">Sign up</button>`
  await using site = await startSite({
    pages: { '/umami.js': await readFile(SCRIPT, 'utf8'), '/h%C3%BCte': html },
  })
  await inChromium(async (page) => {
    await page.goto(`${site.url}/hüte?utm_source=mail`)
    await eventually('the first page is stored', async () => (await stored('umami')).length === 1)
    await page.click('button')
    await eventually('the click is stored', async () => (await stored('umami')).length === 2)
    await page.evaluate("umami.track('Purchase', { revenue: 9.5, currency: 'EUR' })")
    await page.evaluate("umami.identify({ plan: 'pro' })")
    await eventually('event and person are stored', async () => (await stored('umami')).length === 4)
    await page.evaluate("history.pushState({}, '', '/shoes')")
    await eventually('the next page is stored', async () => (await stored('umami')).length === 5)
  })

  const rows = await stored('umami')
  const common = { title: 'Hüte & Schuhe', screen: '1000x600', language: 'de-AT', browser: 'Chrome' }
  const hats = { ...common, path: '/hüte', campaign_source: 'mail' }
  expect(rows[0]).toMatchObject({ ...hats, name: 'page_view' })
  expect(rows[1]).toMatchObject({ ...hats, name: 'Sign up', properties: { plan: 'pro' } })
  expect(rows.slice(2, 4)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ ...hats, name: 'Purchase' }),
      expect.objectContaining({ ...hats, name: 'identify', properties: { plan: 'pro' } }),
    ]),
  )
  expect(rows[4]).toMatchObject({ ...common, name: 'page_view', path: '/shoes' })
})

test("what Matomo's script sends from a page of another origin arrives: beacon, request and image", async () => {
  const { secret } = await createEventClient(server, { source: 'matomo' })
  await using site = await startSite({ pages: { '/hats': '<!doctype html><title>Hats</title>' } })
  const query = (title: string, rest: string) =>
    `?action_name=${title}&idsite=${secret}&rec=1&r=123456&h=13&m=15&s=4&url=${encodeURIComponent(`${site.url}/hats?mtm_campaign=mail`)}` +
    `&_id=0123456789abcdef&_idn=1&send_image=0&cookie=1&res=1000x600&pv_id=aB3dE6&pf_net=0&pf_srv=1${rest}`
  const uadata = encodeURIComponent('{"fullVersionList":[{"brand":"Chromium","version":"143.0.0.0"}],"mobile":false}')

  await inChromium(async (page) => {
    await page.goto(`${site.url}/hats`)
    const address = JSON.stringify(`${server.url}/matomo.php`)
    const requests = [
      query('Beacon', `&uadata=${uadata}`),
      query('Request', '&uid=ada'),
      query('Image', '&e_c=a&e_a=b'),
    ]
    const statuses = await page.evaluate(`(async ([beacon, request, image]) => {
      const form = { type: 'application/x-www-form-urlencoded; charset=UTF-8' }
      const isSent = navigator.sendBeacon(${address} + beacon, new Blob([''], form))
      const posted = await fetch(${address}, {
        method: 'POST', credentials: 'include', headers: { 'Content-Type': form.type }, body: request.slice(1),
      })
      const loaded = await new Promise((resolve) => {
        const pixel = new Image()
        pixel.onload = () => resolve(pixel.width)
        pixel.onerror = () => resolve('not shown')
        pixel.src = ${address} + image.replace('send_image=0', 'send_image=1')
      })
      return [isSent, posted.status, loaded]
    })(${JSON.stringify(requests)})`)
    expect(statuses).toEqual([true, 204, 1])
    await eventually('all three are stored', async () => (await stored('matomo')).length === 3)
  })

  const rows = await stored('matomo')
  for (const row of rows) {
    expect(row).toMatchObject({
      path: '/hats',
      screen: '1000x600',
      browser: 'Chrome',
      anonymous_id: '0123456789abcdef',
    })
  }
  expect(rows.filter(({ name }) => name === 'page_view').map(({ title }) => title)).toEqual(
    expect.arrayContaining(['Beacon', 'Request']),
  )
  expect(rows.map(({ user_id }) => user_id)).toContain('ada')
})
