import type { Column, Row } from '../../../query/query.ts'
import type { ChartOf } from '../../chart-spec.ts'
import type { Pick as Filter, Ink, Look } from '../../drawing.ts'
import { formatValue } from '../../format/format-value.ts'
import type { Frame } from '../../frame.ts'
import {
  axisFor,
  type Compared,
  comparisonsOf,
  dimensionFor,
  isAdditive,
  isRestRow,
  labelOf,
  numberIn,
  REST_NAME,
  UnfitFrame,
  valuesFor,
} from '../../roles.ts'
import { type CategoryAxis, categoryAxis, keyOf, REST } from '../categories.ts'

/** A line, a set of bars, a band: one figure for each place of the axis. */
export interface Series {
  /** What `Look.hidden` and the spec's `colours` call it. */
  readonly key: string
  readonly label: string
  readonly ink: Ink
  readonly column: Column
  /** By place of the axis. */
  readonly values: readonly (number | null)[]
  readonly ghosts: readonly Ghost[]
  readonly picks: readonly Filter[]
  /** Everything that has no series of its own. */
  readonly isRest: boolean
}

/** The same at another time. */
export interface Ghost {
  readonly compared: Compared
  readonly values: readonly (number | null)[]
}

export interface SeriesSet {
  readonly axis: CategoryAxis
  /** Those of one dimension with the greatest total first, the others at last. */
  readonly series: readonly Series[]
  readonly seriesColumn: Column | undefined
  readonly comparisons: readonly Compared[]
  /** When the compared bucket started, by comparison and place of the axis. */
  readonly comparedTimes: ReadonlyMap<string, readonly (string | undefined)[]>
  /** What the reader has to know of what is not drawn; sentences. */
  readonly notes: readonly string[]
}

/** What the kinds along an axis have in common. */
export interface SeriesSpec {
  readonly labels?: ChartOf<'line'>['labels']
  readonly formats?: ChartOf<'line'>['formats']
  readonly colours?: ChartOf<'line'>['colours']
  readonly x?: string | undefined
  readonly series?: string | undefined
  readonly values?: readonly string[] | undefined
  readonly most?: number | undefined
}

/** More can't be told apart. */
const MOST_SERIES = 10

/** The frame as series along the axis. */
export function seriesSet(spec: SeriesSpec, frame: Frame, look: Look): SeriesSet {
  const along = axisFor(frame, spec.x, [spec.series])
  const seriesColumn = dimensionFor(frame, spec.series, [along.name])
  const measures = valuesFor(frame, spec.values)
  const axis = categoryAxis(frame, along, look)
  const drafts = measures.map((measure) => {
    const all = gathered(frame, axis, measure, seriesColumn)
    return seriesColumn
      ? ranked(all, measure, labelOf(spec, measure), spec.most ?? MOST_SERIES)
      : { kept: all, notes: [] }
  })
  const name = (draft: Draft): { key: string; label: string } => {
    const measure = labelOf(spec, draft.measure)
    if (!seriesColumn) return { key: draft.measure.name, label: measure }
    const value = draft.isRest
      ? REST_NAME
      : formatValue(draft.example[seriesColumn.name], seriesColumn, frame, look.locale)
    if (measures.length === 1) return { key: draft.key, label: value }
    return { key: `${draft.key} · ${draft.measure.name}`, label: `${value} · ${measure}` }
  }
  const series = drafts
    .flatMap(({ kept }) => kept)
    .map((draft, i): Series => {
      const { key, label } = name(draft)
      const value = seriesColumn && (draft.example[seriesColumn.name] ?? null)
      return {
        key,
        label,
        ink: spec.colours?.[key] ?? spec.colours?.[label] ?? (draft.isRest ? 'muted' : (i % 10) + 1),
        column: draft.measure,
        values: draft.values.map((one, at) => (one === 0 && axis.categories[at]?.state === 'ahead' ? null : one)),
        ghosts: draft.ghosts,
        picks: seriesColumn && value !== undefined && !draft.isRest ? [{ dimension: seriesColumn.name, value }] : [],
        isRest: draft.isRest,
      }
    })
  const comparisons = uniqueBy(
    measures.flatMap((measure) => comparisonsOf(frame, measure)),
    ({ name }) => name,
  )
  return {
    axis,
    series,
    seriesColumn,
    comparisons,
    comparedTimes: comparedTimes(frame, axis, comparisons),
    notes: [...drafts.flatMap(({ notes }) => notes), ...leftOut(axis, frame)],
  }
}

