import type { CalendarOption, EChartsOption, HeatmapSeriesOption } from 'echarts/types/dist/shared'
import type { Column, Row } from '../../../query/query.ts'
import { zonedText } from '../../../time/moment.ts'
import type { ChartOf } from '../../chart-spec.ts'
import type { Drawing, Look, Reading } from '../../drawing.ts'
import { formatNumber, type NumberStyle } from '../../format/format-number.ts'
import { formatBucket } from '../../format/format-time.ts'
import { parseTime } from '../../format/format-value.ts'
import type { Frame } from '../../frame.ts'
import { motionOf } from '../../motion.ts'
import { NO_FIGURES } from '../../nothing.ts'
import { valueLines } from '../../parts/value-lines.ts'
import { columnOf, formatOf, isAdditive, labelOf, numberIn, timeOf, UnfitFrame, valueFor } from '../../roles.ts'
import { shadeAt, shareBetween } from '../../shades.ts'
import { NO_VISUAL_MAP } from '../cells.ts'
import { placeSummary } from '../place-summary.ts'
import { AXIS_FONT_PX } from '../plot-box.ts'
import { extentOf } from '../value-scale.ts'
import { weekDays } from './hour-weekday.ts'

/** A square for each day: all in one strip while its squares can be seen, else year by year. */
export function drawCalendarHeatMap(spec: ChartOf<'calendar_heat_map'>, frame: Frame, look: Look): Drawing {
  const time = spec.time === undefined ? timeOf(frame) : columnOf(frame, spec.time)
  if (!time) throw new UnfitFrame('It needs the time by day, and there is none.')
  if (frame.grain && ['week', 'month', 'quarter', 'year'].includes(frame.grain)) {
    throw new UnfitFrame(`It needs the time by day, and this is by ${frame.grain}.`)
  }
  const column = valueFor(frame, spec.value)
  const days = daysOf(frame, time, column)
  if (days.length === 0) return NO_FIGURES
  const format = formatOf(spec, column)
  const text = (value: number, style: NumberStyle) => formatNumber(value, format, style, look.locale)
  const { strips, left } = stripsOf(days, look)
  const cellPx = Math.min(...strips.map((strip) => cellPxOf(strip, strips.length, look)))
  const shown = days.filter(({ date }) => strips.some((strip) => isWithin(date, strip)))
  const { least, greatest } = extentOf(shown.map(({ value }) => value)) ?? { least: 0, greatest: 0 }
  const readings = shown.map((day) => readingOf(day, { spec, frame, look }, column))
  const option: EChartsOption = {
    ...motionOf(look),
    calendar: strips.map((strip, at) => calendarOf(strip, { at, count: strips.length, cellPx }, frame, look)),
    visualMap: NO_VISUAL_MAP,
    series: strips.map(
      (strip, calendarIndex): HeatmapSeriesOption => ({
        type: 'heatmap',
        id: `days ${strip.from}`,
        coordinateSystem: 'calendar',
        calendarIndex,
        emphasis: { itemStyle: { borderColor: look.theme.ink, borderWidth: 1 } },
        data: shown.flatMap((day, reading) => {
          if (!isWithin(day.date, strip)) return []
          const color = shadeAt(shareBetween(day.value, least, greatest), look.theme)
          return [
            {
              value: [day.date, day.value],
              reading,
              itemStyle: {
                color,
                borderColor: look.theme.surface,
                ...cellEdge(cellPx),
                opacity: day.isOpen ? 0.5 : 1,
              },
            },
          ]
        }),
      }),
    ),
  }
  const summary = placeSummary(
    `Calendar: ${labelOf(spec, column)} by day`,
    shown.map(({ value }, i) => ({ value, title: readings[i]?.title ?? '' })),
    (value) => text(value, 'spoken'),
  )
  return {
    as: 'chart',
    option,
    pointing: 'item',
    readings,
    legend: [],
    legendPlace: 'none',
    summary: left === 0 ? summary : `${summary} Earlier years have no room and are in the table.`,
    shades: { from: text(least, 'short'), to: text(greatest, 'short'), colours: look.theme.shades },
  }
}

