import type { Column, Row } from '../../query/query.ts'
import type { ChartOf } from '../chart-spec.ts'
import type { Drawing, GridDrawing, Look, Reading } from '../drawing.ts'
import { formatNumber } from '../format/format-number.ts'
import { formatValue } from '../format/format-value.ts'
import type { Frame } from '../frame.ts'
import type { Given } from '../parts/value-lines.ts'
import { columnOf, dimensionsOf, labelOf, numberIn, UnfitFrame } from '../roles.ts'
import { inkOn, shadeAt } from '../shades.ts'
import { totalsBy } from '../whole.ts'

type Cohorts = Given<ChartOf<'cohort_grid'>>
type Cell = GridDrawing['rows'][number]['cells'][number]

/**
 * Who came back: a line for each cohort, a column for each period since it began, darker the more there were. Cells of periods that
 * have not begun are blank, those that still run say so. The first line is the average over the periods that have ended, where the
 * answer has it.
 */
export function drawCohortGrid(spec: ChartOf<'cohort_grid'>, frame: Frame, look: Look): Drawing {
  const given = { spec, frame, look }
  const columns = neededColumns(frame)
  const periods = [...new Set(frame.rows.map((row) => numberIn(row, 'period')))]
    .filter((period) => period !== null)
    .sort((a, b) => a - b)
  const strongest = strongestShare(frame.rows)
  if (strongest === undefined) return { as: 'empty', reason: 'only_nulls', text: 'Nobody began in this range.' }
  const average = totalsBy(frame, ['period'])
  const groups = [
    ...Map.groupBy(frame.rows, (row) => JSON.stringify(columns.names.map(({ name }) => row[name]))).values(),
  ]
  const line = (label: string, rows: readonly Row[], size: number | null) =>
    lineOf(given, { label, rows, size, periods, strongest, period: columns.period })
  return {
    as: 'grid',
    corner: labelOf(spec, columns.cohort),
    columns: periods.map((period) => `${labelOf(spec, columns.period)} ${period}`),
    rows: [
      ...(average ? [line('Average', average, sizeOfAverage(average))] : []),
      ...groups.map((rows) =>
        line(nameOf(given, columns.names, rows[0] as Row), rows, numberIn(rows[0] as Row, 'size')),
      ),
    ],
    summary: summaryOf(given, groups.length, average),
  }
}

const NEEDED = ['cohort', 'period', 'size', 'persons', 'share'] as const

function neededColumns(frame: Frame) {
  const known = new Set(frame.columns.map(({ name }) => name))
  const missing = NEEDED.filter((name) => !known.has(name))
  if (missing.length > 0) {
    throw new UnfitFrame(
      `It needs the columns ${NEEDED.join(', ')}, as cohorts have them; missing: ${missing.join(', ')}.`,
    )
  }
  const cohort = columnOf(frame, 'cohort')
  const slices = dimensionsOf(frame).filter(({ name }) => name !== 'cohort' && name !== 'period')
  return { cohort, period: columnOf(frame, 'period'), names: [...slices, cohort] }
}

/** Of all periods but the one in which they began, in which nearly everybody comes: it would leave all others pale. */
function strongestShare(rows: readonly Row[]): number | undefined {
  const shares = rows.flatMap((row) => {
    const share = numberIn(row, 'share')
    return share === null ? [] : [{ share, isFirst: numberIn(row, 'period') === 0 }]
  })
  const later = shares.filter(({ isFirst }) => !isFirst)
  return (later.length > 0 ? later : shares).reduce<number | undefined>(
    (most, { share }) => Math.max(most ?? 0, share),
    undefined,
  )
}

/** The first period has ended for the most of them. */
const sizeOfAverage = (rows: readonly Row[]) =>
  rows.reduce<number | null>((most, row) => Math.max(most ?? 0, numberIn(row, 'size') ?? 0), null)

function nameOf({ frame, look }: Cohorts, names: readonly Column[], row: Row): string {
  return names.map((column) => formatValue(row[column.name], column, frame, look.locale)).join(' · ')
}

interface Line {
  readonly label: string
  readonly rows: readonly Row[]
  readonly size: number | null
  readonly periods: readonly number[]
  readonly strongest: number
  readonly period: Column
}

function lineOf(given: Cohorts, line: Line): GridDrawing['rows'][number] {
  const byPeriod = new Map(line.rows.map((row) => [numberIn(row, 'period'), row]))
  return {
    label: line.label,
    size: formatNumber(line.size, 'integer', 'exact', given.look.locale),
    cells: line.periods.map((period) => cellOf(given, line, period, byPeriod.get(period))),
  }
}

function cellOf(
  given: Cohorts,
  { label, strongest, period: column }: Line,
  period: number,
  row: Row | undefined,
): Cell {
  const { spec, look } = given
  const { theme, locale } = look
  const [persons, share, size] = ['persons', 'share', 'size'].map((name) => (row ? numberIn(row, name) : null))
  const text = (value: number | null | undefined, format: 'integer' | 'percent') =>
    formatNumber(value, format, 'exact', locale)
  const isBlank = persons === null || share === null || share === undefined
  const background = isBlank ? theme.surface : shadeAt(strongest === 0 ? 0 : share / strongest, theme)
  const isOpen = row?.is_open === true
  const reading: Reading = {
    title: `${label} · ${labelOf(spec, column)} ${period}`,
    ...(isOpen && !isBlank && { note: 'Still running' }),
    lines: [
      { label: 'Came back', text: text(persons, 'integer') },
      { label: 'Of', text: text(size, 'integer') },
      { label: 'Share', text: text(share, 'percent') },
    ],
    picks: [],
  }
  const shown = spec.show === 'count' ? text(persons, 'integer') : text(share, 'percent')
  return {
    text: isBlank ? '' : shown,
    background,
    ink: isBlank ? theme.faint : inkOn(background, theme),
    reading,
    isOpen: isOpen && !isBlank,
  }
}

function summaryOf({ look, spec, frame }: Cohorts, count: number, average: readonly Row[] | undefined): string {
  const period = labelOf(spec, columnOf(frame, 'period')).toLowerCase()
  const ends = (average ?? []).flatMap((row) => {
    const share = numberIn(row, 'share')
    return share === null ? [] : [`${formatNumber(share, 'percent', 'exact', look.locale)} in ${period} ${row.period}`]
  })
  const shown = ends.length > 4 ? [...ends.slice(0, 3), ends.at(-1)] : ends
  return `${count} cohorts${shown.length > 0 ? `; on average came back ${shown.join(', ')}` : ''}.`
}
