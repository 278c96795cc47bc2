import type { Shot } from './shot.ts'

/** Pages that need nobody to be signed in. */
export function entryShots(baseUrl: string): Record<string, Shot> {
  return {
    login: async (page, save) => {
      await page.goto(`${baseUrl}/login`)
      await page.getByLabel('Password').waitFor()
      await save('login')
    },
    setup: async (page, save) => {
      await page.goto(`${baseUrl}/setup?token=x`)
      await page.getByLabel('Name').waitFor()
      await save('setup')
    },
    missing: async (page, save) => {
      await page.goto(`${baseUrl}/no/such/page`)
      await page.getByRole('heading').first().waitFor()
      await save('not-found')
    },
    'public-missing': async (page, save) => {
      await page.goto(`${baseUrl}/public/no-such-link`)
      await page.getByRole('heading').first().waitFor()
      await save('public-ended')
    },
  }
}

/** Everything that is no dashboard. */
export function pageShots(baseUrl: string): Record<string, Shot> {
  const plain =
    (path: string, name: string): Shot =>
    async (page, save) => {
      await page.goto(baseUrl + path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await save(name)
    }
  return {
    explore: async (page, save) => {
      await page.goto(`${baseUrl}/explore?range=28d&data=${encodeURIComponent(BY_CHANNEL)}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.locator('canvas').first().waitFor()
      await save('explore')
    },
    sql: async (page, save) => {
      await page.goto(`${baseUrl}/sql`)
      await page.locator('.cm-content').waitFor()
      await page.locator('.cm-content').click()
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.type('SELECT name, count() AS events FROM events GROUP BY name ORDER BY events DESC')
      await page.keyboard.press('Escape')
      await page.keyboard.press('ControlOrMeta+Enter')
      await page.getByRole('grid').or(page.getByRole('table')).first().waitFor()
      await save('sql')
    },
    tables: plain('/data', 'tables'),
    links: plain('/links', 'links'),
    people: plain('/settings/people', 'people'),
    screens: plain('/screens', 'screens'),
    keys: async (page, save) => {
      await plain('/settings/keys', 'api-keys')(page, save)
      await page.getByRole('button', { name: 'New key' }).click()
      await page.getByLabel('Name', { exact: true }).waitFor()
      await save('api-keys-new')
    },
  }
}

const BY_CHANNEL = JSON.stringify({
  cube: 'visits',
  measures: ['visits'],
  dimensions: ['channel'],
  filters: [
    { dimension: 'is_bot', op: 'in', values: [false] },
    { dimension: 'channel', op: 'not_empty' },
  ],
  grain: 'board',
})
