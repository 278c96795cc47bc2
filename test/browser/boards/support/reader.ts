import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { BoardInput } from '@almanac/core/boards/board.ts'
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, expect, inject } from 'vitest'
import { callServer } from '../../../../packages/server/test/support/server-process.ts'
import type { BoardAnswer } from '../../../../packages/web/src/api/boards.ts'
import { launchChromium } from '../../support/chromium.ts'
import type { Role } from './boards-server.ts'
import { FROM, TO } from './seed.ts'

/** The two weeks that have events, as they stand in an address. */
export const SEEDED_RANGE = `range=${FROM}+to+${TO}&tz=UTC`
export const WIDE = { width: 1440, height: 900 }
export const PHONE = { width: 390, height: 844 }

export interface Reading {
  /** A page of somebody of the role, or of a stranger. Pages are closed after the test. */
  open(path: string, options?: ReadingOptions): Promise<Page>
  /** Noise of the browser that a test asks for itself, such as a server that is away. */
  expectNoise(pattern: RegExp): void
}

interface ReadingOptions extends BrowserContextOptions {
  readonly role?: Role | 'stranger'
}

/**
 * A browser for each role in the tests of a file, and one for each stranger: this Chromium is a single process, whose contexts
 * share their cookies, and which does not survive the closing of one of them. No test may leave an error in the console or a
 * script that ran into nothing.
 */
export function useReaders(): Reading {
  const { url, sessions } = inject('boards')
  const browsers = new Map<Role, Promise<Browser>>()
  let strangers: Browser[] = []
  let pages: Page[] = []
  let problems: string[] = []
  let noise: RegExp[] = []

  const browserOf = async (role: Role | 'stranger'): Promise<Browser> => {
    if (role === 'stranger') {
      const browser = await launchChromium()
      strangers.push(browser)
      return browser
    }
    const known = browsers.get(role) ?? launchChromium()
    browsers.set(role, known)
    return known
  }
  afterEach(async () => {
    for (const page of pages) await page.close()
    for (const browser of strangers) await browser.close()
    strangers = []
    const left = problems.filter((problem) => !noise.some((pattern) => pattern.test(problem)))
    pages = []
    problems = []
    noise = []
    expect(left).toEqual([])
  })
  afterAll(async () => {
    for (const browser of browsers.values()) await (await browser).close()
  })

  const watch = (page: Page) => {
    pages.push(page)
    page.on('pageerror', (error) => problems.push(String(error)))
    page.on('dialog', (dialog) => {
      problems.push(`a dialog opened: ${dialog.message()}`)
      void dialog.dismiss()
    })
    page.on('console', (message) => {
      // Somebody who is not signed in is told so by a 401, which the browser notes by itself.
      if (message.type() === 'error' && !message.text().includes('401')) problems.push(message.text())
    })
  }
  return {
    expectNoise: (pattern) => noise.push(pattern),
    async open(path, { role = 'admin', ...options } = {}) {
      const browser = await browserOf(role)
      const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', viewport: WIDE, ...options })
      await context.grantPermissions(['clipboard-read', 'clipboard-write'])
      if (role !== 'stranger') await signIn(context, sessions[role])
      context.setDefaultTimeout(15_000)
      const page = await context.newPage()
      watch(page)
      await page.goto(url + path)
      return page
    },
  }
}

export async function signIn(context: BrowserContext, session: string): Promise<void> {
  await context.addCookies([{ name: 'almanac_session', value: session, url: inject('boards').url, httpOnly: true }])
}

export const serverOfBoards = () => inject('boards')

/** Asks the API as the server's own user. */
export async function call<T>(
  path: string,
  body?: unknown,
  method: 'PUT' | 'DELETE' | undefined = undefined,
): Promise<T> {
  const server = inject('boards')
  if (method === undefined) return callServer<T>(server, path, body)
  const headers = { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' }
  const response = await fetch(server.url + path, { method, headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as T
}

/** A board of a test's own, which everybody who is signed in sees. */
export const makeBoard = (board: BoardInput, place: object = {}): Promise<BoardAnswer> =>
  call('/api/v1/boards', { board, visibility: 'team', ...place })

export const boardOf = (slug: string): Promise<BoardAnswer> => call(`/api/v1/boards/${slug}`)

/** All that is in sight of a board has been answered. */
export async function settled(page: Page): Promise<void> {
  await page.locator('[data-settled]').waitFor()
}

export const card = (page: Page, title: string): Locator => page.getByRole('article', { name: title, exact: true })

/** The exact value of a big number, which waits until it is there. */
export const hasFigure = (page: Page, title: string, exact: number): Promise<void> =>
  expect.poll(() => figure(page, title)).toBe(exact.toLocaleString('en-GB'))

export const figure = (page: Page, title: string): Promise<string | null> =>
  card(page, title).locator('.figures[title]').first().getAttribute('title')

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Whatever axe finds against WCAG 2.2 AA, one line a finding. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  return page.evaluate<string[]>(`(async () => {
    // Cards that change places lie over one another meanwhile. What goes round for ever does not come to an end.
    const finite = document.getAnimations().filter((one) => Number.isFinite(one.effect.getComputedTiming().endTime))
    await Promise.allSettled(finite.map((one) => one.finished))
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    const { violations } = await axe.run(document, { runOnly: tags })
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + node.html.slice(0, 200)))
  })()`)
}
