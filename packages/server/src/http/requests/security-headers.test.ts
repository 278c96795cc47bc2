import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../test-app.ts'

let tested: TestApp
beforeAll(async () => {
  tested = await buildTestApp()
})
afterAll(() => tested.app.close())

const headersOf = async (url: string) => (await tested.app.inject({ method: 'GET', url })).headers

describe('which pages may stand inside of pages of others', () => {
  test.each(['/embed/some-token', '/embed/some_token/', '/embed/board-sales?theme=dark'])('%s may', async (url) => {
    const headers = await headersOf(url)
    expect(headers['content-security-policy']).toMatch(/frame-ancestors \*$/)
    expect(headers['x-frame-options']).toBeUndefined()
    expect(headers['content-security-policy']).toContain(`script-src 'self'`)
  })

  test.each([
    '/',
    '/login',
    '/dashboards/overview',
    '/public/some-token',
    '/embed',
    '/embed/',
    '/embed/a/b',
    '/embed/../login',
    '/embed/%2e%2e/login',
    '/embedded/x',
    '/api/v1/public/some-token',
    '/api/v1/session?/embed/x',
  ])('%s may not', async (url) => {
    const headers = await headersOf(url)
    expect(headers['content-security-policy']).toMatch(/frame-ancestors 'none'$/)
    expect(headers['x-frame-options']).toBe('DENY')
  })
})

test('images and frames come by https alone, and scripts from here alone', async () => {
  const policy = String((await headersOf('/'))['content-security-policy']).split('; ')

  expect(policy).toContain(`img-src 'self' data: https:`)
  expect(policy).toContain(`frame-src 'self' https:`)
  expect(policy.filter((rule) => rule.startsWith('script-src'))).toEqual([`script-src 'self'`])
})

test.each(['/public/some-token', '/embed/some-token', '/invitations/some-token'])(
  'the address %s is told to nobody',
  async (url) => {
    expect(await headersOf(url)).toMatchObject({ 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer' })
  },
)
