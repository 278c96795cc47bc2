import type { Column, Row } from '../../query/query.ts'
import type { ChartSpec } from '../chart-spec.ts'
import type { Ink, Reading } from '../drawing.ts'
import type { Frame } from '../frame.ts'
import { isAdditive, isRestRow, labelOf, numberIn, REST_NAME } from '../roles.ts'
import { rowsBy, sum, totalsBy } from '../whole.ts'
import { exactText, type Given, nameOf, picksOf, shareText, spokenText, valueLines } from './value-lines.ts'

/** A piece of a whole. */
export interface Part {
  /** What `Look.hidden` holds. */
  readonly key: string
  readonly label: string
  readonly value: number
  /** Of all pieces together: all shares make one. */
  readonly share: number
  readonly ink: Ink
  readonly reading: Reading
}

interface Parts {
  readonly parts: readonly Part[]
  /** Of everything, where it is known: of people, the pieces can be more than it. */
  readonly whole: number | undefined
  /** What the reader has to know to read it right. */
  readonly notes: readonly string[]
}

interface Asked {
  readonly by: Column
  readonly column: Column
  readonly most: number
}

/** A key that no value of a dimension has. */
const REST_KEY = '…'

/**
 * The pieces of a whole, largest first. What is more than `most` is one piece, as is what the engine has counted as the rest; its value
 * is said only where it is known: from the engine, or as the sum where the measure adds up. Nulls, zeros and what is negative are no
 * pieces.
 */
export function partsOf(given: Given, { by, column, most }: Asked): Parts {
  const { frame } = given
  const rows = rowsBy(frame, [by.name], column)
  const positive = rows.filter((row) => (numberIn(row, column) ?? 0) > 0)
  const ranked = positive.filter((row) => !isRestRow(row)).toSorted(byValue(column))
  const shown = ranked.length > most ? ranked.slice(0, most - 1) : ranked
  const folded = ranked.slice(shown.length)
  const whole = wholeOf(frame, column, rows)
  const rest = restOf(given, column, {
    folded,
    counted: positive.filter(isRestRow),
    unlisted: unlistedValue(frame, column, positive),
  })
  const all = (sum(shown.map((row) => numberIn(row, column))) ?? 0) + (rest?.value ?? 0)
  const parts = shown.map((row, at) => partOf(given, { row, by, column }, { all, ink: inkOf(given.spec, row, by, at) }))
  return {
    parts: rest ? [...parts, restPart(given, column, rest, all)] : parts,
    whole,
    notes: notesOf(given, { rows, column, whole, all }),
  }
}

const byValue = (column: Column) => (a: Row, b: Row) => (numberIn(b, column) ?? 0) - (numberIn(a, column) ?? 0)

/** The engine's total, or the sum where the measure adds up. */
function wholeOf(frame: Frame, column: Column, rows: readonly Row[]): number | undefined {
  const total = totalsBy(frame, [])?.[0]
  const value = total ? numberIn(total, column) : null
  if (value !== null) return value
  return isAdditive(column) && !frame.isTruncated
    ? (sum(rows.map((row) => numberIn(row, column))) ?? undefined)
    : undefined
}

/** What a top list without a rest leaves out, where the measure adds up and its total is known. */
function unlistedValue(frame: Frame, column: Column, rows: readonly Row[]): number {
  const total = totalsBy(frame, [])?.[0]
  const whole = total && isAdditive(column) ? numberIn(total, column) : null
  if (whole === null) return 0
  const left = whole - (sum(rows.map((row) => numberIn(row, column))) ?? 0)
  // Decimals are added in another order here than by the engine.
  return left > Math.abs(whole) * 1e-9 ? left : 0
}

interface Rest {
  readonly value: number
  /** The value is that of the rest, and not only the sum of values that do not add up. */
  readonly isExact: boolean
  readonly count: number
  readonly lines: Reading['lines'] | undefined
}

function restOf(
  given: Given,
  column: Column,
  { folded, counted, unlisted }: { folded: readonly Row[]; counted: readonly Row[]; unlisted: number },
): Rest | undefined {
  const value = (sum([...folded, ...counted].map((row) => numberIn(row, column))) ?? 0) + unlisted
  if (value <= 0) return undefined
  const only = folded.length === 0 && unlisted === 0 ? counted[0] : undefined
  return {
    value,
    isExact: only !== undefined || isAdditive(column),
    count: folded.length,
    lines: only && valueLines(given, only, column, 'muted'),
  }
}

function restPart(given: Given, column: Column, { value, isExact, count, lines }: Rest, all: number): Part {
  const label = count > 0 ? `${REST_NAME} (${count})` : REST_NAME
  const share = value / all
  const own = {
    label: labelOf(given.spec, column),
    text: isExact ? exactText(given, value, column) : '–',
    ink: 'muted' as const,
  }
  return {
    key: REST_KEY,
    label,
    value,
    share,
    ink: 'muted',
    reading: { title: label, lines: [...(lines ?? [own]), shareLine(given, share)], picks: [] },
  }
}

interface Place {
  readonly row: Row
  readonly by: Column
  readonly column: Column
}

function partOf(given: Given, { row, by, column }: Place, { all, ink }: { all: number; ink: Ink }): Part {
  const value = numberIn(row, column) ?? 0
  const label = nameOf(given, row, by)
  const share = value / all
  const lines = [...valueLines(given, row, column, ink), shareLine(given, share)]
  return {
    key: String(row[by.name] ?? ''),
    label,
    value,
    share,
    ink,
    reading: { title: label, lines, picks: picksOf(row, [by]) },
  }
}

const shareLine = (given: Given, share: number) => ({ label: 'Share of all parts', text: shareText(share, given) })

const INKS = 10

/** As the spec says, else the next one of the palette. */
function inkOf({ colours }: ChartSpec, row: Row, by: Column, at: number): Ink {
  return colours?.[String(row[by.name] ?? '')] ?? (at % INKS) + 1
}

interface Findings {
  readonly rows: readonly Row[]
  readonly column: Column
  readonly whole: number | undefined
  readonly all: number
}

function notesOf(given: Given, { rows, column, whole, all }: Findings): string[] {
  const negative = rows.filter((row) => (numberIn(row, column) ?? 0) < 0).length
  return [
    ...(negative > 0 ? [`${negative} negative ${negative === 1 ? 'value is' : 'values are'} not drawn.`] : []),
    ...(whole !== undefined && all > whole * (1 + 1e-9) && negative === 0
      ? [`The parts overlap: together they are more than the ${spokenText(given, whole, column)} of all.`]
      : []),
    ...(given.frame.isTruncated ? ['There are more parts than were asked for.'] : []),
  ]
}
