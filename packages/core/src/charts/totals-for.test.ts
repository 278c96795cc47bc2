import { expect, test } from 'vitest'
import type { ChartSpec } from './chart-spec.ts'
import { totalsFor } from './totals-for.ts'

test.each<{ chart: ChartSpec; dimensions: string[]; totals: string[][] }>([
  { chart: { kind: 'number' }, dimensions: [], totals: [] },
  { chart: { kind: 'number' }, dimensions: ['time'], totals: [[]] },
  { chart: { kind: 'number' }, dimensions: ['time', 'path'], totals: [[], ['time']] },
  { chart: { kind: 'line' }, dimensions: ['time', 'path'], totals: [] },
  { chart: { kind: 'donut' }, dimensions: ['source'], totals: [[]] },
  { chart: { kind: 'donut', by: 'source' }, dimensions: ['time', 'source'], totals: [[], ['source']] },
  { chart: { kind: 'table' }, dimensions: ['path'], totals: [] },
  { chart: { kind: 'table', totals: true }, dimensions: ['path'], totals: [[]] },
  { chart: { kind: 'ranked_list' }, dimensions: ['path'], totals: [] },
  { chart: { kind: 'ranked_list', share: true }, dimensions: ['path'], totals: [[]] },
  { chart: { kind: 'treemap' }, dimensions: ['channel', 'source'], totals: [[], ['channel']] },
  { chart: { kind: 'bullet' }, dimensions: ['time'], totals: [[]] },
  { chart: { kind: 'bullet' }, dimensions: ['time', 'team'], totals: [['team']] },
  { chart: { kind: 'pivot' }, dimensions: ['country', 'device'], totals: [[], ['device'], ['country']] },
])('$chart.kind by $dimensions needs the totals $totals', ({ chart, dimensions, totals }) => {
  expect(totalsFor(chart, dimensions)).toEqual(totals)
})
