import { zonedText } from '../../../time/moment.ts'
import type { Look, Reading, ReadingLine } from '../../drawing.ts'
import { deltaOf } from '../../format/delta.ts'
import { formatNumber } from '../../format/format-number.ts'
import { formatMoment } from '../../format/format-value.ts'
import type { Frame } from '../../frame.ts'
import { formatOf, isAdditive } from '../../roles.ts'
import type { AxesSpec, Layer } from './layers.ts'
import type { Series, SeriesSet } from './series.ts'

interface Given {
  readonly spec: AxesSpec
  readonly frame: Frame
  readonly look: Look
  readonly set: SeriesSet
  /** Those that are shown. */
  readonly layers: readonly Layer[]
  readonly titles: ReadonlyMap<number, readonly string[]>
  /** The share of a series at a place, where shares are drawn. */
  readonly shareOf?: ((series: Series, at: number) => number | null) | undefined
}

/**
 * One reading for each place of the axis. Title and lines are made when they are read: of thousands of places, a few are ever
 * looked at.
 */
export function seriesReadings(given: Given): Reading[] {
  const { set, titles } = given
  return set.axis.categories.map((category, at): Reading => {
    const note = [...(category.note === undefined ? [] : [category.note]), ...(titles.get(at) ?? [])].join(' · ')
    const { bucket, picks } = category
    // Spread, a getter would be read at once: so they are written out, twice.
    if (!bucket) {
      return {
        title: category.title,
        ...(note !== '' && { note }),
        get lines() {
          return linesAt(given, at)
        },
        picks,
      }
    }
    return {
      get title() {
        return category.title
      },
      ...(note !== '' && { note }),
      get lines() {
        return linesAt(given, at)
      },
      picks,
      time: bucket.text,
      get timeEnd() {
        return zonedText(bucket.end)
      },
    }
  })
}

/** The greatest first, the others of a list at last, then all together. */
function linesAt(given: Given, at: number): ReadingLine[] {
  const shown = given.layers.map(({ series }) => series)
  const sorted = shown.toSorted(
    (a, b) => Number(a.isRest) - Number(b.isRest) || (b.values[at] ?? -Infinity) - (a.values[at] ?? -Infinity) || 0,
  )
  const ordered = given.set.seriesColumn ? sorted : shown
  return [...ordered.flatMap((series) => linesOf(series, given, at)), ...totalLines(shown, given, at)]
}

function linesOf(series: Series, given: Given, at: number): ReadingLine[] {
  const value = series.values[at] ?? null
  const share = given.shareOf?.(series, at)
  const own = {
    label: series.label,
    text: `${textOf(value, series, given)}${typeof share === 'number' ? ` (${shareText(share, given)})` : ''}`,
    ink: series.ink,
  }
  return [
    ...(given.look.hidden.has(series.key) ? [] : [own]),
    ...series.ghosts.map(({ compared, values }) =>
      ghostLine(value, values[at] ?? null, compared.name, series, given, at),
    ),
  ]
}

function ghostLine(
  now: number | null,
  then: number | null,
  comparison: string,
  series: Series,
  given: Given,
  at: number,
): ReadingLine {
  const { set, look } = given
  const label = set.comparisons.find(({ name }) => name === comparison)?.label ?? comparison
  const isRunning = set.axis.categories[at]?.state === 'open'
  const delta = deltaOf(now, then, isRunning ? undefined : series.column.better, label, look.locale)
  return {
    label: [label, timeText(given, comparison, at)].join(''),
    text: textOf(then, series, given),
    ink: series.ink,
    isGhost: true,
    ...(delta && { delta }),
  }
}

function timeText({ set, frame, look }: Given, comparison: string, at: number): string {
  const time = set.comparedTimes.get(comparison)?.[at]
  if (time === undefined) return ''
  return `, ${formatMoment(time, { ...frame, grain: set.axis.grain }, look.locale)}`
}

/** Of several series of a measure that adds up. */
function totalLines(shown: readonly Series[], given: Given, at: number): ReadingLine[] {
  const [first] = shown
  const { seriesColumn, series, comparisons } = given.set
  const isTrue = shown.every(({ column }) => column.name === first?.column.name && isAdditive(column))
  if (!first || !seriesColumn || shown.length < 2 || !isTrue) return []
  const value = sumAt(
    shown.map(({ values }) => values),
    at,
  )
  if (value === null) return []
  const total: Series = { ...first, label: shown.length < series.length ? 'Total of those shown' : 'Total' }
  const lines = comparisons.map(({ name }) => {
    const lists = shown.flatMap(({ ghosts }) => ghosts.filter(({ compared }) => compared.name === name))
    return ghostLine(
      value,
      sumAt(
        lists.map(({ values }) => values),
        at,
      ),
      name,
      total,
      given,
      at,
    )
  })
  return [{ label: total.label, text: textOf(value, first, given) }, ...lines.map(({ ink: _, ...line }) => line)]
}

export function sumAt(lists: readonly (readonly (number | null)[])[], at: number): number | null {
  const there = lists.flatMap((values) => values[at] ?? [])
  return there.length === 0 ? null : there.reduce((sum, value) => sum + value, 0)
}

const textOf = (value: number | null, { column }: Series, { spec, look }: Given) =>
  formatNumber(value, formatOf(spec, column), 'exact', look.locale)

const shareText = (share: number, { look }: Given) => formatNumber(share, 'percent', 'exact', look.locale)
