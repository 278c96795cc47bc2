import { expect, test } from 'vitest'
import { sourceSlug } from './source-slug.ts'

test.each([
  ['Website', 'website'],
  ['Tea & Co. – Shop', 'tea-co-shop'],
  ['  www.example.com ', 'www-example-com'],
  ['Übersicht für Øre & Maß', 'ubersicht-fur-ore-mass'],
  ['Москва', ''],
  ['--', ''],
])('%j is suggested as %j', (label, slug) => {
  expect(sourceSlug(label)).toBe(slug)
})

test('a suggestion is never longer than a name may be, and ends with a letter or digit', () => {
  expect(sourceSlug(`${'a'.repeat(62)} b`)).toBe('a'.repeat(62))
  expect(sourceSlug('ab '.repeat(50)).length).toBeLessThanOrEqual(63)
})
