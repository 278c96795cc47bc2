import type { ChartSpec } from '../chart-spec.ts'
import type { Look } from '../drawing.ts'
import type { Frame } from '../frame.ts'
import * as frames from './frames.ts'

/** A case by the name of its golden file: every kind that is drawn along axes, in its usual and its hard forms. */
interface AxesCase {
  readonly name: string
  readonly spec: ChartSpec
  readonly frame: Frame
  readonly look?: Partial<Look>
}

const ANNOTATIONS = [
  { at: '2026-10-14T10:00:00Z', title: 'Release 2.1 <b>now</b>' },
  { at: '2026-10-20T00:00:00+02:00', until: '2026-10-23T00:00:00+02:00', title: 'Campaign' },
]
const TARGETS = [{ value: 6000, label: 'Goal' }]
const BANDS = [
  { to: 2000, tone: 'bad' as const, label: 'Too few' },
  { from: 5000, tone: 'good' as const },
]

export const AXES_CASES: readonly AxesCase[] = [
  { name: 'line', spec: { kind: 'line' }, frame: frames.HITS_BY_DAY, look: { annotations: ANNOTATIONS } },
  { name: 'line-of-today', spec: { kind: 'line', targets: TARGETS, bands: BANDS }, frame: frames.HITS_TODAY },
  { name: 'line-two-axes', spec: { kind: 'line', curve: 'smooth' }, frame: frames.SHOP_BY_MONTH },
  { name: 'line-below-zero', spec: { kind: 'line', points: true, gaps: 'join' }, frame: frames.BALANCES },
  { name: 'line-not-additive', spec: { kind: 'line' }, frame: frames.VISITORS_BY_CITY },
  { name: 'line-one-point', spec: { kind: 'line' }, frame: frames.ONE_POINT },
  { name: 'line-only-nulls', spec: { kind: 'line' }, frame: frames.ONLY_NULLS },
  { name: 'line-of-sql', spec: { kind: 'line', fromZero: false, curve: 'step' }, frame: frames.SQL_BY_DATE },
  { name: 'area', spec: { kind: 'area', most: 2 }, frame: frames.HITS_BY_BROWSER },
  { name: 'stacked-area', spec: { kind: 'stacked_area' }, frame: frames.HITS_BY_BROWSER },
  { name: 'share-area', spec: { kind: 'share_area' }, frame: frames.HITS_BY_BROWSER },
  { name: 'bar', spec: { kind: 'bar' }, frame: frames.REVENUE_BY_COUNTRY },
  { name: 'bar-hostile-names', spec: { kind: 'bar' }, frame: frames.HOSTILE_NAMES },
  { name: 'bar-far-apart', spec: { kind: 'bar', scale: 'log' }, frame: frames.FAR_APART },
  { name: 'horizontal-bar', spec: { kind: 'horizontal_bar' }, frame: frames.REVENUE_BY_COUNTRY },
  { name: 'horizontal-bar-hostile-names', spec: { kind: 'horizontal_bar' }, frame: frames.HOSTILE_NAMES },
  { name: 'stacked-bar', spec: { kind: 'stacked_bar' }, frame: frames.HITS_BY_PAGE_AND_DEVICE },
  { name: 'stacked-bar-below-zero', spec: { kind: 'stacked_bar' }, frame: frames.BALANCES },
  {
    name: 'stacked-bar-shares',
    spec: { kind: 'stacked_bar', share: true, direction: 'right' },
    frame: frames.HITS_BY_PAGE_AND_DEVICE,
  },
  { name: 'combo', spec: { kind: 'combo', values: ['revenue', 'error_rate'] }, frame: frames.SHOP_BY_MONTH },
  { name: 'scatter', spec: { kind: 'scatter' }, frame: frames.CAMPAIGNS },
  { name: 'bubble', spec: { kind: 'bubble' }, frame: frames.CAMPAIGNS },
  { name: 'histogram', spec: { kind: 'histogram', value: 'basket' }, frame: frames.ORDERS },
  { name: 'box-plot', spec: { kind: 'box_plot' }, frame: frames.LATENCY_BY_ENDPOINT },
  { name: 'box-plot-of-a-sample', spec: { kind: 'box_plot', values: ['basket'] }, frame: frames.ORDERS },
  { name: 'waterfall', spec: { kind: 'waterfall' }, frame: frames.PROFIT },
  { name: 'heat-map', spec: { kind: 'heat_map' }, frame: frames.HITS_BY_COUNTRY_AND_DEVICE },
  { name: 'calendar-heat-map', spec: { kind: 'calendar_heat_map' }, frame: frames.ORDERS_BY_DAY },
  { name: 'hour-weekday', spec: { kind: 'hour_weekday' }, frame: frames.HITS_BY_HOUR_AND_WEEKDAY },
  { name: 'radar', spec: { kind: 'radar' }, frame: frames.SKILLS },
  { name: 'radar-of-a-dimension', spec: { kind: 'radar', axis: 'page' }, frame: frames.HITS_BY_PAGE_AND_DEVICE },
]
