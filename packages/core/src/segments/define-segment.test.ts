import { expect, test } from 'vitest'
import { defineSegment, type SegmentInput } from './define-segment.ts'

test('what is left out is filled in', () => {
  expect(defineSegment({ filter: { dimension: 'browser', values: ['Firefox'] } })).toEqual({
    description: '',
    cube: null,
    filter: { dimension: 'browser', op: 'in', values: ['Firefox'] },
  })
})

test('everything that is wrong is said at once', () => {
  const wrong = {
    name: 'No Name',
    filter: { dimension: 'browser', values: [] },
    color: 'red',
  } as unknown as SegmentInput
  const define = () => defineSegment(wrong)
  expect(define).toThrow(/the segment "No Name" has 3 mistakes: /)
  expect(define).toThrow(/name: expected 1 to 63 of the characters/)
  expect(define).toThrow(/expected nothing by the name of "color"/)
})

test.each([undefined, null, 7, 'x', []])('%j is no segment, and that is an error like any other', (input) => {
  expect(() => defineSegment(input as unknown as SegmentInput)).toThrow(
    expect.objectContaining({ code: 'invalid_config' }),
  )
})
