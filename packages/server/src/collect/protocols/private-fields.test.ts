import { expect, test } from 'vitest'
import { rawWithoutPrivate } from './private-fields.ts'

test.each([
  { value: { idsite: '1', cip: '203.0.113.9', token_auth: 't' }, raw: '{"idsite":"1"}' },
  { value: [{ payload: { ip: '203.0.113.9', name: 'a' } }], raw: '[{"payload":{"name":"a"}}]' },
  { value: null, raw: 'null' },
  { value: 7, raw: '7' },
  { value: '{"half":', raw: '{"half":' },
  { value: undefined, raw: '' },
])('of $value is kept $raw', ({ value, raw }) => {
  expect(rawWithoutPrivate(value)).toBe(raw)
})
