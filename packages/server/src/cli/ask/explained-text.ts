import type { ChangeAnswer, ListedSlice } from '@almanac/core/explain/change.ts'
import type { Explained, ExplainedRows, RawRow } from '@almanac/core/explain/explain.ts'
import { counted, formatTable } from './format-rows.ts'

/** Explanations for people, as lines of text. */

export function explainedText(explained: Explained, indent: string, withSql: boolean): string {
  const { label, measure, value, howMade, howItAddsUp, from, to, isOpen, inputs, series, statement } = explained
  const slice = Object.entries(explained.dimensions).map(([name, one]) => `, ${name} ${one}`)
  const lines = [
    `${label} (${measure}): ${figure(value)}`,
    `  ${howMade} ${howItAddsUp}`,
    `  ${from} to ${to}${slice.join('')}${isOpen ? ', not ended yet' : ''}`,
    `  read from ${explained.tables.join(' and ')}`,
    ...behindLines(explained).map((line) => `  ${line}`),
    ...(series ? [`  mean of ${counted(series.length, 'value')}`] : []),
    ...(withSql ? ['', statement.sql, JSON.stringify(statement.parameters), ''] : []),
  ]
  const own = lines.map((line) => `${indent}${line}\n`).join('')
  return own + inputs.map((input) => explainedText(input.explained, `${indent}  `, withSql)).join('')
}

function behindLines({ behind }: Explained): string[] {
  if (!behind) return []
  const { rowCount, persons, buckets, batches } = behind
  const of = persons === undefined ? '' : `, ${counted(persons, 'person')}`
  const touched = buckets.shown.filter(({ isTouched }) => isTouched).length
  const computed =
    buckets.oldestComputedAt === null ? 'none computed yet' : `the oldest computed ${buckets.oldestComputedAt}`
  const changed = touched > 0 ? `, ${touched} changed since` : ''
  return [
    `${counted(rowCount, 'raw row')}${of}`,
    ...(buckets.count > 0 ? [`${counted(buckets.count, 'bucket')} of the cube, ${computed}${changed}`] : []),
    ...batches.shown.slice(0, MOST_BATCHES).map(({ import: file, log, rows, lastReceivedAt }) => {
      const from = file ? `imported from ${file.fileName ?? file.id}` : `sent by clients, log ${log.id}`
      return `${counted(rows, 'row')} ${from}, the last one received ${lastReceivedAt}`
    }),
  ]
}

const MOST_BATCHES = 5

export function rowsText({ rows, cursor }: ExplainedRows): string {
  const names = [...new Set(rows.flatMap(({ columns }) => Object.keys(columns)))].slice(0, MOST_COLUMNS)
  const taken = [...new Set(rows.flatMap((row) => Object.keys(row.counted)))]
  const table = formatTable({
    columns: ['time', ...taken, ...names],
    rows: rows.map((row) => cells(row, taken, names)),
  })
  return cursor === undefined ? table : `${table}There are more rows.\n`
}

const MOST_COLUMNS = 8

function cells({ time, counted: taken, columns }: RawRow, own: readonly string[], names: readonly string[]): unknown[] {
  return [time, ...own.map((name) => taken[name]), ...names.map((name) => columns[name])]
}

export function changeText({ label, previous, current, difference, percent, slices }: ChangeAnswer): string {
  const change =
    difference === null ? 'no difference' : `${signed(difference)}${percent === null ? '' : ` (${signed(percent)} %)`}`
  const head = `${label}: ${figure(previous.value)} → ${figure(current.value)}, ${change}\n`
  if (slices.length === 0) return `${head}No slice stands out.\n`
  const isRatio = slices.some(({ rateEffect }) => rateEffect !== undefined)
  const columns = [
    'slice',
    'before',
    'now',
    'contribution',
    'expected',
    ...(isRatio ? ['by rate', 'by mix'] : []),
    'score',
  ]
  return `${head}\n${formatTable({ columns, rows: slices.map((slice) => sliceRow(slice, isRatio)) })}`
}

function sliceRow(slice: ListedSlice, isRatio: boolean): unknown[] {
  const { previous, current, contribution, expected, rateEffect, mixEffect, score } = slice
  const names = [slice.dimensions, ...slice.alike].map(sliceName)
  const effects = isRatio ? [rateEffect, mixEffect] : []
  return [names.join(' = '), previous.value, current.value, contribution, expected, ...effects, score]
}

function sliceName(dimensions: ListedSlice['dimensions']): string {
  return Object.entries(dimensions)
    .map(([dimension, value]) => `${dimension} ${value === '' ? '(empty)' : value}`)
    .join(', ')
}

const figure = (value: unknown) => (typeof value === 'number' ? value.toLocaleString('en') : String(value ?? 'nothing'))
const signed = (value: number) => `${value > 0 ? '+' : ''}${value.toLocaleString('en', { maximumFractionDigits: 2 })}`
