import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { opened, sealed } from './secret-headers.ts'

const key = randomBytes(32)
const HEADERS = { authorization: 'Bearer very-secret' }

test('headers come back as they were, and nobody sees them in between', () => {
  const bytes = sealed(HEADERS, key, 'upload')
  expect(bytes.toString('latin1')).not.toContain('very-secret')
  expect(opened(bytes, key, 'upload')).toEqual(HEADERS)
  expect(sealed(HEADERS, key, 'upload')).not.toEqual(bytes)
})

test('with another key, for another upload, or changed, they do not open', () => {
  const bytes = sealed(HEADERS, key, 'upload')
  const changed = Buffer.from(bytes)
  changed[bytes.length - 1] = (changed[bytes.length - 1] ?? 0) ^ 1
  expect(() => opened(bytes, randomBytes(32), 'upload')).toThrow('another key')
  expect(() => opened(bytes, key, 'other')).toThrow('another key')
  expect(() => opened(changed, key, 'upload')).toThrow('another key')
})
