import { AppError } from '@almanac/core/errors.ts'
import { afterEach, expect, test } from 'vitest'
import { memoryLinks, testLink } from '../../attribution/testing/memory-links.ts'
import type { TrackingLink } from '../../attribution/tracking-link.ts'
import type { AppDeps } from '../app.ts'
import { buildTestApp, type TestApp } from '../test-app.ts'

let tested: TestApp | undefined
afterEach(() => tested?.app.close())

async function withLink(link: Partial<TrackingLink>, overrides: Partial<AppDeps> = {}): Promise<TestApp> {
  tested = await buildTestApp({
    links: memoryLinks([testLink(link)]),
    collectForeign: ({ name, properties }, { receivedAtMs }) => ({
      id: 'x',
      at: receivedAtMs,
      name,
      properties: properties as Record<string, string>,
    }),
    ...overrides,
  })
  return tested
}

const lines = (frames: readonly string[]) => frames.map((frame) => frame.split('\n').map((line) => JSON.parse(line)))

test('following a link stores the click for its source and environment, then redirects', async () => {
  const { app, frames, clock } = await withLink({ environment: 'sandbox', target: 'https://example.com/?c={click_id}' })
  const answer = await app.inject('/l/spring?campaign=Summer&sub=a?b')

  expect(answer.statusCode).toBe(302)
  expect(answer.headers['cache-control']).toBe('no-store')
  const [[header, event] = []] = lines(frames)
  expect(header).toEqual({ v: 1, source: 'game', environment: 'sandbox', receivedAt: clock.ms })
  expect(event.properties).toMatchObject({ link: 'spring', campaign: 'Summer', sub: 'a?b' })
  expect(answer.headers.location).toBe(`https://example.com/?c=${event.properties.click_id}&campaign=Summer&sub=a%3Fb`)
})

test('every click has an id of its own', async () => {
  const { app, frames } = await withLink({})
  for (let n = 0; n < 3; n++) await app.inject('/l/spring')
  expect(new Set(lines(frames).map(([, event]) => event.properties.click_id)).size).toBe(3)
})

test.each([
  { what: 'a HEAD request', method: 'HEAD' as const, headers: {}, botHint: 'HEAD request' },
  {
    what: 'a prefetching browser',
    method: 'GET' as const,
    headers: { 'sec-purpose': 'prefetch' },
    botHint: 'prefetch',
  },
])('$what is redirected and marked', async ({ method, headers, botHint }) => {
  const { app, frames } = await withLink({})
  const answer = await app.inject({ method, url: '/l/spring', headers })
  expect([answer.statusCode, answer.headers.location]).toEqual([302, 'https://example.com/app'])
  expect(lines(frames)).toMatchObject([[{}, { botHint }]])
})

test.each([
  { url: '/l/unknown', link: {} },
  { url: '/l/spring', link: { archivedAt: new Date(0) } },
  { url: '/l/%E2%82%AC?a=b', link: {} },
  { url: '/l/__proto__', link: {} },
])('$url of an unknown or archived link is not found and tells nothing', async ({ url, link }) => {
  const { app, frames } = await withLink(link)
  const answer = await app.inject(url)
  expect(answer.statusCode).toBe(404)
  expect(answer.body).toContain('This link leads nowhere')
  expect(frames).toEqual([])
})

test('a log that refuses keeps nobody from the target, and the lost click is in the log file', async () => {
  const refusing = async () => {
    throw new AppError('disk_full', 'There is no space left')
  }
  const { app, logLines } = await withLink({}, { append: refusing })
  expect((await app.inject('/l/spring')).statusCode).toBe(302)
  expect(logLines.filter((line) => line.includes('a click on a tracking link was not stored'))).toHaveLength(1)
})

test('a log that hangs keeps nobody from the target', async () => {
  const { app } = await withLink({}, { append: () => new Promise(() => {}) })
  expect((await app.inject('/l/spring')).headers.location).toBe('https://example.com/app')
})
