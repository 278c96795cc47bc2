import { z } from 'zod'
import { NAME, NAME_TEXT } from '../cubes/names.ts'
import { isTimeZone } from '../time/moment.ts'

/**
 * How the files of an upload are read and what they mean: which columns there are and of which types, which one is the time, what
 * is counted and added up. It is found in the first file, changed by a person, and holds for every file that comes later.
 */

export const UPLOAD_TYPES = ['text', 'integer', 'decimal', 'boolean', 'date', 'time'] as const
export type UploadType = (typeof UPLOAD_TYPES)[number]

/** What stands for what in texts of a column; of values that a file gives a type itself, nothing of this is asked. */
export const NUMBER_STYLES = ['point', 'comma'] as const
export type NumberStyle = (typeof NUMBER_STYLES)[number]
export const DATE_STYLES = ['year_first', 'day_first', 'month_first', 'year', 'seconds', 'milliseconds'] as const
export type DateStyle = (typeof DATE_STYLES)[number]

export const UPLOAD_AGGREGATES = ['count', 'sum', 'average', 'minimum', 'maximum', 'median', 'unique', 'last'] as const
export type UploadAggregate = (typeof UPLOAD_AGGREGATES)[number]
export const UPLOAD_FORMATS = ['integer', 'decimal', 'percent', 'currency', 'seconds'] as const

const noNul = (text: string) => !text.includes('\0')
const label = z.string().trim().min(1).max(100).refine(noNul, 'expected a text without NUL')
// Queries call their own columns by one letter.
const name = z
  .string()
  .regex(NAME, `expected ${NAME_TEXT}`)
  .refine((name) => name.length > 1 && name !== 'is_rest', 'expected a longer name, of two letters at least')
const timezone = z.string().refine(isTimeZone, 'expected a time zone such as Europe/Berlin')

export const UploadColumn = z.strictObject({
  source: z.string().max(1000).describe('What the file calls it.'),
  name: name.describe('In SQL and in queries.'),
  label,
  type: z.enum(UPLOAD_TYPES),
  numbers: z.enum(NUMBER_STYLES).exactOptional().describe('Of texts: the decimal sign.'),
  dates: z.enum(DATE_STYLES).exactOptional().describe('Of texts and numbers: in which order, or since when.'),
  isPercent: z.boolean().exactOptional().describe('12 % is kept as 0.12.'),
  isDimension: z.boolean().describe('Whether figures can be grouped and filtered by it.'),
  isLeftOut: z.boolean().default(false).describe('It stays in the raw file alone.'),
})
export type UploadColumn = z.output<typeof UploadColumn>

export const UploadMeasure = z.strictObject({
  name,
  label,
  aggregate: z.enum(UPLOAD_AGGREGATES),
  column: name.exactOptional().describe('By name; of all but a count of rows.'),
  format: z.enum(UPLOAD_FORMATS).default('decimal'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'expected a currency such as EUR')
    .exactOptional(),
  better: z.enum(['higher', 'lower']).default('higher'),
})
export type UploadMeasure = z.output<typeof UploadMeasure>

export const UploadDefinition = z
  .strictObject({
    label,
    description: z.string().max(1000).refine(noNul, 'expected a text without NUL').default(''),
    timezone: timezone.default('UTC').describe('Of times that do not say theirs, and of the days.'),
    sheet: z.string().max(200).exactOptional().describe('Of an Excel file; by default the first one with rows.'),
    hasHeader: z.boolean().default(true).describe('Whether the first row of a table names the columns.'),
    columns: z.array(UploadColumn).min(1).max(1000),
    time: name.nullable().describe('The column that says when; null: the time of the upload.'),
    keys: z.array(name).max(10).default([]).describe('Columns that tell rows apart, to insert or update by.'),
    measures: z.array(UploadMeasure).min(1).max(100),
  })
  .superRefine((definition, context) => {
    for (const issue of definitionIssues(definition)) context.addIssue({ code: 'custom', ...issue })
  })
export type UploadDefinition = z.output<typeof UploadDefinition>

interface Found {
  path: (string | number)[]
  message: string
}

/** How the parts fit together. */
function definitionIssues({ columns, time, keys, measures }: UploadDefinition): Found[] {
  const kept = columns.filter(({ isLeftOut }) => !isLeftOut)
  const typeOf = (name: string) => kept.find((column) => column.name === name)?.type
  const known = kept.map(({ name }) => name).join(', ')
  return [
    ...(kept.length === 0 ? [{ path: ['columns'], message: 'expected at least one column that is kept' }] : []),
    ...(kept.filter(({ isDimension }) => isDimension).length > MOST_DIMENSIONS
      ? [{ path: ['columns'], message: `expected at most ${MOST_DIMENSIONS} dimensions` }]
      : []),
    ...twice(columns.map(({ name }) => name)).map((i) => namedTwice(['columns', i, 'name'], columns[i]?.name)),
    ...twice(columns.map(({ source }) => source)).map((i) => namedTwice(['columns', i, 'source'], columns[i]?.source)),
    ...columns.flatMap(({ name }, i) => (name === 'time' ? [{ path: ['columns', i, 'name'], message: NOT_TIME }] : [])),
    ...(time !== null && !isTime(typeOf(time))
      ? [{ path: ['time'], message: `expected a column of dates or times, got "${time}"` }]
      : []),
    ...keys.flatMap((key, i) =>
      typeOf(key) ? [] : [{ path: ['keys', i], message: `expected one of the columns ${known}, got "${key}"` }],
    ),
    ...twice(measures.map(({ name }) => name)).map((i) => namedTwice(['measures', i, 'name'], measures[i]?.name)),
    ...measures.flatMap((measure, i) => measureIssues(measure, i, kept)),
  ]
}

const MOST_DIMENSIONS = 95
const NOT_TIME = 'expected another name than "time", which is the column of the buckets'
const isTime = (type: UploadType | undefined) => type === 'date' || type === 'time'
const isNumber = (type: UploadType | undefined) => type === 'integer' || type === 'decimal'

function measureIssues({ name, aggregate, column }: UploadMeasure, i: number, kept: readonly UploadColumn[]): Found[] {
  const issues: Found[] = []
  const dimension = kept.find((one) => one.name === name && one.isDimension)
  if (dimension)
    issues.push({
      path: ['measures', i, 'name'],
      message: `expected another name: a dimension is called "${name}", too`,
    })
  if (name === 'time') issues.push({ path: ['measures', i, 'name'], message: NOT_TIME })
  if (aggregate === 'count') return issues
  const type = kept.find((one) => one.name === column)?.type
  if (type === undefined)
    issues.push({ path: ['measures', i, 'column'], message: `expected a column that is kept, got ${column ?? 'none'}` })
  else if (aggregate !== 'unique' && !isNumber(type))
    issues.push({
      path: ['measures', i, 'column'],
      message: `expected a column of numbers, got "${column}", which is ${type}`,
    })
  return issues
}

const namedTwice = (path: Found['path'], name: string | undefined): Found => ({
  path,
  message: `expected each name once, got "${name}" twice`,
})

/** The places of those that were there before. */
function twice(names: readonly string[]): number[] {
  return names.flatMap((name, i) => (names.indexOf(name) < i ? [i] : []))
}
