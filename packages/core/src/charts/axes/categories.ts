import type { Column, Row, Value } from '../../query/query.ts'
import type { Grain } from '../../time/grain.ts'
import type { Look, Pick } from '../drawing.ts'
import { axisTicks } from '../format/axis-ticks.ts'
import { formatBucket, formatTick } from '../format/format-time.ts'
import { formatValue } from '../format/format-value.ts'
import type { Frame } from '../frame.ts'
import { isRestRow } from '../roles.ts'
import { type TimeBucket, timeBuckets } from './time-buckets.ts'

/** One place along the axis: a bucket of time or a value of a dimension. */
export interface Category {
  /** In full, for readings. Made when it is asked for: there can be thousands. */
  readonly title: string
  readonly note: string | undefined
  readonly state: TimeBucket['state']
  readonly picks: readonly Pick[]
  readonly bucket: TimeBucket | undefined
}

export interface CategoryAxis {
  readonly column: Column
  readonly isTime: boolean
  readonly grain: Grain | undefined
  readonly categories: readonly Category[]
  /** Where a row belongs; -1 for a row whose time can't be read. */
  readonly indexOf: (row: Row) => number
}

export function categoryAxis(frame: Frame, column: Column, look: Look): CategoryAxis {
  return column.type === 'time' ? timeAxis(frame, column, look) : valueAxis(frame, column, look)
}

function timeAxis(frame: Frame, column: Column, { locale }: Look): CategoryAxis {
  const { buckets, indexes, grain } = timeBuckets(frame, column.name)
  const calendar = { ...frame, grain }
  return {
    column,
    isTime: true,
    grain,
    categories: buckets.map((bucket) => ({
      get title() {
        return grain ? formatBucket(bucket, grain, locale) : formatValue(bucket.text, column, calendar, locale)
      },
      note: NOTES[bucket.state] ?? (bucket.isPart ? 'Only in part within the range' : undefined),
      state: bucket.state,
      picks: [],
      bucket,
    })),
    indexOf: (row) => indexes.get(String(row[column.name] ?? '')) ?? -1,
  }
}

const NOTES: Record<TimeBucket['state'], string | undefined> = {
  closed: undefined,
  open: 'Still running',
  ahead: 'Not yet begun',
}

/** In the order of the rows. */
function valueAxis(frame: Frame, column: Column, { locale }: Look): CategoryAxis {
  const places = new Map<string, number>()
  const categories: Category[] = []
  for (const row of frame.rows) {
    const key = keyOf(row, column)
    if (places.has(key)) continue
    places.set(key, categories.length)
    const value = row[column.name] ?? null
    const isRest = isRestRow(row) && value === null
    categories.push({
      title: isRest ? 'Others' : formatValue(value, column, frame, locale),
      note: undefined,
      state: 'closed',
      picks: isRest ? [] : [{ dimension: column.name, value }],
      bucket: undefined,
    })
  }
  return {
    column,
    isTime: false,
    grain: undefined,
    categories,
    indexOf: (row) => places.get(keyOf(row, column)) ?? -1,
  }
}

/** What tells a value of a dimension from the others; the rest of a top list is one of its own. */
export function keyOf(row: Row, column: Column): string {
  const value: Value = row[column.name] ?? null
  if (value === null) return isRestRow(row) ? REST : NONE
  return String(value)
}

export const REST = '~rest'
export const NONE = '~none'

/** Which places of a time axis are labelled, and how: as many as there is room for, at round moments. */
export function timeLabels({ categories, grain }: CategoryAxis, widthPx: number, locale: string): Map<number, string> {
  const most = Math.max(2, Math.floor(widthPx / 68))
  const starts = categories.flatMap(({ bucket }) => (bucket ? [bucket.start] : []))
  const shown = grain ?? 'minute'
  const ticks = grain ? axisTicks(starts, grain, most) : everyNth(starts.length, most)
  return new Map(
    ticks.flatMap(({ index, isMajor }) => {
      const start = starts[index]
      return start ? [[index, formatTick(start, shown, isMajor, locale)] as const] : []
    }),
  )
}

function everyNth(count: number, most: number) {
  const step = Math.ceil(count / most)
  return Array.from({ length: Math.ceil(count / step) }, (_, i) => ({ index: i * step, isMajor: false }))
}
