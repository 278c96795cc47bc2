import { expect, test } from 'vitest'
import type { CubeEntry } from '../api/cubes.ts'
import { exploreItems } from './explore-items.tsx'
import { foundGroups } from './palette-items.ts'

const measure = (name: string, label: string) => ({
  name,
  label,
  format: 'integer' as const,
  better: 'higher' as const,
  class: 'additive',
})
const CUBES: CubeEntry[] = [
  { name: 'web', label: 'Web', measures: [measure('visitors', 'Visitors'), measure('pageviews', 'Page views')] },
  {
    name: 'product',
    label: 'Product',
    measures: [measure('dau', 'Daily active users'), measure('signups', 'Sign-ups')],
  },
].map((cube) => ({ ...cube, timezone: 'UTC', firstDayOfWeek: 1, fiscalYearStart: 1, dimensions: [] }))

test.each([
  { typed: 'sign-ups', label: 'Explore Sign-ups', leadsTo: ['product', ['signups']] },
  { typed: 'dau', label: 'Explore Daily active users', leadsTo: ['product', ['dau']] },
  { typed: 'page views', label: 'Explore Page views', leadsTo: ['web', ['pageviews']] },
  { typed: 'explore web', label: 'Explore Web', leadsTo: ['web', ['visitors']] },
])('$typed finds "$label", which leads to $leadsTo', ({ typed, label, leadsTo }) => {
  const explored: unknown[] = []
  const items = exploreItems(CUBES, (...what) => explored.push(what))
  const [first] = foundGroups([{ label: 'Explore', items, isHidden: true }], typed)[0]?.items ?? []
  first?.run()
  expect(first?.label).toBe(label)
  expect(explored).toEqual([leadsTo])
})

test('a cube whose measure has the same name is there once, as that measure', () => {
  const [web] = CUBES
  if (!web) throw new Error('expected a cube')
  const revenue = { ...web, name: 'revenue', label: 'Revenue', measures: [measure('revenue', 'Revenue')] }
  const found = foundGroups([{ label: 'Explore', items: exploreItems([revenue], () => {}) }], 'revenue')
  expect(found[0]?.items.map(({ id, note }) => [id, note])).toEqual([['measure:revenue.revenue', 'Revenue']])
})
