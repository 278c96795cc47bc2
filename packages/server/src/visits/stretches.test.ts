import { expect, test } from 'vitest'
import { type OldVisit, planStretches } from './stretches.ts'
import { STANDARD_RULE, type VisitRule } from './visit-rule.ts'

const MINUTE = 60_000
const touch = (from: number, to = from, person = '1') => ({
  environment: 'production',
  person,
  fromMs: from * MINUTE,
  toMs: to * MINUTE,
})
const visit = (visitId: string, from: number, to: number, person = '1'): OldVisit => ({
  environment: 'production',
  person,
  visitId,
  seenFromMs: from * MINUTE,
  startedAtMs: from * MINUTE,
  endedAtMs: to * MINUTE,
})
function planned(touches: Parameters<typeof planStretches>[0], visits: OldVisit[], rule: VisitRule = STANDARD_RULE) {
  const { stretches, replaced, neighbours } = planStretches(touches, visits, rule)
  return {
    stretches: stretches.map(({ fromMs, toMs }) => [fromMs / MINUTE, toMs / MINUTE]),
    replaced: replaced.map(({ visitId }) => visitId).sort(),
    neighbours: neighbours.map(({ visitId }) => visitId).sort(),
  }
}

test('a visit that a change falls into is read again, whole', () => {
  expect(planned([touch(105)], [visit('a', 100, 110)])).toEqual({
    stretches: [[100, 110]],
    replaced: ['a'],
    neighbours: [],
  })
})

test('a visit near a change is taken as it is', () => {
  expect(planned([touch(115)], [visit('a', 0, 110), visit('b', 144, 200)])).toEqual({
    stretches: [[115, 115]],
    replaced: ['a', 'b'],
    neighbours: ['a', 'b'],
  })
})

test('a visit thirty minutes away is left alone', () => {
  expect(planned([touch(140)], [visit('a', 100, 110), visit('b', 170, 180)])).toMatchObject({ replaced: [] })
})

test('what lies near a visit that is read again is taken too', () => {
  expect(planned([touch(200)], [visit('a', 100, 199), visit('b', 195, 240), visit('c', 265, 270)])).toMatchObject({
    stretches: [[195, 240]],
    neighbours: ['a', 'c'],
  })
})

test('changes far from each other do not draw in what lies between', () => {
  expect(planned([touch(0), touch(1000)], [visit('a', 500, 510)])).toEqual({
    stretches: [
      [0, 0],
      [1000, 1000],
    ],
    replaced: [],
    neighbours: [],
  })
})

test('another person’s visits have nothing to do with it', () => {
  expect(planned([touch(105)], [visit('a', 100, 110, '2')])).toMatchObject({ replaced: [] })
})

test('by Matomo’s rule whole days of the source’s zone are read again, and nothing else', () => {
  const day = 24 * 60
  const berlin: VisitRule = { rule: 'matomo', timezone: 'Europe/Berlin' }
  const { stretches, replaced, neighbours } = planned(
    [touch(10)],
    [visit('a', -10, 5), visit('b', day - 55, day - 50)],
    berlin,
  )
  expect(stretches).toEqual([[-60, day - 60 - 1 / MINUTE]])
  expect({ replaced, neighbours }).toEqual({ replaced: ['a'], neighbours: [] })
})
