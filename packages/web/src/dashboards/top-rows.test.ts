import { expect, test } from 'vitest'
import { topRows } from './top-rows.ts'

test('bars are measured by the longest, shares by all hits', () => {
  const rows = topRows(
    [
      { path: '/', hits: 50, visitors: 9 },
      { path: '/a', hits: 25, visitors: 8 },
    ],
    'path',
    200,
  )
  expect(rows).toMatchObject([
    { value: '/', label: '/', bar: 1, share: 0.25, visitors: 9 },
    { value: '/a', label: '/a', bar: 0.5, share: 0.125, visitors: 8 },
  ])
})

test('without a total there is no share', () => {
  expect(topRows([{ path: '/', hits: 5, visitors: 1 }], 'path', undefined)[0]?.share).toBeUndefined()
})

test.each([
  { dimension: 'status', value: 404, label: 'Not Found', mark: '404' },
  { dimension: 'status', value: 799, label: 'Other', mark: '799' },
  { dimension: 'country', value: 'DE', label: 'Germany', mark: 'DE' },
  { dimension: 'country', value: '??', label: '??', mark: '??' },
  { dimension: 'country', value: '', label: 'Unknown country', mark: undefined },
  { dimension: 'referrer', value: '', label: 'Direct or within the site', mark: undefined },
  { dimension: 'path', value: '<b>x</b>', label: '<b>x</b>', mark: undefined },
] as const)('$dimension $value reads $label', ({ dimension, value, label, mark }) => {
  expect(topRows([{ [dimension]: value, hits: 1, visitors: 1 }], dimension, 1, 'en')[0]).toMatchObject({ label, mark })
})
