import { expect, test } from 'vitest'
import { RowText } from './row-text.ts'

test('rows stand one behind the other, each with its line break', () => {
  const text = new RowText(0)
  const first = text.add('["a"]')
  const second = text.add('["ü€😀"]')

  expect(text.between(first, second).toString()).toBe('["a"]\n')
  expect(text.between(second, text.sizeBytes).toString()).toBe('["ü€😀"]\n')
})

test('it grows beyond what was expected and keeps what it has', () => {
  const text = new RowText(10)
  const rows = Array.from({ length: 500 }, (_, n) => JSON.stringify([n, '€'.repeat(400)]))
  for (const row of rows) text.add(row)

  expect(text.between(0, text.sizeBytes).toString()).toBe(`${rows.join('\n')}\n`)
})
