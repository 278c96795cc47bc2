import type { Column, Row } from '../../query/query.ts'
import type { ChartOf } from '../chart-spec.ts'
import type { BulletDrawing, Drawing, Look } from '../drawing.ts'
import { formatNumber } from '../format/format-number.ts'
import type { Frame } from '../frame.ts'
import { NO_FIGURES } from '../nothing.ts'
import { briefly, type Given, nameOf, shareText, shortText } from '../parts/value-lines.ts'
import { dimensionFor, formatOf, isRestRow, labelOf, numberIn, valueFor } from '../roles.ts'
import { neededWhole, rowsBy } from '../whole.ts'
import { bandOf, targetLabel, targetShare, targetTone } from './bands.ts'

/**
 * Values on their way to a target: one bar, or one for each value of a dimension, all on one scale that begins at zero. Without a
 * `max` it ends where the greatest value, the target or the last band does.
 */
export function drawBullet(spec: ChartOf<'bullet'>, frame: Frame, look: Look): Drawing {
  const given = { spec, frame, look }
  const column = valueFor(frame, spec.value)
  const by = dimensionFor(frame, spec.by)
  const rows = by ? rowsBy(frame, [by.name], column).filter((row) => !isRestRow(row)) : [neededWhole(frame, column)]
  const values = rows.flatMap((row) => numberIn(row, column) ?? [])
  if (values.length === 0) return NO_FIGURES
  const max = spec.max ?? scaleEnd(spec, values)
  return {
    as: 'bullet',
    rows: rows
      .slice(0, MOST_BARS)
      .map((row) => barOf(given, row, column, { max, label: by ? nameOf(given, row, by) : labelOf(spec, column) })),
    summary: summaryOf(given, rows, column, by),
  }
}

/** Nobody reads on; the table has them all. */
const MOST_BARS = 200

/** A little beyond the greatest, so that its end is seen; a target stays in sight. */
function scaleEnd({ target, bands }: ChartOf<'bullet'>, values: readonly number[]): number {
  const greatest = values.reduce((most, value) => Math.max(most, value), 0)
  const marks = [target?.value ?? 0, ...(bands ?? []).flatMap(({ from = 0, to = 0 }) => [from, to])]
  const beyond = Math.max(greatest, (target?.value ?? 0) * 1.1, ...marks)
  return beyond > 0 ? beyond : 1
}

function barOf(
  given: Given<ChartOf<'bullet'>>,
  row: Row,
  column: Column,
  { max, label }: { readonly max: number; readonly label: string },
): BulletDrawing['rows'][number] {
  const { spec, look } = given
  const value = numberIn(row, column)
  const share = (at: number) => Math.min(1, Math.max(0, at / max))
  const tone = value === null ? undefined : (bandOf(spec.bands, value)?.tone ?? targetToneOf(given, column, value))
  return {
    label,
    text: shortText(given, value, column),
    bar: share(value ?? 0),
    ...(spec.target && {
      target: {
        at: share(spec.target.value),
        text: formatNumber(spec.target.value, formatOf(spec, column), 'short', look.locale),
        label: targetLabel(spec.target),
      },
    }),
    bands: (spec.bands ?? []).map(({ from = 0, to = max, tone }) => ({ from: share(from), to: share(to), tone })),
    ...(tone && { tone }),
    ...(spec.target && value !== null && { progress: shareText(targetShare(value, spec.target), given) }),
  }
}

const targetToneOf = ({ spec }: Given<ChartOf<'bullet'>>, column: Column, value: number) =>
  spec.target && targetTone(value, spec.target, column.better)

function summaryOf(
  given: Given<ChartOf<'bullet'>>,
  rows: readonly Row[],
  column: Column,
  by: Column | undefined,
): string {
  const { spec, look } = given
  const goal = spec.target
    ? `, ${targetLabel(spec.target).toLowerCase()} ${formatNumber(spec.target.value, formatOf(spec, column), 'short', look.locale)}`
    : ''
  const texts = rows
    .slice(0, 5)
    .map(
      (row) => `${by ? `${briefly(nameOf(given, row, by))} ` : ''}${shortText(given, numberIn(row, column), column)}`,
    )
  return `${labelOf(spec, column)}: ${texts.join(', ')}${rows.length > 5 ? ' and more' : ''}${goal}.${rows.length > MOST_BARS ? ` The first ${MOST_BARS} are shown, the table has all.` : ''}`
}
