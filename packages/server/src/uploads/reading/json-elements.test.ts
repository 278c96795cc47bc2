import { expect, test } from 'vitest'
import { jsonElements } from './json-elements.ts'

const parsed = (text: string) => [...jsonElements(text)].map((piece) => JSON.parse(piece.text))

test.each([
  { what: 'a list', text: '[{"a":1},\n {"a":2}]', expected: [{ a: 1 }, { a: 2 }] },
  { what: 'lines', text: '{"a":1}\n\n{"a":2}\n', expected: [{ a: 1 }, { a: 2 }] },
  {
    what: 'an object with a list in it',
    text: '{"total": 2, "tags": [1], "data": {"items": [{"a":1},{"a":2}]}}',
    expected: [{ a: 1 }, { a: 2 }],
  },
  { what: 'the nearest list', text: '{"x": {"deep": [{"b":1}]}, "items": [{"a":1}]}', expected: [{ a: 1 }] },
  { what: 'one object', text: '{"a": 1, "b": [1, 2]}', expected: [{ a: 1, b: [1, 2] }] },
  {
    what: 'brackets and quotes in texts',
    text: '[{"a":"}]\\"{,"},{"a":"\\\\"}]',
    expected: [{ a: '}]"{,' }, { a: '\\' }],
  },
  {
    what: 'lists of lists',
    text: '[[1,"x"],[2,"y"]]',
    expected: [
      [1, 'x'],
      [2, 'y'],
    ],
  },
  { what: 'a byte order mark', text: '\ufeff[{"a":1}]', expected: [{ a: 1 }] },
  { what: 'nothing', text: '  ', expected: [] },
  { what: 'an empty list', text: '[]', expected: [] },
])('$what', ({ text, expected }) => {
  expect(parsed(text)).toEqual(expected)
})

test('each knows its line', () => {
  expect([...jsonElements('[\n{"a":1},\n\n{"a":\n2},{"a":3}]')].map(({ line }) => line)).toEqual([2, 4, 5])
})

test('a list that breaks off gives what is whole, and a piece that is none', () => {
  const pieces = [...jsonElements('[{"a":1},{"a":')].map(({ text }) => text)
  expect(pieces[0]).toBe('{"a":1}')
  expect(() => JSON.parse(pieces[1] ?? '')).toThrow()
})

test('what is no JSON says what it began with', () => {
  expect(() => [...jsonElements('nothing of the kind')]).toThrow(
    'Expected JSON to begin with [ or {, got "nothing of the kind"',
  )
})
