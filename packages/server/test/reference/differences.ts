import type { Query, QueryAnswer, Row, Value } from '@almanac/core/query/query.ts'
import type { ReferenceAnswer, ReferenceRow } from './answer.ts'
import { isAbout, type ReferenceValue } from './cube.ts'

/** All that is wrong with an answer, in sentences; none where it says what the reference says. */
export function differences(query: Query, answer: QueryAnswer, expected: ReferenceAnswer): string[] {
  const comparisons = expected.comparisons.map(({ name }) => name)
  const found = [
    ...listDifferences('rows', answer.rows, expected.rows, query, comparisons),
    ...expected.totals.flatMap((rows, i) =>
      listDifferences(`totals ${i}`, answer.totals[i]?.rows ?? [], rows, query, comparisons),
    ),
  ]
  if (answer.meta.truncated !== expected.truncated) found.push(`truncated is ${answer.meta.truncated}`)
  const ranges = JSON.stringify(answer.meta.comparisons)
  if (ranges !== JSON.stringify(expected.comparisons)) {
    found.push(`comparisons are ${ranges}, expected ${JSON.stringify(expected.comparisons)}`)
  }
  return [...found, ...columnDifferences(answer)]
}

function listDifferences(
  what: string,
  rows: readonly Row[],
  expected: readonly ReferenceRow[],
  query: Query,
  comparisons: readonly string[],
): string[] {
  if (rows.length !== expected.length) {
    const keys = (list: readonly string[]) => new Set(list)
    const ofExpected = keys(expected.map(({ key }) => JSON.stringify(key)))
    const ofRows = keys(rows.map((row) => keyText(row, expected[0])))
    const missing = [...ofExpected].filter((key) => !ofRows.has(key)).slice(0, 3)
    const extra = [...ofRows].filter((key) => !ofExpected.has(key)).slice(0, 3)
    return [
      `${what}: ${rows.length}, expected ${expected.length}; missing ${missing.join(' ')}; too many ${extra.join(' ')}`,
    ]
  }
  const found = new Map(rows.map((row) => [keyText(row, expected[0]), row]))
  const isSorted = isSortedExactly(expected, query)
  return expected.flatMap((reference, i) => {
    const row = isSorted ? rows[i] : found.get(JSON.stringify(reference.key))
    // Of a list that was cut off by what is only about right, others may be there.
    if (!row) return expected.length < query.limit ? [`${what}: ${JSON.stringify(reference.key)} is missing`] : []
    return rowDifferences(row, reference, query, comparisons).map((text) => `${what} ${i}: ${text}`)
  })
}

/** Whether the order of the rows can be told: not by values that are only about right. */
function isSortedExactly(rows: readonly ReferenceRow[], { order, measures }: Query): boolean {
  const sortedBy = new Set([...order.map(({ by }) => by), ...(order.length === 0 ? measures.slice(0, 1) : [])])
  return rows.every(({ values }) => [...sortedBy].every((name) => !isAbout(values[name])))
}

function keyText(row: Row, like: ReferenceRow | undefined): string {
  if (!like) return JSON.stringify(row)
  return JSON.stringify(Object.fromEntries(Object.keys(like.key).map((name) => [name, row[name]])))
}

function rowDifferences(row: Row, reference: ReferenceRow, query: Query, comparisons: readonly string[]): string[] {
  const key = keyText(row, reference)
  if (key !== JSON.stringify(reference.key)) return [`is ${key}, expected ${JSON.stringify(reference.key)}`]
  const wrong = Object.entries(reference.values).flatMap(([name, value]) => {
    if (isRight(row[name], value)) return []
    return [`${key} ${name} is ${JSON.stringify(row[name])}, expected ${JSON.stringify(value)}`]
  })
  const known = new Set([...Object.keys(reference.key), ...Object.keys(reference.values)])
  const derived = query.measures.flatMap((measure) =>
    comparisons.flatMap((comparison) => derivedDifferences(row, measure, comparison)),
  )
  const more = Object.keys(row).filter((name) => !known.has(name) && !/:(difference|percent)$/.test(name))
  return [...wrong, ...derived, ...more.map((name) => `${key} has the column ${name}`)]
}

/** The difference and the percentage of what the row itself says. */
function derivedDifferences(row: Row, measure: string, comparison: string): string[] {
  const [now, then] = [row[measure], row[`${measure}:${comparison}`]]
  const difference = typeof now === 'number' && typeof then === 'number' ? now - then : null
  const percent = difference === null || then === 0 ? null : (difference / Math.abs(Number(then))) * 100
  return [
    ['difference', difference],
    ['percent', percent],
  ].flatMap(([part, value]) => {
    const name = `${measure}:${comparison}:${part}`
    return isRight(row[name], value as number | null) ? [] : [`${name} is ${row[name]}, expected ${value}`]
  })
}

function isRight(value: Value | undefined, expected: ReferenceValue | string): boolean {
  if (isAbout(expected)) {
    return typeof value === 'number' && value >= expected.low - 1e-6 && value <= expected.high + 1e-6
  }
  if (typeof expected !== 'number' || typeof value !== 'number') return value === expected
  return Math.abs(value - expected) <= 1e-9 * Math.max(1, Math.abs(expected))
}

/** Every row has the columns that the answer announces, and no others. */
function columnDifferences({ columns, rows }: QueryAnswer): string[] {
  const names = columns.map(({ name }) => name).toSorted()
  const [first] = rows
  if (!first) return []
  const keys = Object.keys(first).toSorted()
  return keys.join() === names.join() ? [] : [`the row has ${keys.join()}, the columns are ${names.join()}`]
}
