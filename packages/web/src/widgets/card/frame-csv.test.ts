import type { Frame } from '@almanac/core/charts/frame.ts'
import { expect, test } from 'vitest'
import { frameCsv } from './frame-csv.ts'

const FRAME = {
  columns: [
    { name: 'time', kind: 'time', type: 'time', label: 'Day' },
    { name: 'page', kind: 'dimension', type: 'string', label: 'Page' },
    { name: 'hits', kind: 'measure', type: 'number', label: 'Hits', format: 'integer' },
    {
      name: 'hits:previous_year:percent',
      kind: 'comparison',
      type: 'number',
      label: 'Hits',
      measure: 'hits',
      comparison: 'previous_year',
      part: 'percent',
    },
  ],
  rows: [
    { time: '2026-11-01T00:00:00+01:00', page: 'a, "b"', hits: 1234567.5, 'hits:previous_year:percent': 12.25 },
    { time: '2026-11-02T00:00:00+01:00', page: '=HYPERLINK("http://x")', hits: null },
    { time: '2026-11-03T00:00:00+01:00', page: 'عروض\n🎉', hits: -1 },
  ],
} as unknown as Frame

test('a file has the names that are seen, raw numbers, ISO times, and no formula', () => {
  expect(frameCsv(FRAME, { hits: 'Requests' })).toBe(
    [
      '\uFEFFDay,Page,Requests,"Hits, change from previous year in %"',
      '2026-11-01T00:00:00+01:00,"a, ""b""",1234567.5,12.25',
      '2026-11-02T00:00:00+01:00,"\'=HYPERLINK(""http://x"")",,',
      '2026-11-03T00:00:00+01:00,"عروض\n🎉",-1,',
      '',
    ].join('\r\n'),
  )
})

test('the rest of a top list is named in its first dimension, and amounts say their currency', () => {
  const amount = { type: 'number', label: 'Revenue', format: 'currency', currency: 'USD' } as const
  const compared = { ...amount, kind: 'comparison', measure: 'revenue', comparison: 'previous_period' } as const
  const frame = {
    columns: [
      { name: 'country', kind: 'dimension', type: 'string', label: 'Country' },
      { name: 'city', kind: 'dimension', type: 'string', label: 'City' },
      { name: 'isRest', kind: 'flag', type: 'boolean', label: 'Everything else' },
      { ...amount, name: 'revenue', kind: 'measure' },
      { ...compared, name: 'revenue:previous_period', part: 'value' },
      { ...compared, name: 'revenue:previous_period:percent', part: 'percent' },
      { ...amount, name: 'usd', kind: 'measure', label: 'Refunds in USD' },
      { ...amount, name: 'mixed', kind: 'measure', label: 'Of any currency', currency: undefined },
    ],
    rows: [
      { country: 'DE', city: 'Kiel', isRest: false, revenue: 0.1 + 0.2, 'revenue:previous_period:percent': 200 / 3 },
      { country: null, city: null, isRest: true, revenue: -9459.189999999999, usd: 12 },
    ],
  } as unknown as Frame
  expect(frameCsv(frame)).toBe(
    [
      '\uFEFFCountry,City,Revenue (USD),"Revenue, previous period (USD)","Revenue, change from previous period in %",Refunds in USD,Of any currency',
      'DE,Kiel,0.3,,66.6666666667,,',
      'Everything else,,-9459.19,,,12,',
      '',
    ].join('\r\n'),
  )
})
