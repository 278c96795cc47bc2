import { AppError } from '@almanac/core/errors.ts'
import { expect, test } from 'vitest'
import type { FileTally } from '../import-file.ts'
import { isRight, reportOf } from './file-report.ts'

const STATE = {
  id: 'i',
  acknowledgedBytes: 0,
  acknowledgedLines: 0,
  stored: 100,
  duplicates: 10,
  quarantined: 1,
  pendingBytes: 0,
}
const tallyOf = (over: Partial<FileTally>): FileTally => ({
  importId: 'i',
  before: STATE,
  linesBefore: 0,
  readLines: 50,
  emptyLines: 0,
  filtered: {},
  maybeTwice: 0,
  maybeTwiceRejected: 0,
  rejectedLines: 2,
  reasons: [],
  failure: undefined,
  ...over,
})
/** Of a file of 50 lines, two of them rejected, what the server counted since. */
const report = (stored: number, duplicates: number, quarantined: number, over: Partial<FileTally> = {}) =>
  reportOf('f', tallyOf(over), {
    stored: 100 + stored,
    duplicates: 10 + duplicates,
    quarantined: 1 + quarantined,
  })

test.each([
  { what: 'all stored', counted: [48, 0, 2], expected: [48, 0, 2, 0] },
  { what: 'some there already', counted: [8, 40, 2], expected: [8, 40, 2, 0] },
  { what: 'some refused by the database', counted: [43, 0, 7], expected: [43, 0, 7, 0] },
  { what: 'some lost', counted: [40, 0, 2], expected: [40, 0, 2, 8] },
  { what: 'more than was read, for no reason', counted: [48, 5, 2], expected: [48, 5, 2, -5] },
] as const)('$what: $counted is reported as $expected', ({ counted: [newOnes, twins, refused], expected }) => {
  const { stored, alreadyThere, quarantined, unaccounted } = report(newOnes, twins, refused)
  expect([stored, alreadyThere, quarantined, unaccounted]).toEqual(expected)
})

test.each([
  { what: 'a chunk that came twice', counted: [48, 19, 3], expected: [48, 0, 2, 0] },
  { what: 'a chunk that came twice in a file that was there', counted: [0, 67, 3], expected: [0, 48, 2, 0] },
  { what: 'a chunk that might have come twice, and did not', counted: [48, 0, 2], expected: [48, 0, 2, 0] },
  { what: 'more than what may have come twice', counted: [48, 30, 3], expected: [48, 11, 2, -11] },
] as const)('$what: $counted is reported as $expected', ({ counted: [newOnes, twins, refused], expected }) => {
  const twice = { maybeTwice: 20, maybeTwiceRejected: 1 }
  const { stored, alreadyThere, quarantined, unaccounted } = report(newOnes, twins, refused, twice)
  expect([stored, alreadyThere, quarantined, unaccounted]).toEqual(expected)
})

test('what the source does not want is accounted for, and not among what was sent', () => {
  const filtered = { filtered: { address: 30, path: 10 } }
  expect(report(8, 0, 2, filtered)).toMatchObject({ read: 50, stored: 8, unaccounted: 0, ...filtered })
  // A chunk that came twice is told from the lines that were not sent at all.
  expect(report(8, 8, 2, { ...filtered, maybeTwice: 20 })).toMatchObject({ alreadyThere: 0, unaccounted: 0 })
  expect(report(7, 0, 2, filtered).unaccounted).toBe(1)
})

test('a report is right when all lines are accounted for and nothing failed', () => {
  expect(isRight(report(48, 0, 2))).toBe(true)
  expect(isRight(report(47, 0, 2))).toBe(false)
  const failure = new AppError('invalid_request', 'cut off', { hint: 'get it whole' })
  expect(isRight(report(48, 0, 2, { failure }))).toBe(false)
  expect(report(48, 0, 2, { failure }).error).toEqual({ message: 'cut off', hint: 'get it whole' })
})

test('a bug is thrown on', () => {
  expect(() => report(48, 0, 2, { failure: new TypeError('a bug') })).toThrow('a bug')
})
