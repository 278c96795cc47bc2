import { afterEach, beforeEach, expect, test } from 'vitest'
import type { NewShareLink } from '../../../sharing/share-link.ts'
import { noSharing } from '../../../sharing/testing/no-sharing.ts'
import { buildTestApp, type TestApp } from '../../test-app.ts'

const LINK = {
  id: '0b7a3d5e-1a5e-4a54-9f37-6f7d5e1c2b3a',
  label: '',
  hasPassword: true,
  allowed: ['range'],
  timezone: 'UTC',
  createdBy: null,
  createdAt: new Date(0),
  expiresAt: new Date(1000),
  lastUsedAt: null,
}

let tested: TestApp
let made: [slug: string, link: NewShareLink][]
beforeEach(async () => {
  made = []
  tested = await buildTestApp({
    shareLinks: {
      ...noSharing().shareLinks,
      list: async () => [LINK],
      make: async (slug, link) => {
        made.push([slug, link])
        return { link: LINK, token: 'secret-token' }
      },
    },
  })
})
afterEach(() => tested.app.close())

const url = '/api/v1/boards/sales/links'
const post = (payload: object) => tested.app.inject({ method: 'POST', url, headers: tested.as.editor, payload })

test('a link is made with what was chosen, and its token is told once', async () => {
  const answer = await post({
    password: 'open sesame',
    expiresAt: '2027-01-01T00:00:00+01:00',
    allow: ['range', 'range'],
  })

  expect(answer.statusCode).toBe(201)
  expect(answer.json()).toMatchObject({
    token: 'secret-token',
    path: '/public/secret-token',
    embedPath: '/embed/secret-token',
    url: expect.stringMatching(/^http:\/\/localhost(:80)?\/public\/secret-token$/),
    link: { hasPassword: true, allow: ['range'], expiresAt: '1970-01-01T00:00:01.000Z' },
  })
  const expiresAt = new Date('2026-12-31T23:00:00Z')
  expect(made).toEqual([
    ['sales', { label: '', password: 'open sesame', expiresAt, allowed: ['range'], timezone: 'UTC' }],
  ])

  const list = await tested.app.inject({ url, headers: tested.as.editor })
  expect(list.json()).toMatchObject({ links: [{ id: LINK.id, createdBy: null }] })
  expect(list.body).not.toContain('secret-token')
})

test('nothing is allowed and nothing is needed where nothing is said', async () => {
  await post({})
  expect(made[0]?.[1]).toMatchObject({ allowed: [], timezone: 'UTC' })
  expect(made[0]?.[1].password).toBeUndefined()
})

test.each([
  { what: 'a password of five characters', payload: { password: '12345' } },
  { what: 'a time without a zone', payload: { expiresAt: '2027-01-01T00:00:00' } },
  { what: 'a name that is not known', payload: { filters: [] } },
])('$what is refused', async ({ payload }) => {
  expect((await post(payload)).statusCode).toBe(400)
  expect(made).toEqual([])
})
