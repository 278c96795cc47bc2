import { expect, test } from 'vitest'
import { timezoneOptions } from './timezone-options.ts'

const options = timezoneOptions(Temporal.Instant.from('2026-11-18T10:00Z'), 'Europe/Berlin')
const noteOf = (id: string) => options.find((option) => option.id === id)?.note

test('the own zone and UTC come first', () => {
  expect(options.slice(0, 2).map(({ id }) => id)).toEqual(['Europe/Berlin', 'UTC'])
  expect(new Set(options.map(({ id }) => id)).size).toBe(options.length)
})

test.each([
  ['Europe/Berlin', 'UTC+1'],
  ['America/New_York', 'UTC−5'],
  ['UTC', 'UTC'],
  ['America/St_Johns', 'UTC−3:30'],
])('%s stands at %s', (id, note) => {
  expect(noteOf(id)).toBe(note)
})

test('places have their present names', () => {
  expect(noteOf('Asia/Kathmandu')).toBe('UTC+5:45')
  expect(noteOf('Asia/Katmandu')).toBeUndefined()
  expect(noteOf('Asia/Kolkata')).toBe('UTC+5:30')
})
