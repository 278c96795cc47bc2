import { expect, test } from 'vitest'
import { isEntered, queryAnnotations } from './query-annotations.ts'

test('rows of a statement are moments and stretches of time', () => {
  const found = queryAnnotations('Releases', {
    rows: [
      { at: '2026-03-29T10:00:00+02:00', title: '<b>1.4</b>' },
      { time: '2026-03-30T10:00:00+02:00', until: '2026-03-30T11:00:00+02:00', title: null },
      { at: 'some day', title: 'never' },
      { title: 'nowhere' },
    ],
  })
  expect(found.map(({ at, until, title }) => [at, until, title])).toEqual([
    ['2026-03-29T08:00:00Z', null, '<b>1.4</b>'],
    ['2026-03-30T08:00:00Z', '2026-03-30T09:00:00Z', 'Releases'],
  ])
  expect(found.some(isEntered)).toBe(false)
  expect(isEntered({ id: '0197a1b2' })).toBe(true)
})
