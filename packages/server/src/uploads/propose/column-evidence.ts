import type { DateStyle, NumberStyle, UploadType } from '@almanac/core/uploads/upload-definition.ts'
import type { ColumnEvidence } from '@almanac/core/uploads/upload-proposal.ts'
import type { Cell } from '../reading/file-rows.ts'
import { isBlank, isNothing } from '../values/empty-cell.ts'
import { readBoolean } from '../values/read-boolean.ts'
import { type ReadDate, readDate } from '../values/read-date.ts'
import { readNumber } from '../values/read-number.ts'

/** What the values of a column speak for, gathered row by row. */

const MOST_DISTINCT = 5000
const EXAMPLES = 5
const LONGEST_EXAMPLE = 100

type Reading = 'boolean' | `${NumberStyle}` | 'whole_point' | 'whole_comma' | OrderedStyle
type OrderedStyle = Extract<DateStyle, 'year_first' | 'day_first' | 'month_first'>
export const ORDERED_STYLES = ['year_first', 'day_first', 'month_first'] as const satisfies readonly OrderedStyle[]

export interface Evidence {
  rows: number
  /** Rows with a text in them, and those where that stands for a number or date that is not there. */
  blank: number
  nothing: number
  /** How many values can be read in which way. */
  readonly counts: Record<Reading, number>
  /** Texts such as 00123, which are names of things. */
  leadingZeros: number
  /** Numbers that are whole in one style and not in the other: `1.234`. */
  ambiguousNumbers: number
  ambiguousDates: number
  /** Dates separated by dots. */
  dottedDates: number
  percents: number
  /** Dates with a time of day, and with an offset. */
  clocks: number
  offsets: number
  /** How often a value is less than the one before, read in that order. */
  readonly backwards: Record<OrderedStyle, number>
  readonly before: Partial<Record<OrderedStyle, string>>
  least: number
  greatest: number
  /** Numbers that are not less than the one before. */
  rising: number
  lastNumber: number
  readonly distinct: Set<string>
  readonly examples: string[]
}

export function noEvidence(): Evidence {
  return {
    rows: 0,
    blank: 0,
    nothing: 0,
    counts: {
      boolean: 0,
      point: 0,
      comma: 0,
      whole_point: 0,
      whole_comma: 0,
      year_first: 0,
      day_first: 0,
      month_first: 0,
    },
    leadingZeros: 0,
    ambiguousNumbers: 0,
    ambiguousDates: 0,
    dottedDates: 0,
    percents: 0,
    clocks: 0,
    offsets: 0,
    backwards: { year_first: 0, day_first: 0, month_first: 0 },
    before: {},
    least: Number.POSITIVE_INFINITY,
    greatest: Number.NEGATIVE_INFINITY,
    rising: 0,
    lastNumber: Number.NEGATIVE_INFINITY,
    distinct: new Set(),
    examples: [],
  }
}

export function noteCell(evidence: Evidence, cell: Cell): void {
  evidence.rows += 1
  if (isBlank(cell)) {
    evidence.blank += 1
    evidence.nothing += 1
    return
  }
  const text = String(cell)
  if (evidence.distinct.size < MOST_DISTINCT && !evidence.distinct.has(text.slice(0, LONGEST_EXAMPLE))) {
    evidence.distinct.add(text.slice(0, LONGEST_EXAMPLE))
    if (evidence.examples.length < EXAMPLES) evidence.examples.push(text.slice(0, LONGEST_EXAMPLE))
  }
  if (isNothing(cell)) evidence.nothing += 1
  else if (typeof cell === 'boolean') evidence.counts.boolean += 1
  else if (typeof cell === 'number') noteNumber(evidence, cell)
  else noteText(evidence, (cell as string).trim())
}

function noteNumber(evidence: Evidence, value: number): void {
  for (const style of ['point', 'comma'] as const) {
    evidence.counts[style] += 1
    if (Number.isInteger(value)) evidence.counts[`whole_${style}`] += 1
  }
  noteSize(evidence, value)
  if (Number.isInteger(value) && value >= 19000101 && value <= 21001231) noteDates(evidence, String(value))
}

function noteSize(evidence: Evidence, value: number): void {
  evidence.least = Math.min(evidence.least, value)
  evidence.greatest = Math.max(evidence.greatest, value)
  if (value >= evidence.lastNumber) evidence.rising += 1
  evidence.lastNumber = value
}

function noteText(evidence: Evidence, text: string): void {
  if (readBoolean(text, false) !== undefined) evidence.counts.boolean += 1
  if (/^0\d/.test(text) && !/[.,]/.test(text)) evidence.leadingZeros += 1
  const point = readNumber(text, 'point')
  const comma = readNumber(text, 'comma')
  if (point) {
    evidence.counts.point += 1
    if (Number.isInteger(point.value) && !point.isPercent) evidence.counts.whole_point += 1
  }
  if (comma) {
    evidence.counts.comma += 1
    if (Number.isInteger(comma.value) && !comma.isPercent) evidence.counts.whole_comma += 1
  }
  if (point && comma && point.value !== comma.value) evidence.ambiguousNumbers += 1
  const number = point ?? comma
  if (number) {
    noteSize(evidence, number.value)
    if (number.isPercent) evidence.percents += 1
  }
  if (/\d/.test(text)) noteDates(evidence, text)
}

function noteDates(evidence: Evidence, text: string): void {
  let any: ReadDate | undefined
  for (const style of ORDERED_STYLES) {
    const date = readDate(text, style)
    if (!date) continue
    any = date
    evidence.counts[style] += 1
    const key = `${date.day} ${date.clock ?? ''}`
    const before = evidence.before[style]
    if (before !== undefined && key < before) evidence.backwards[style] += 1
    evidence.before[style] = key
  }
  if (!any) return
  if (any.isAmbiguous) evidence.ambiguousDates += 1
  if (/^\d{1,2}\.\s?\d{1,2}\./.test(text)) evidence.dottedDates += 1
  if (any.clock !== undefined) evidence.clocks += 1
  if (any.offset !== undefined) evidence.offsets += 1
}

/** Of the type that was chosen in the end. */
export function evidenceOf(
  evidence: Evidence,
  type: UploadType,
  misfits: readonly string[],
  misfitCount: number,
): ColumnEvidence {
  const { rows, blank, nothing, distinct, examples } = evidence
  const empty = type === 'text' ? blank : nothing
  return {
    empty: rows === 0 ? 0 : empty / rows,
    misfit: rows === 0 ? 0 : misfitCount / rows,
    misfitExamples: misfits,
    distinct: distinct.size,
    examples,
  }
}
