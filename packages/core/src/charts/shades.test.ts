import { expect, test } from 'vitest'
import { contrast, inkOn, shadeAt, shareByRank } from './shades.ts'
import { CONTRAST, DARK, LIGHT } from './theme.ts'

test.each([LIGHT, DARK, CONTRAST])('text can be read on every shade and every series of $name', (theme) => {
  for (const background of [...theme.shades, ...theme.series])
    expect(contrast(inkOn(background, theme), background), background).toBeGreaterThanOrEqual(4.5)
})

test('black on white is 21 to 1', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#ffffff', '#ffffff')).toBe(1)
})

test('the strongest shade is that of the greatest, and what lies outside takes the nearest', () => {
  expect([-1, 0, 1, 2].map((share) => LIGHT.shades.indexOf(shadeAt(share, LIGHT)))).toEqual([0, 0, 7, 7])
})

test('by rank, one value that is a million times the others leaves them their differences', () => {
  const share = shareByRank([1, 2, 3, 3, 1_000_000])
  expect([1, 2, 3, 1_000_000].map(share)).toEqual([0, 1 / 3, 2 / 3, 1])
})

test('a value alone has the strongest shade', () => {
  expect(shareByRank([7, 7])(7)).toBe(1)
})
