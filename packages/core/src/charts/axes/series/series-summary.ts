import { GRAIN_WORDS } from '../../../time/grain-choice.ts'
import type { Look } from '../../drawing.ts'
import { formatNumber } from '../../format/format-number.ts'
import { formatRange } from '../../format/format-time.ts'
import { formatOf, labelOf } from '../../roles.ts'
import type { AxesSpec } from './layers.ts'
import type { Series, SeriesSet } from './series.ts'

/** In sentences for those who do not see it: what it shows, from where to where it goes, where it is greatest and least. */
export function seriesSummary(
  spec: AxesSpec,
  set: SeriesSet,
  shown: readonly Series[],
  notes: readonly string[],
  look: Look,
): string {
  const { axis, seriesColumn } = set
  const measures = [...new Map(set.series.map(({ column }) => [column.name, labelOf(spec, column)])).values()]
  const along = axis.isTime && axis.grain ? GRAIN_WORDS[axis.grain] : labelOf(spec, axis.column)
  const by = seriesColumn ? `${along} and ${labelOf(spec, seriesColumn)}` : along
  const opening = `${capital(KIND_WORDS[spec.kind] ?? 'chart')}: ${listOf(measures)} by ${by}${rangeText(set, look)}`
  const told = shown.slice(0, MOST_TOLD).flatMap((series) => tell(series, set, shown.length > 1, spec, look))
  const more = shown.length > MOST_TOLD ? [`And ${shown.length - MOST_TOLD} more.`] : []
  const all = shown.length === 0 ? ['All series are hidden.'] : [...told, ...more]
  return [`${opening}.`, ...all, ...notes].join(' ')
}

const MOST_TOLD = 4

function tell(series: Series, set: SeriesSet, isOneOfMany: boolean, spec: AxesSpec, look: Look): string[] {
  const { categories, isTime } = set.axis
  const text = (value: number | null | undefined) =>
    formatNumber(value, formatOf(spec, series.column), 'spoken', look.locale)
  const there = series.values.flatMap((value, at) => (value === null ? [] : [{ value, at }]))
  const [first, last] = [there[0], there.at(-1)]
  const name = isOneOfMany ? `${series.label}: ` : ''
  if (!first || !last) return [`${name}no values.`]
  const at = (place: number) => categories[place]?.title ?? ''
  if (there.length === 1) return [capital(`${name}${text(first.value)} at ${at(first.at)}.`)]
  let [least, greatest] = [first, first]
  for (const one of there) {
    if (one.value < least.value) least = one
    if (one.value > greatest.value) greatest = one
  }
  const running = categories[last.at]?.state === 'open' ? ' (still running)' : ''
  const course = isTime ? `from ${text(first.value)} to ${text(last.value)}${running}; ` : ''
  const ends = `greatest ${text(greatest.value)} at ${at(greatest.at)}, least ${text(least.value)} at ${at(least.at)}`
  return [capital(`${name}${course}${ends}.`)]
}

function rangeText({ axis }: SeriesSet, look: Look): string {
  const [from, to] = [axis.categories[0]?.bucket?.start, axis.categories.at(-1)?.bucket?.end]
  if (!from || !to) return `, ${axis.categories.length} ${axis.categories.length === 1 ? 'value' : 'values'}`
  return Temporal.ZonedDateTime.compare(from, to) < 0 ? `, ${formatRange({ from, to }, look.locale)}` : ''
}

const listOf = (names: readonly string[]) =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const KIND_WORDS: Readonly<Record<string, string>> = {
  line: 'line chart',
  area: 'area chart',
  stacked_area: 'stacked area chart',
  share_area: 'area chart of shares',
  bar: 'bar chart',
  horizontal_bar: 'bar chart',
  stacked_bar: 'stacked bar chart',
  combo: 'bars and lines',
  waterfall: 'waterfall',
  radar: 'radar chart',
}
