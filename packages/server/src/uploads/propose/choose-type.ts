import type { UploadColumn } from '@almanac/core/uploads/upload-definition.ts'
import { type Evidence, ORDERED_STYLES } from './column-evidence.ts'

export type ChosenType = Pick<UploadColumn, 'type' | 'numbers' | 'dates' | 'isPercent'> & {
  /** What a person should look at. */
  readonly question?: string
}

/** Of values that are there, so many have to be of a type: one wrong cell among many does not make a number a text. */
function enough(values: number): number {
  if (values >= 20) return values * 0.9
  return values >= 5 ? values * 0.8 : values
}

/** What holds for all columns of a file, as far as some of them are sure. */
export interface FileHabits {
  readonly dates: 'day_first' | 'month_first' | undefined
  readonly numbers: 'point' | 'comma' | undefined
}

export function chooseType(header: string, evidence: Evidence, habits: FileHabits): ChosenType {
  const { rows, nothing, counts, leadingZeros } = evidence
  const values = rows - nothing
  // Nothing but blanks, or words that stand for nothing: nobody knows, and a text holds anything.
  if (values === 0) return { type: 'text' }
  const isEnough = (count: number) => count >= enough(values)
  if (isEnough(counts.boolean) && counts.boolean > 0) return { type: 'boolean' }
  const number = isEnough(Math.max(counts.point, counts.comma)) ? numberType(evidence, habits) : undefined
  const isDate = isEnough(Math.max(...ORDERED_STYLES.map((style) => counts[style])))
  if (number && !(isDate && looksCompact(header, evidence))) {
    if (leadingZeros > 0) return { type: 'text' }
    return (number.type === 'integer' && epochType(header, evidence)) || number
  }
  if (isDate) return dateType(evidence, habits)
  return { type: 'text' }
}

function numberType({ counts, percents, ambiguousNumbers }: Evidence, habits: FileHabits): ChosenType {
  const { point, comma } = counts
  // What can be read in both ways, and means something else in each, is settled by the rest of the column, then of the file.
  const isOpen = point === comma && ambiguousNumbers > 0
  const numbers = isOpen ? (habits.numbers ?? 'point') : point >= comma ? 'point' : 'comma'
  const question =
    isOpen && habits.numbers === undefined
      ? `Is the ${numbers === 'point' ? 'point' : 'comma'} the decimal sign? The numbers could be read either way.`
      : undefined
  const style = numbers === 'comma' ? { numbers } : {}
  const asked = question === undefined ? {} : { question }
  if (percents > 0) return { type: 'decimal', ...style, isPercent: true, ...asked }
  return { type: counts[`whole_${numbers}`] === counts[numbers] ? 'integer' : 'decimal', ...style, ...asked }
}

const CLOCK_NAME =
  /(^|[^a-z])(time|timestamp|date|datetime|ts|epoch|unix|created|updated|modified|when|at)([^a-z]|$)|(At|Time|Date|Timestamp)$/i

/** Seconds or milliseconds since 1970: by their size and by the name. */
function epochType(header: string, { least, greatest }: Evidence): ChosenType | undefined {
  if (!CLOCK_NAME.test(header)) return undefined
  if (least >= 3e8 && greatest < 5e9) return { type: 'time', dates: 'seconds' }
  if (least >= 3e11 && greatest < 5e12) return { type: 'time', dates: 'milliseconds' }
  return undefined
}

/** Numbers such as 20260517 that are all days. */
function looksCompact(header: string, { counts, least, greatest, rows, nothing }: Evidence): boolean {
  const areDays = least >= 19000101 && greatest <= 21001231 && counts.year_first === rows - nothing
  return areDays && (CLOCK_NAME.test(header) || /day|tag|jour|d[ií]a|datum|fecha|data/i.test(header))
}

function dateType(evidence: Evidence, habits: FileHabits): ChosenType {
  const { counts, clocks, ambiguousDates, dottedDates, backwards } = evidence
  const type = clocks > 0 ? 'time' : 'date'
  const { year_first, day_first, month_first } = counts
  if (year_first >= day_first && year_first >= month_first) return { type, dates: 'year_first' }
  if (day_first !== month_first) return { type, dates: day_first > month_first ? 'day_first' : 'month_first' }
  // Every one of them can be read in both orders.
  if (ambiguousDates === 0) return { type, dates: habits.dates ?? 'day_first' }
  if (dottedDates > 0) return { type, dates: 'day_first' }
  if (habits.dates !== undefined) return { type, dates: habits.dates }
  const isDayFirst = backwards.day_first <= backwards.month_first
  const question = 'Does the day or the month come first? Every date of the column could be read either way.'
  return { type, dates: isDayFirst ? 'day_first' : 'month_first', question }
}

/** What columns that are sure say of those that are not. */
export function habitsOf(columns: readonly Evidence[]): FileHabits {
  const sure = (of: (evidence: Evidence) => number) => columns.reduce((sum, one) => sum + Math.max(of(one), 0), 0)
  const dayFirst = sure(({ counts }) => counts.day_first - counts.month_first)
  const monthFirst = sure(({ counts }) => counts.month_first - counts.day_first)
  const point = sure(({ counts }) => counts.point - counts.comma)
  const comma = sure(({ counts }) => counts.comma - counts.point)
  return {
    dates: dayFirst === monthFirst ? undefined : dayFirst > monthFirst ? 'day_first' : 'month_first',
    numbers: point === comma ? undefined : point > comma ? 'point' : 'comma',
  }
}