interface Day {
  /** `2026-10-05`. */
  readonly date: string
  readonly start: Temporal.ZonedDateTime
  readonly row: Row
  readonly value: number
  readonly isOpen: boolean
}

function daysOf(frame: Frame, time: Column, column: Column): Day[] {
  const openFrom = parseTime(frame.openFrom, frame.timezone)
  const asOf = parseTime(frame.asOf, frame.timezone)
  const days = new Map<string, Day>()
  for (const row of frame.rows) {
    const moment = parseTime(row[time.name], frame.timezone)
    const value = numberIn(row, column)
    if (!moment || value === null) continue
    const start = moment.startOfDay()
    // What has not begun is a zero that fills a gap.
    if (openFrom && asOf && value === 0 && Temporal.ZonedDateTime.compare(start, asOf) > 0) continue
    const date = moment.toPlainDate().toString()
    const before = days.get(date)
    if (before && !isAdditive(column)) {
      throw new UnfitFrame(
        `There are several rows for one day, and “${column.label}” can’t be added up. Ask for it by day.`,
      )
    }
    const sum = value + (before?.value ?? 0)
    const isOpen = openFrom !== undefined && Temporal.ZonedDateTime.compare(start, openFrom) >= 0
    days.set(date, { date, start, value: sum, isOpen, row: before ? { ...row, [column.name]: sum } : row })
  }
  return [...days.values()].sort((a, b) => (a.date < b.date ? -1 : 1))
}

interface Strip {
  /** Dates, both included. */
  readonly from: string
  readonly to: string
  readonly name: string
}

const isWithin = (date: string, { from, to }: Strip) => date >= from && date <= to

/** The newest that have room; `left` is how many have none. */
function stripsOf(days: readonly Day[], look: Look): { readonly strips: readonly Strip[]; readonly left: number } {
  const [first, last] = [days[0] as Day, days.at(-1) as Day]
  const month = (day: Day) => day.start.toPlainDate().with({ day: 1 })
  const end = month(last).add({ months: 1 }).subtract({ days: 1 })
  const whole = { from: month(first).toString(), to: end.toString(), name: '' }
  const months = month(first).until(end, { largestUnit: 'month' }).months + 1
  if (cellPxOf(whole, 1, look) >= READABLE_CELL_PX) return { strips: [whole], left: 0 }
  if (months <= 13) return { strips: partsOf(whole, months, look), left: 0 }
  const years = Array.from({ length: last.start.year - first.start.year + 1 }, (_, i) => first.start.year + i)
  const room = Math.max(1, Math.floor(look.heightPx / MIN_STRIP_PX))
  return {
    strips: years.slice(-room).map((year) => ({ from: `${year}-01-01`, to: `${year}-12-31`, name: String(year) })),
    left: Math.max(0, years.length - room),
  }
}

/** A year in a narrow box, in as many strips below one another as make the cells largest. */
function partsOf(whole: Strip, months: number, look: Look): readonly Strip[] {
  const options = [1, 2, 3, 4].map((count) => {
    const each = Math.ceil(months / count)
    const from = Temporal.PlainDate.from(whole.from)
    const parts = Array.from({ length: Math.ceil(months / each) }, (_, i): Strip => {
      const start = from.add({ months: i * each })
      const end = start.add({ months: Math.min(each, months - i * each) }).subtract({ days: 1 })
      return { from: start.toString(), to: end.toString(), name: '' }
    })
    return { parts, cellPx: Math.min(...parts.map((part) => cellPxOf(part, parts.length, look))) }
  })
  return options.reduce((best, option) => (option.cellPx > best.cellPx ? option : best)).parts
}

const MIN_STRIP_PX = 80
const READABLE_CELL_PX = 11
const MONTHS_PX = 20

const leftPx = ({ name }: Strip) => (name === '' ? 34 : 62)

