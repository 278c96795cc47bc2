import type { APIRequestContext, Page } from 'playwright-core'
import { type Shot, settled } from './shot.ts'

/** Pictures of what has to be made before it can be seen: links, invitations, tables out of files, a board that is being changed. */
export function madeShots(baseUrl: string, editable: string): Record<string, Shot> {
  const headers = { origin: baseUrl }
  const make = async <T>(page: Page, path: string, data: object): Promise<T> => {
    const made = await page.request.post(baseUrl + path, { headers, data })
    if (!made.ok()) throw new Error(`${path} was refused: ${await made.text()}`)
    return (await made.json()) as T
  }
  const remove = (request: APIRequestContext, path: string) => request.delete(baseUrl + path, { headers })
  const withLink = async (page: Page, link: object, shoot: (paths: MadeLink) => Promise<void>) => {
    const made = await make<MadeLink>(page, '/api/v1/boards/overview/links', link)
    await shoot(made).finally(() => remove(page.request, `/api/v1/boards/overview/links/${made.link.id}`))
  }
  const edit = async (page: Page) => {
    await page.goto(`${baseUrl}/dashboards/${editable}?edit=true`)
    await page.getByLabel('Title of the board').waitFor()
    await page.locator('canvas').first().waitFor()
  }
  return {
    public: (page, save) =>
      withLink(page, { label: 'For everybody', allow: ['range', 'grain', 'compare'] }, async ({ path }) => {
        await page.goto(baseUrl + path)
        await settled(page)
        await save('public')
      }),
    embed: (page, save) =>
      withLink(page, { label: 'Intranet' }, async ({ embedPath }) => {
        await page.goto(baseUrl + embedPath)
        await settled(page)
        await save('embed')
      }),
    'public-password': (page, save) =>
      withLink(page, { label: 'Investors', password: 'open sesame' }, async ({ path }) => {
        await page.goto(baseUrl + path)
        await page.getByLabel('Password').waitFor()
        await save('public-password')
      }),
    print: async (page, save) => {
      await page.goto(`${baseUrl}/dashboards/overview`)
      await settled(page)
      await page.emulateMedia({ media: 'print' })
      await page.evaluate('dispatchEvent(new Event("beforeprint"))')
      await settled(page)
      await save('print')
      await page.evaluate('dispatchEvent(new Event("afterprint"))')
      await page.emulateMedia({ media: null })
    },
    share: async (page, save) => {
      await page.goto(`${baseUrl}/dashboards/overview`)
      await settled(page)
      // On a phone, it is in the menu.
      const share = page.getByRole('button', { name: 'Share', exact: true })
      if (await share.isVisible()) await share.click()
      else {
        await page.getByRole('button', { name: 'More about this board' }).click()
        await page.getByRole('menuitem', { name: 'Share' }).click()
      }
      await page.getByRole('dialog').getByRole('button', { name: 'New link' }).click()
      await page.getByLabel('For whom').waitFor()
      await save('share')
    },
    edit: async (page, save) => {
      await edit(page)
      await save('edit')
      await page
        .getByRole('button', { name: /: arrow keys move it/ })
        .first()
        .focus()
      await page.keyboard.press('Enter')
      await page.getByRole('region', { name: /^Edit / }).waitFor()
      await save('edit-widget')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Add', exact: true }).click()
      await page.getByRole('menuitem', { name: 'Widget', exact: true }).click()
      await page.getByRole('dialog', { name: 'Add a widget' }).getByRole('searchbox').waitFor()
      await save('edit-add')
    },
    invitation: async (page, save) => {
      const person = { email: 'grace@example.com', name: 'Grace Lind', role: 'editor' }
      const { invitation, token } = await make<MadeInvitation>(page, '/api/v1/people/invitations', person)
      try {
        await page.goto(`${baseUrl}/invitations/${token}`)
        await page.getByLabel('Password').waitFor()
        await save('invitation')
        await page.goto(`${baseUrl}/settings/people`)
        await page.getByText('grace@example.com').first().waitFor()
        await save('people-invited')
      } finally {
        await remove(page.request, `/api/v1/people/invitations/${invitation.id}`)
      }
    },
    upload: async (page, save) => {
      await page.goto(`${baseUrl}/data`)
      const buffer = Buffer.from(['day,shop,revenue,orders', ...SALES].join('\n'))
      const file = { name: 'pictures of sales.csv', mimeType: 'text/csv', buffer }
      await page.locator('input[type=file]').first().setInputFiles(file)
      await page.getByRole('dialog').getByRole('button', { name: 'Read the file' }).click()
      try {
        await page.getByRole('button', { name: 'Make the table' }).waitFor()
        await save('upload-review')
        await page.getByRole('button', { name: 'Make the table' }).click()
        await page.getByRole('link', { name: 'Make a widget' }).first().waitFor()
        await page.getByText('40 rows').first().waitFor()
        await save('upload-done')
        await page.goto(`${baseUrl}/data`)
        await page.getByRole('rowheader').or(page.getByRole('listitem')).first().waitFor()
        await save('upload-list')
      } finally {
        await remove(page.request, '/api/v1/uploads/pictures_of_sales')
      }
    },
  }
}

interface MadeLink {
  readonly link: { readonly id: string }
  readonly path: string
  readonly embedPath: string
}

interface MadeInvitation {
  readonly invitation: { readonly id: string }
  readonly token: string
}

const SALES = Array.from(
  { length: 40 },
  (_, i) => `2026-09-${String(1 + (i % 14)).padStart(2, '0')},${['Berlin', 'Wien'][i % 2]},${i + 1}.50,${i}`,
)
