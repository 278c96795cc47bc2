import { expect, test } from 'vitest'
import { rangeToSearch } from './dashboard-range.ts'
import { extentOf } from './extent.ts'

test('data reaches from its first day to the end of its last one, whatever the order of the rows', () => {
  const rows = [
    { time: '2015-05-20T00:00:00+00:00', hits: 9 },
    { time: '2015-05-17T00:00:00+00:00', hits: 4 },
    { time: '2015-05-18T00:00:00+00:00', hits: 2 },
    { time: '2015-06-01T00:00:00+00:00', hits: 0 },
  ]
  const extent = extentOf(rows, 'UTC')
  expect(extent && rangeToSearch(extent)).toEqual({ from: '2015-05-17', to: '2015-05-21' })
})

test('no rows reach nowhere', () => {
  expect(extentOf([], 'UTC')).toBeUndefined()
})
