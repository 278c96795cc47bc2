import { expect, test } from 'vitest'
import { cutText, textWidthPx } from './text-width.ts'

test('what fits is left as it is', () => {
  expect(cutText('Direct', 60, 11)).toBe('Direct')
})

test.each(['a'.repeat(500), 'عروض '.repeat(100), '👩‍👩‍👧‍👦'.repeat(60), '漢'.repeat(500)])(
  '%s is cut to its room',
  (text) => {
    const cut = cutText(text, 100, 11)
    expect(cut.endsWith('…')).toBe(true)
    expect(cut.length).toBeGreaterThan(3)
    expect(textWidthPx(cut, 11)).toBeLessThanOrEqual(100)
  },
)

test('an emoji of several code points is kept whole or left out whole', () => {
  const family = '👩‍👩‍👧‍👦'
  expect(cutText(family.repeat(20), 150, 11).replaceAll(family, '')).toBe('…')
})

test('lines become one', () => {
  expect(cutText('a\n  b', 100, 11)).toBe('a b')
})
