import type { Page } from 'playwright-core'
import type { Shot } from './shot.ts'

/** Pictures of the pages about sources, tracking links and other tools; what a server may not have now is answered for in the browser. */
export function sourceShots(baseUrl: string): Record<string, Shot> {
  const open = async (page: Page, path: string) => {
    await page.goto(`${baseUrl}${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
  }
  const sourcePath = async (page: Page) => {
    await open(page, '/sources')
    return (await page.getByRole('rowheader').getByRole('link', { name: 'Website' }).getAttribute('href')) ?? ''
  }
  return {
    tools: async (page, save) => {
      await open(page, '/tools')
      await page.getByRole('heading', { name: 'Views' }).waitFor()
      await save('tools')
      await page.getByRole('tab', { name: 'Grafana' }).click()
      await save('tools-grafana')
    },
    sources: async (page, save) => {
      await open(page, '/sources')
      await page.getByRole('rowheader').first().waitFor()
      await save('sources')
      await page.getByRole('button', { name: 'New source' }).click()
      await page.getByLabel('Label').fill('Our website & shop')
      await save('sources-new')
      await page.getByText('Privacy', { exact: true }).scrollIntoViewIfNeeded()
      await page.getByLabel('Name').fill('Not a name')
      await page.getByRole('button', { name: 'Make source and key' }).click()
      await save('sources-new-problem')
    },
    'sources-empty': async (page, save) => {
      await page.route('**/api/v1/sources', (route) => route.fulfill({ json: { sources: [] } }))
      await open(page, '/sources')
      await page.getByText('There is no source yet').waitFor()
      await save('sources-empty')
      await page.unroute('**/api/v1/sources')
    },
    'source-setup': async (page, save) => {
      const path = await sourcePath(page)
      await open(page, path)
      await page.getByRole('option', { name: 'Almanac' }).waitFor()
      await save('source-setup')
      await open(page, `${path}?client=matomo`)
      await page.getByLabel('Site id').waitFor()
      // A revoked key stays in the list: this one never comes to be.
      await page.route('**/api/v1/keys', (route) =>
        route.request().method() === 'POST'
          ? route.fulfill({ status: 201, json: { key: {}, secret: MADE_KEY } })
          : route.continue(),
      )
      await page.getByRole('button', { name: 'Make a new key' }).click()
      await page.getByRole('button', { name: 'Copy the key' }).waitFor()
      await save('source-setup-key')
      await page.unroute('**/api/v1/keys')
    },
    'source-waiting': async (page, save) => {
      const path = await sourcePath(page)
      const nothing = { accepted: 0, duplicates: 0, rejected: [], filtered: [] }
      const health = { eventsPerSecond: 0, lastEventAt: null, lastHour: nothing, today: nothing }
      await page.route('**/api/v1/sources/*/health*', (route) => route.fulfill({ json: health }))
      await open(page, path)
      await page.getByText('Waiting for the first event…').scrollIntoViewIfNeeded()
      await save('source-waiting')
      await page.unroute('**/api/v1/sources/*/health*')
      await page
        .getByText('First event received')
        .waitFor({ timeout: 5000 })
        .catch(() => undefined)
      await save('source-received')
    },
    'source-live': async (page, save) => {
      const path = await sourcePath(page)
      await page.route('**/events/live', (route) =>
        route.fulfill({ contentType: 'text/event-stream', body: LIVE_EVENTS.map(eventText).join('') }),
      )
      await open(page, `${path}?tab=live`)
      const line = page.getByRole('button', { name: /page_view/ }).first()
      await line.click()
      await page.getByRole('button', { name: 'Pause' }).click()
      await save('source-live')
      await page.unroute('**/events/live')
    },
    'source-live-empty': async (page, save) => {
      const path = await sourcePath(page)
      await page.route('**/events/live', () => undefined)
      await open(page, `${path}?tab=live`)
      await page.getByText('Nothing has come since').waitFor()
      await save('source-live-empty')
      await page.unroute('**/events/live')
    },
    'source-health': async (page, save) => {
      const path = await sourcePath(page)
      await page.route('**/api/v1/sources/*/health*', (route) => route.fulfill({ json: troubledHealth() }))
      await open(page, `${path}?tab=health`)
      await page.getByRole('rowheader', { name: 'Rejected' }).waitFor()
      // The line of rates begins with the second answer.
      await page.locator('dl svg path').first().waitFor({ state: 'attached' })
      await save('source-health')
      await page.unroute('**/api/v1/sources/*/health*')
    },
    'source-settings': async (page, save) => {
      const path = await sourcePath(page)
      await open(page, `${path}?tab=settings`)
      await page.getByLabel('Allowed origins').fill('https://www.example.com/')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByRole('alert').waitFor()
      await page.getByLabel('Allowed origins').scrollIntoViewIfNeeded()
      await save('source-settings')
    },
    links: async (page, save) => {
      await page.route('**/api/v1/links*', (route) => route.fulfill({ json: { links: LINKS } }))
      await open(page, '/links')
      await page.getByRole('rowheader').first().waitFor()
      await save('links')
      await page.getByRole('button', { name: 'New link' }).click()
      await page.getByLabel('Where it leads').fill('https://example.com/app?click={click_id}&from={network}&sub={sub}')
      await page.getByLabel('Network').fill('Newsletter')
      await page.getByLabel('Campaign').fill('{{campaign.name}}')
      await save('links-new')
      await page.unroute('**/api/v1/links*')
    },
    'links-empty': async (page, save) => {
      await page.route('**/api/v1/links*', (route) => route.fulfill({ json: { links: [] } }))
      await open(page, '/links')
      await page.getByText('There is no link yet').waitFor()
      await save('links-empty')
      await page.unroute('**/api/v1/links*')
    },
  }
}

function eventText(event: unknown): string {
  return `event: event\ndata: ${JSON.stringify(event)}\n\n`
}

const URL = 'https://www.example.com/pricing?utm_source=newsletter'
const MADE_KEY = 'alm_1Hq8yTzWcP5n_4mZkXfVb7RdJt2GsLw9QeAu6YhNc3MpK'
const LIVE_EVENTS = [
  ...[
    '/',
    '/docs/start',
    '/blog/a-very-long-address-that-does-not-fit-into-a-line-of-the-list-on-any-screen-of-a-phone',
  ].map((path, index) => ({
    receivedAt: `2026-11-22T10:00:0${index}.${index}07Z`,
    protocol: 'plausible',
    raw: JSON.stringify({ n: 'pageview', u: `https://www.example.com${path}`, d: 'example.com' }),
    understood: { id: 'e1', name: 'page_view', url: `https://www.example.com${path}` },
  })),
  {
    receivedAt: '2026-11-22T10:00:04.120Z',
    protocol: 'matomo',
    raw: 'idsite=1&rec=1&cdt=1970-01-01&action_name=Home',
    understood: { reason: 'expected an event with a name and a time after 1990' },
  },
  {
    receivedAt: '2026-11-22T10:00:05.004Z',
    protocol: 'native',
    raw: JSON.stringify({ name: 'signup', userId: 'u-4711', properties: { plan: 'family' } }),
    understood: { id: 'e2', name: 'signup', at: 1795341605004, userId: 'u-4711', properties: { plan: 'family' } },
  },
  {
    receivedAt: '2026-11-22T10:00:06.981Z',
    protocol: 'segment',
    raw: JSON.stringify({ type: 'page', anonymousId: '3f6c', messageId: 'ajs-next-1', properties: { url: URL } }),
    understood: { id: 'e3', idFrom: 'client', name: 'page_view', at: 1795341606981, anonymousId: '3f6c', url: URL },
  },
]

