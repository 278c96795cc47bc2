import { expect, test } from 'vitest'
import { extentOf } from './extent.ts'

const row = (time: string, hits: number) => ({ time, hits })

test('all time is from the first week with something to the end of the last, of all cubes', () => {
  const web = { measure: 'hits', rows: [row('2026-09-07T00:00:00+02:00', 3), row('2026-10-05T00:00:00+02:00', 5)] }
  const shop = { measure: 'hits', rows: [row('2015-05-04T00:00:00+02:00', 1), row('1970-01-01T00:00:00+01:00', 0)] }
  const extent = extentOf([web, shop], 'Europe/Berlin')
  expect(extent?.from.toPlainDate().toString()).toBe('2015-05-04')
  expect(extent?.to.toPlainDate().toString()).toBe('2026-10-12')
})

test('where there is nothing, there is no time', () => {
  expect(extentOf([], 'UTC')).toBeNull()
  expect(extentOf([{ measure: 'hits', rows: [row('2026-09-01T00:00:00Z', 0)] }], 'UTC')).toBeNull()
})
