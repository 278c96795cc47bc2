import type { CohortAnswer, CohortTable } from '@almanac/core/cohorts/cohort.ts'
import { expect, test } from 'vitest'
import { frameOfCohorts } from './cohort-frame.ts'

const TABLE: CohortTable = {
  size: 10,
  cohorts: [
    {
      start: '2026-04-06T00:00:00+02:00',
      size: 10,
      isOpen: false,
      periods: [
        { persons: 9, share: 0.9, isOpen: false },
        { persons: 4, share: 0.4, isOpen: true },
      ],
    },
    {
      start: '2026-04-13T00:00:00+02:00',
      size: 0,
      isOpen: true,
      periods: [{ persons: null, share: null, isOpen: true }],
    },
  ],
  average: [{ persons: 9, of: 10, share: 0.9, cohorts: 1 }],
}
const ANSWER: CohortAnswer = {
  cube: 'mobile',
  kind: 'retention',
  grain: 'week',
  timezone: 'Europe/Berlin',
  periods: 1,
  all: TABLE,
  slices: [
    { ...TABLE, value: 'ads' },
    { ...TABLE, value: null },
  ],
  meta: { sql: 'SELECT secret', parameters: {}, rowsRead: 1, elapsedMs: 1, asOf: '2026-04-14T00:00:00Z' },
}
const ASKED = { from: '2026-04-06', to: '2026-04-20', firstDayOfWeek: 1 }

test('each period of each cohort is a row, the average of those that have ended is the total', () => {
  const frame = frameOfCohorts(ANSWER, { ...ASKED, by: undefined })

  expect(frame.columns.map(({ name }) => name)).toEqual(['cohort', 'period', 'size', 'persons', 'share', 'is_open'])
  expect(frame.rows).toEqual([
    { cohort: '2026-04-06T00:00:00+02:00', period: 0, size: 10, persons: 9, share: 0.9, is_open: false },
    { cohort: '2026-04-06T00:00:00+02:00', period: 1, size: 10, persons: 4, share: 0.4, is_open: true },
    { cohort: '2026-04-13T00:00:00+02:00', period: 0, size: 0, persons: null, share: null, is_open: true },
  ])
  expect(frame.totals).toEqual([{ dimensions: ['period'], rows: [{ period: 0, size: 10, persons: 9, share: 0.9 }] }])
  expect(frame).toMatchObject({ grain: 'week', openFrom: '2026-04-13T00:00:00+02:00', asOf: '2026-04-14T00:00:00Z' })
  expect(JSON.stringify(frame)).not.toContain('secret')
})

test('by a dimension, each of its values has rows of its own', () => {
  const frame = frameOfCohorts(ANSWER, { ...ASKED, by: 'channel' })

  expect(frame.columns[1]).toMatchObject({ name: 'channel', kind: 'dimension' })
  expect(frame.rows.map(({ channel }) => channel)).toEqual(['ads', 'ads', 'ads', null, null, null])
})
