import { expect, test } from 'vitest'
import { freeSlug, SLUG, slugOf } from './slug.ts'

test.each([
  { title: 'Sales', slug: 'sales' },
  { title: '  Umsätze & Größen (2027) ', slug: 'umsatze-grossen-2027' },
  { title: 'Île-de-France: ventes…', slug: 'ile-de-france-ventes' },
  { title: '../../etc/passwd%00', slug: 'etc-passwd-00' },
  { title: 'İstanbul', slug: 'istanbul' },
  { title: '日本 2027', slug: '2027' },
  { title: '日本', slug: 'board' },
  { title: '---', slug: 'board' },
  { title: '👩‍👩‍👧', slug: 'board' },
  { title: 'x'.repeat(500), slug: 'x'.repeat(70) },
  { title: `${'x'.repeat(69)} y`, slug: 'x'.repeat(69) },
])('"$title" is at $slug', ({ title, slug }) => {
  expect(slugOf(title)).toBe(slug)
  expect(slug).toMatch(SLUG)
})

test('a slug that is taken gets the next number that is free', () => {
  const taken = new Set(['sales', 'sales-2', 'sales-4'])
  expect(freeSlug('sales', (slug) => taken.has(slug))).toBe('sales-3')
  expect(freeSlug('costs', (slug) => taken.has(slug))).toBe('costs')
})
