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