function leftOut({ column, categories, left, isTime }: CategoryAxis, { isTruncated }: Frame): string[] {
  const count = `${categories.length} of ${categories.length + left}`
  return [
    ...(left > 0
      ? [
          `Only the ${isTime ? 'last' : 'first'} ${count} values of ${column.label} are drawn; the table has all of them.`,
        ]
      : []),
    ...(isTruncated ? ['There were more rows than the limit, and they are not drawn.'] : []),
  ]
}

interface Draft {
  readonly key: string
  readonly measure: Column
  /** One of its rows. */
  readonly example: Row
  readonly isRest: boolean
  readonly values: (number | null)[]
  readonly ghosts: readonly { readonly compared: Compared; readonly values: (number | null)[] }[]
}

/** One draft for each value of the series' dimension, in the order of the rows. */
function gathered(frame: Frame, axis: CategoryAxis, measure: Column, seriesColumn: Column | undefined): Draft[] {
  const compared = comparisonsOf(frame, measure)
  const count = axis.categories.length
  const drafts = new Map<string, Draft>()
  for (const row of frame.rows) {
    const at = axis.indexOf(row)
    if (at < 0) continue
    const key = seriesColumn ? keyOf(row, seriesColumn) : measure.name
    let draft = drafts.get(key)
    if (!draft) {
      draft = {
        key,
        measure,
        example: row,
        isRest: key === REST && isRestRow(row),
        values: new Array(count).fill(null),
        ghosts: compared.map((one) => ({ compared: one, values: new Array(count).fill(null) })),
      }
      drafts.set(key, draft)
    }
    add(draft.values, at, numberIn(row, measure), measure)
    for (const ghost of draft.ghosts) add(ghost.values, at, numberIn(row, ghost.compared.value), measure)
  }
  return [...drafts.values()]
}

/** Several rows for one place are there when the frame has more dimensions than are drawn. */
function add(values: (number | null)[], at: number, value: number | null, measure: Column): void {
  if (value === null) return
  const before = values[at] ?? null
  if (before !== null && !isAdditive(measure)) {
    throw new UnfitFrame(
      `There are several rows for one place of the axis, and “${measure.label}” can’t be added up. Use all dimensions of the data, or ask for fewer.`,
    )
  }
  values[at] = before === null ? value : before + value
}

/** The greatest first; what is beyond `most` as one where that is true, and left out with a note where it is not. */
function ranked(drafts: readonly Draft[], measure: Column, label: string, most: number) {
  const rest = drafts.filter(({ isRest }) => isRest)
  const others = drafts.filter(({ isRest }) => !isRest)
  const totals = new Map(others.map((draft) => [draft, totalOf(draft.values)]))
  const sorted = others.toSorted((a, b) => (totals.get(b) ?? 0) - (totals.get(a) ?? 0))
  if (sorted.length <= most) return { kept: [...sorted, ...rest], notes: [] }
  const [kept, beyond] = [sorted.slice(0, most), sorted.slice(most)]
  if (isAdditive(measure)) return { kept: [...kept, folded([...beyond, ...rest])], notes: [] }
  return {
    kept: [...kept, ...rest],
    notes: [`Only ${most} of ${sorted.length} are drawn, as ${label} can’t be added up; the table has all of them.`],
  }
}

const totalOf = (values: readonly (number | null)[]) =>
  values.reduce((sum: number, value) => sum + Math.abs(value ?? 0), 0)

function folded(drafts: readonly Draft[]): Draft {
  const [first] = drafts as [Draft, ...Draft[]]
  const sum = (lists: readonly (readonly (number | null)[])[]) =>
    first.values.map((_, at) => {
      const there = lists.flatMap((values) => values[at] ?? [])
      return there.length === 0 ? null : there.reduce((total, value) => total + value, 0)
    })
  return {
    ...first,
    key: REST,
    isRest: true,
    values: sum(drafts.map(({ values }) => values)),
    ghosts: first.ghosts.map(({ compared }, i) => ({
      compared,
      values: sum(drafts.map(({ ghosts }) => ghosts[i]?.values ?? [])),
    })),
  }
}

function comparedTimes(frame: Frame, axis: CategoryAxis, comparisons: readonly Compared[]) {
  const times = new Map<string, (string | undefined)[]>()
  for (const { name, time } of comparisons) {
    if (!time || !axis.isTime) continue
    const texts: (string | undefined)[] = new Array(axis.categories.length).fill(undefined)
    for (const row of frame.rows) {
      const text = row[time.name]
      const at = axis.indexOf(row)
      if (at >= 0 && typeof text === 'string') texts[at] ??= text
    }
    times.set(name, texts)
  }
  return times
}

function uniqueBy<T>(list: readonly T[], keyOf: (one: T) => string): T[] {
  return [...new Map(list.map((one) => [keyOf(one), one])).values()]
}
