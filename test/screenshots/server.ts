import type { BoardInput } from '@almanac/core/boards/board.ts'
import type { BrowserContext, Page } from 'playwright-core'

/** A person of the server whose pages are taken. */
export interface Account {
  readonly email: string
  readonly password: string
}

export async function logIn(page: Page, baseUrl: string, { email, password }: Account): Promise<void> {
  await page.goto(`${baseUrl}/login`)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/login'))
}

/** A board that is there for as long as pictures are taken of it. */
export async function withBoard(
  { request }: BrowserContext,
  baseUrl: string,
  board: BoardInput,
  use: (slug: string) => Promise<void>,
): Promise<void> {
  const headers = { origin: baseUrl }
  const made = await request.post(`${baseUrl}/api/v1/boards`, { headers, data: { board, visibility: 'private' } })
  if (!made.ok()) throw new Error(`The board “${board.title}” was refused: ${await made.text()}`)
  const { slug } = (await made.json()) as { slug: string }
  await use(slug).finally(() => request.delete(`${baseUrl}/api/v1/boards/${slug}`, { headers }))
}
