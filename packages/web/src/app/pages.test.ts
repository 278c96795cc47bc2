import { expect, test } from 'vitest'
import { PAGES, pagesFor } from './pages.ts'

test('no two pages have the same address or the same keys', () => {
  const paths = PAGES.map(({ path }) => path)
  const keys = PAGES.flatMap((page) => page.keys ?? [])
  expect(new Set(paths).size).toBe(paths.length)
  expect(new Set(keys).size).toBe(keys.length)
})

test('settings are for admins; everybody has the dashboards', () => {
  const paths = (role: string | undefined) => pagesFor(role).map(({ path }) => path)
  expect(paths('admin')).toContain('/settings/keys')
  expect(paths('viewer')).not.toContain('/settings/keys')
  expect(paths(undefined)).toContain('/dashboards')
})
