import type { Column, Row, Value } from '../../query/query.ts'
import type { Grain } from '../../time/grain.ts'
import { zonedText } from '../../time/moment.ts'
import type { Look, Pick, Reading, ReadingLine } from '../drawing.ts'
import { axisTicks } from '../format/axis-ticks.ts'
import { formatBucket, formatTick } from '../format/format-time.ts'
import { formatValue } from '../format/format-value.ts'
import type { Frame } from '../frame.ts'
import { isRestRow, REST_NAME } from '../roles.ts'
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
  /** How many values have no place, as there are more than can be seen. */
  readonly left: number
  /** Where a row belongs; -1 for one that has no place. */
  readonly indexOf: (row: Row) => number
}

/** More names than this are narrower than a pixel. */
const MOST_VALUES = 1000

export function categoryAxis(frame: Frame, column: Column, look: Look, most = MOST_VALUES): CategoryAxis {
  return column.type === 'time' ? timeAxis(frame, column, look) : valueAxis(frame, column, look, most)
}

function timeAxis(frame: Frame, column: Column, { locale }: Look): CategoryAxis {
  const { buckets, indexes, grain, left } = timeBuckets(frame, column.name)
  const calendar = { ...frame, grain }
  return {
    column,
    isTime: true,
    grain,
    left,
    categories: buckets.map((bucket) => ({
      get title() {
        if (!grain) return formatValue(bucket.text, column, calendar, locale)
        return `${formatBucket(bucket, grain, locale)}${repeatedHour(bucket.start)}`
      },
      note: NOTES[bucket.state] ?? (bucket.isPart ? 'Only in part within the range' : undefined),
      state: bucket.state,
      picks: [],
      bucket,
    })),
    indexOf: (row) => indexes.get(String(row[column.name] ?? '')) ?? -1,
  }
}

/** Which of two it is, on the night when the clock shows an hour twice. */
function repeatedHour(start: Temporal.ZonedDateTime): string {
  const local = start.toPlainDateTime()
  const [first, second] = (['earlier', 'later'] as const).map((disambiguation) =>
    local.toZonedDateTime(start.timeZoneId, { disambiguation }),
  )
  return first?.epochMilliseconds === second?.epochMilliseconds ? '' : ` (UTC${start.offset})`
}

const NOTES: Record<TimeBucket['state'], string | undefined> = {
  closed: undefined,
  open: 'Still running',
  ahead: 'Not yet begun',
}

/** In the order of the rows. */
function valueAxis(frame: Frame, column: Column, { locale }: Look, most: number): CategoryAxis {
  const places = new Map<string, number>()
  const categories: Category[] = []
  let left = 0
  for (const row of frame.rows) {
    const key = keyOf(row, column)
    if (places.has(key)) continue
    if (categories.length >= most) {
      places.set(key, -1)
      left++
      continue
    }
    places.set(key, categories.length)
    const value = row[column.name] ?? null
    const isRest = isRestRow(row) && value === null
    categories.push({
      title: isRest ? REST_NAME : formatValue(value, column, frame, locale),
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
    left,
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

/** The figures of a place, and what else is known of it. */
export function readingAt(
  { title, note, picks, bucket }: Omit<Category, 'state'>,
  lines: readonly ReadingLine[],
): Reading {
  return {
    title,
    ...(note !== undefined && { note }),
    lines,
    picks,
    ...(bucket && { time: bucket.text, timeEnd: zonedText(bucket.end) }),
  }
}

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
