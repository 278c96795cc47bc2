import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { makeBoard, settled, useReaders, violations } from './support/reader.ts'
import { SMALL_COMPANY } from './support/small-company-board.ts'

/** Who has an account, what their role lets them do, and how they come and go. */
const { open, expectNoise } = useReaders()
const PASSWORD = 'a long enough password'

const shownPath = async (page: Page) => {
  const address = await page.getByRole('dialog').getByRole('figure', { name: 'Address' }).textContent()
  return new URL(address ?? '').pathname
}

test('somebody is invited, makes an account, changes the role, forgets the password, and is removed', async () => {
  // Whoever is removed has their streams broken off.
  expectNoise(/404|INCOMPLETE_CHUNKED/)
  const { slug } = await makeBoard(SMALL_COMPANY)
  const admin = await open('/settings/people')
  await admin.getByRole('button', { name: 'Invite' }).click()
  await admin.getByLabel('E-mail').fill('nora@example.com')
  await admin.getByLabel('Name').fill('Nora <b>')
  await admin.getByRole('button', { name: 'Make the invitation' }).click()
  const invitation = await shownPath(admin)
  await admin.getByRole('button', { name: 'Done' }).click()
  await admin.getByText('7 days left').filter({ visible: true }).waitFor()
  expect(await violations(admin)).toEqual([])

  const nora = await open(invitation, { role: 'stranger' })
  await nora.getByText('nora@example.com').waitFor()
  expect(await violations(nora)).toEqual([])
  await nora.getByLabel('Password').fill(PASSWORD)
  await nora.getByRole('button', { name: 'Create account' }).click()
  await expect.poll(() => nora.url()).toContain('/dashboards')
  await nora.goto(`${inject('boards').url}/dashboards/${slug}`)
  await settled(nora)
  expect(await nora.getByRole('button', { name: /^(Edit|Share)$/ }).count()).toBe(0)

  const again = await open(invitation, { role: 'stranger' })
  await again.getByRole('heading', { name: 'This invitation does not work any more' }).waitFor()

  await admin.reload()
  await admin.getByRole('button', { name: /Role of Nora/ }).click()
  await admin.getByRole('option', { name: 'Editor' }).click()
  await admin.getByRole('button', { name: /Editor Role of Nora|Role of Nora.*Editor/ }).waitFor()
  await nora.reload()
  await nora.getByRole('button', { name: 'Edit', exact: true }).waitFor()

  await admin.getByRole('button', { name: /More about Nora/ }).click()
  await admin.getByRole('menuitem', { name: 'New password…' }).click()
  await admin.getByRole('button', { name: 'Make the address' }).click()
  const link = await shownPath(admin)
  await admin.getByRole('button', { name: 'Done' }).click()
  const elsewhere = await open(link, { role: 'stranger' })
  await elsewhere.getByLabel('Password').fill('another long password')
  await elsewhere.getByRole('button', { name: 'Set the password' }).click()
  await expect.poll(() => elsewhere.url()).toContain('/dashboards')
  await nora.reload()
  await nora.getByRole('heading', { name: 'Sign in' }).waitFor()

  await admin.getByRole('button', { name: /More about Nora/ }).click()
  await admin.getByRole('menuitem', { name: 'Remove…' }).click()
  await admin.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect.poll(() => admin.getByText('nora@example.com').count()).toBe(0)
  await elsewhere.reload()
  await elsewhere.getByRole('heading', { name: 'Sign in' }).waitFor()
})

test('the only admin stays: there is no way to take the role or the account', async () => {
  const page = await open('/settings/people')
  await page.getByText('The only one').waitFor()
  await page.getByRole('button', { name: 'More about Ada Example' }).click()
  expect(await page.getByRole('menuitem').allInnerTexts()).toEqual(['New password…'])
})

test.each(['editor', 'viewer'] as const)('to the %s the page of people says that it is not theirs', async (role) => {
  const page = await open('/settings/people', { role })
  await page.getByText('Only admins see who has an account').waitFor()
  expect(await page.getByRole('link', { name: 'People' }).count()).toBe(0)
})

const EDITING = /^(New|Add|Edit|Share|Delete|Rename|Invite|Upload|Save|Import|Copy to edit)\b/
const PAGES = [
  '/dashboards',
  '/explore',
  '/data',
  '/sources',
  '/links',
  '/tools',
  '/screens',
  '/settings/keys',
  '/dashboards/new',
  '/sql',
]

test.each(PAGES)('on %s a viewer is offered nothing that they may not do', async (path) => {
  expectNoise(/403/)
  const page = await open(path, { role: 'viewer' })
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await expect.poll(() => page.locator('[aria-busy=true]').count()).toBe(0)
  const names = await page.locator('main').getByRole('button').allInnerTexts()
  expect(names.filter((name) => EDITING.test(name.trim()) && !ALLOWED.includes(name.trim()))).toEqual([])
})

/** Choices of one's own, kept nowhere. */
const ALLOWED = ['Add a board', 'Add filter', 'Add measure', 'Add dimension']