/** The cells are square, and as large as the strip allows. */
function cellPxOf(strip: Strip, count: number, { widthPx, heightPx }: Look): number {
  const { from, to } = strip
  const weeks = Math.ceil(Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days / 7) + 1
  return Math.max(4, Math.min(26, (widthPx - leftPx(strip) - 12) / weeks, (heightPx / count - MONTHS_PX - 8) / 7))
}

const cellEdge = (cellPx: number) =>
  cellPx < 10 ? { borderWidth: 1, borderRadius: 1 } : { borderWidth: 2, borderRadius: 3 }

interface Place {
  readonly at: number
  /** Of all the strips. */
  readonly count: number
  readonly cellPx: number
}

function calendarOf(strip: Strip, { at, count, cellPx }: Place, frame: Frame, look: Look): CalendarOption {
  const { theme, locale, heightPx } = look
  const eachPx = heightPx / count
  const label = { color: theme.faint, fontFamily: theme.font, fontSize: AXIS_FONT_PX }
  const top = eachPx * at + MONTHS_PX + Math.max(0, (eachPx - MONTHS_PX - 8 - 7 * cellPx) / 2)
  const names = weekDays(locale, 7).map(({ short }) => short)
  return {
    range: [strip.from, strip.to],
    left: leftPx(strip),
    top,
    cellSize: [cellPx, cellPx],
    splitLine: { show: false },
    itemStyle: { color: theme.sunken, borderColor: theme.surface, borderWidth: cellEdge(cellPx).borderWidth },
    yearLabel: {
      show: strip.name !== '',
      position: 'left',
      margin: 34,
      formatter: () => strip.name,
      ...label,
    },
    monthLabel: { ...label, margin: 6, align: 'left', formatter: monthLabels(strip, cellPx, locale) },
    dayLabel: {
      ...label,
      show: cellPx >= 9,
      // From Sunday on, and every other one, as they stand close.
      firstDay: frame.firstDayOfWeek % 7,
      nameMap: names.map((name, day) => (cellPx >= 15 || day % 2 === 1 ? name : '')),
      margin: 6,
    },
  }
}

/**
 * With the year where one begins, if the strip is not that of a single year. Months that would stand in the name before them say
 * nothing.
 */
function monthLabels({ from, to, name }: Strip, cellPx: number, locale: string) {
  const hasYears = name === '' && from.slice(0, 4) !== to.slice(0, 4)
  const monthPx = cellPx * WEEKS_OF_MONTH
  const [eachMonths, yearMonths] = [MONTH_PX, YEAR_PX].map((px) => Math.ceil(px / monthPx)) as [number, number]
  const first = Temporal.PlainDate.from(from)
  const isFirstYeared = hasYears && 13 - first.month >= yearMonths
  return ({ yyyy, MM }: { yyyy?: unknown; MM?: unknown }) => {
    const month = Temporal.PlainDate.from(`${yyyy}-${MM}-01`)
    const at = first.until(month, { largestUnit: 'month' }).months
    const isYeared = hasYears && (at === 0 ? isFirstYeared || month.month === 1 : month.month === 1)
    if (isYeared) return month.toLocaleString(locale, { month: 'short', year: 'numeric' })
    const sinceYear = Math.min(isFirstYeared ? at : 12, at >= month.month - 1 ? month.month - 1 : 12)
    const isTaken = hasYears && at > 0 && sinceYear < yearMonths
    return isTaken || at % eachMonths > 0 ? '' : month.toLocaleString(locale, { month: 'short' })
  }
}

const WEEKS_OF_MONTH = 4.35
/** What `Sept` and `Nov 2026` take, with a gap. */
const MONTH_PX = 28
const YEAR_PX = 52

interface Given {
  readonly spec: ChartOf<'calendar_heat_map'>
  readonly frame: Frame
  readonly look: Look
}

function readingOf({ start, row, isOpen }: Day, given: Given, column: Column): Reading {
  const end = start.add({ days: 1 })
  return {
    title: formatBucket({ start, end }, 'day', given.look.locale),
    ...(isOpen && { note: 'Still running' }),
    lines: valueLines(given, row, column),
    picks: [],
    time: zonedText(start),
    timeEnd: zonedText(end),
  }
}