function troubledHealth() {
  const rejected = [
    { reason: 'expected an event with a name and a time after 1990', count: 1031 },
    { reason: 'rate_limit', count: 40 },
  ]
  const filtered = [{ reason: 'do_not_track', count: 103 }]
  const lastHour = { accepted: 14_400, duplicates: 12, rejected, filtered }
  const eventsPerSecond = 4 + (Date.now() % 1000) / 500
  return {
    eventsPerSecond,
    lastEventAt: new Date().toISOString(),
    lastHour,
    today: { ...lastHour, accepted: 1_204_400 },
  }
}

const LINK = {
  source: 'website',
  environment: 'production',
  adgroup: '',
  creative: '',
  parameters: {},
  createdAt: '2026-10-01T10:00:00Z',
  archivedAt: null,
}
const LINKS = [
  {
    ...LINK,
    code: 'spring',
    url: 'https://stats.example.com/l/spring?creative={{ad.name}}',
    label: 'Spring newsletter',
    target: 'https://play.google.com/store/apps/details?id=com.example.game',
    network: 'Newsletter',
    campaign: 'Spring',
    creative: '{{ad.name}}',
    clicks: 1_284_003,
    installs: 9712,
  },
  {
    ...LINK,
    code: 'Hk3vT9xQ',
    url: 'https://stats.example.com/l/Hk3vT9xQ',
    label: '',
    environment: 'sandbox',
    target: 'https://example.com/app?click={click_id}',
    network: '',
    campaign: '',
    clicks: 3,
    installs: 0,
  },
]
