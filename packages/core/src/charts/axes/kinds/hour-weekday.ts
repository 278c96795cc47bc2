import type { Column, Row } from '../../../query/query.ts'
import type { ChartOf } from '../../chart-spec.ts'
import type { Drawing, Look } from '../../drawing.ts'
import { formatNumber, type NumberStyle } from '../../format/format-number.ts'
import { parseTime } from '../../format/format-value.ts'
import type { Frame } from '../../frame.ts'
import { NO_FIGURES } from '../../nothing.ts'
import {
  columnOf,
  dimensionsOf,
  formatOf,
  isAdditive,
  labelOf,
  numberIn,
  timeOf,
  UnfitFrame,
  valueFor,
} from '../../roles.ts'
import { type Cell, drawCells } from '../cells.ts'
import { placeSummary } from '../place-summary.ts'

/** When in the week it happens: hours across, days down. By two columns, or by hours of time that add up. */
export function drawHourWeekday(spec: ChartOf<'hour_weekday'>, frame: Frame, look: Look): Drawing {
  const column = valueFor(frame, spec.value)
  const place = placeOf(spec, frame, column)
  const sums = sumsOf(frame, column, place.of)
  if (sums.size === 0) return NO_FIGURES
  const format = formatOf(spec, column)
  const text = (value: number, style: NumberStyle) => formatNumber(value, format, style, look.locale)
  const days = weekDays(look.locale, frame.firstDayOfWeek)
  const cells = [...sums].map(([key, value]): Cell => {
    const [hour = 0, weekday = 1] = key.split(' ').map(Number)
    const y = days.findIndex((day) => day.number === weekday)
    return {
      x: hour,
      y,
      value,
      text: text(value, 'short'),
      reading: {
        title: `${days[y]?.long}, ${clock(hour, look.locale)} – ${clock(hour + 1, look.locale)}`,
        lines: [{ label: labelOf(spec, column), text: text(value, 'exact') }],
        picks: place.picks(hour, weekday),
      },
    }
  })
  return drawCells(
    {
      columns: Array.from({ length: 24 }, (_, hour) => clock(hour, look.locale)),
      columnLabels: (widthPx) => hourLabels(widthPx, look.locale),
      rows: days.map(({ short }) => short),
      cells,
      textOf: (value) => text(value, 'short'),
      summary: placeSummary(
        `Heat map: ${labelOf(spec, column)} by hour and day of the week`,
        cells.map(({ value, reading }) => ({ value, title: reading.title })),
        (value) => text(value, 'spoken'),
      ),
    },
    look,
  )
}

interface Place {
  /** The hour, 0 to 23, and the day of the week, 1 to 7 from Monday; nothing for a row that has none. */
  readonly of: (row: Row) => readonly [number, number] | undefined
  readonly picks: (hour: number, weekday: number) => readonly { dimension: string; value: number }[]
}

function placeOf(spec: ChartOf<'hour_weekday'>, frame: Frame, column: Column): Place {
  const find = (name: string | undefined, pattern: RegExp) =>
    name === undefined ? dimensionsOf(frame).find((one) => pattern.test(one.name)) : columnOf(frame, name)
  const hour = find(spec.hour, /hour/)
  const weekday = find(spec.weekday, /day_of_week|weekday/)
  if (hour && weekday) return byColumns(frame, hour, weekday)
  const time = timeOf(frame)
  if (!time || !isFine(frame)) {
    throw new UnfitFrame('It needs the hour of the day and the day of the week as dimensions, or the time by the hour.')
  }
  if (!isAdditive(column)) {
    throw new UnfitFrame(
      `“${column.label}” of several weeks can’t be added up: ask for it by the hour of the day and the day of the week.`,
    )
  }
  return {
    of: (row) => {
      const moment = parseTime(row[time.name], frame.timezone)
      return moment && [moment.hour, moment.dayOfWeek]
    },
    picks: () => [],
  }
}

const isFine = ({ grain }: Frame) =>
  grain === undefined || grain === 'minute' || grain === 'quarter_hour' || grain === 'hour'

function byColumns(frame: Frame, hour: Column, weekday: Column): Place {
  // Some count the days from Sunday as 0.
  const isFromSunday = frame.rows.some((row) => numberIn(row, weekday) === 0)
  return {
    of: (row) => {
      const [h, d] = [numberIn(row, hour), numberIn(row, weekday)]
      if (h === null || d === null || h < 0 || h > 23) return undefined
      return d >= 0 && d <= 7 ? [Math.floor(h), d === 0 ? 7 : d] : undefined
    },
    picks: (h, d) => [
      { dimension: hour.name, value: h },
      { dimension: weekday.name, value: isFromSunday && d === 7 ? 0 : d },
    ],
  }
}

function sumsOf(frame: Frame, column: Column, of: Place['of']): Map<string, number> {
  const sums = new Map<string, number>()
  for (const row of frame.rows) {
    const [place, value] = [of(row), numberIn(row, column)]
    if (!place || value === null) continue
    const key = place.join(' ')
    const before = sums.get(key)
    if (before !== undefined && !isAdditive(column)) {
      throw new UnfitFrame(
        `There are several rows for one hour of the week, and “${column.label}” can’t be added up. Ask for these two dimensions alone.`,
      )
    }
    sums.set(key, (before ?? 0) + value)
  }
  return sums
}

/** From the first day of the week on. 2024 began on a Monday. */
export function weekDays(locale: string, firstDayOfWeek: number) {
  return Array.from({ length: 7 }, (_, i) => {
    const number = ((firstDayOfWeek - 1 + i) % 7) + 1
    const date = new Temporal.PlainDate(2024, 1, number)
    return {
      number,
      short: date.toLocaleString(locale, { weekday: 'short' }),
      long: date.toLocaleString(locale, { weekday: 'long' }),
    }
  })
}

const clock = (hour: number, locale: string) =>
  new Temporal.PlainTime(hour % 24).toLocaleString(locale, { hour: 'numeric', minute: '2-digit' })

function hourLabels(widthPx: number, locale: string): Map<number, string> {
  const step = [1, 2, 3, 6, 12].find((one) => (24 / one) * 44 <= widthPx) ?? 12
  const hours = Array.from({ length: 24 / step }, (_, i) => i * step)
  return new Map(hours.map((hour) => [hour, new Temporal.PlainTime(hour).toLocaleString(locale, { hour: 'numeric' })]))
}
