import type { CubeDefinition } from '../cubes/cube.ts'
import type { Run } from '../query/resolve/cover.ts'
import type { NamedMeasure } from '../query/resolve/resolve-measures.ts'
import type { ResolvedQuery } from '../query/resolve/resolve-query.ts'
import { BUCKET } from '../query/sql/own-names.ts'
import { rawSelect } from '../query/sql/parts-sql.ts'
import { Statement } from '../query/sql/statement.ts'
import type { MeasureRows } from './measure-rows.ts'

/**
 * The raw rows behind a value. Which they are is said by the same text that cubes are computed with: the cube's rows, the
 * filters, and the condition of the measure.
 */
export interface RowsAbout {
  readonly cube: CubeDefinition
  readonly measure: NamedMeasure
  readonly resolved: Pick<ResolvedQuery, 'filters' | 'calendar' | 'range'>
  readonly rows: MeasureRows
  readonly nowMs: number
}

export interface RowsSql {
  readonly text: string
  readonly parameters: Record<string, unknown>
}

/** A column of the raw rows, as the engine names it. */
export interface RawColumn {
  readonly name: string
  readonly type: string
}

/** Where the last page ended: the time and the key of its last row, and how many rows with both were on pages so far. */
export interface RowsCursor {
  readonly ms: number
  readonly key: string
  readonly seen: number
}

/** Columns of the answer: `ms$`, `row$`, `counted$<name>`, and the raw ones. Oldest first. */
export function pageSql(
  about: RowsAbout,
  columns: readonly RawColumn[],
  cursor: RowsCursor | undefined,
  limit: number,
): RowsSql {
  const counted = Object.entries(about.rows.counted).map(([name, sql]) => `${sql} AS counted$${name}`)
  const taken = [
    ...columns.map(({ name }) => quoted(name)),
    `${msOf(about.cube)} AS ms$`,
    `${keySql(columns)} AS row$`,
    ...counted,
  ]
  const select = selectRows(about, taken, cursor?.ms)
  const after = cursor ? 'AND (ms$ > {ms:Int64} OR (ms$ = {ms:Int64} AND row$ >= {key:String}))' : ''
  return {
    text: `SELECT * EXCEPT (${BUCKET}, counts$)${asText(columns)}
FROM (
${select.text}
)
WHERE counts$ ${after}
ORDER BY ms$, row$
LIMIT {limit:UInt32} OFFSET {seen:UInt32}`,
    parameters: {
      ...select.parameters,
      limit,
      seen: cursor?.seen ?? 0,
      ...(cursor && { ms: cursor.ms, key: cursor.key }),
    },
  }
}

/** `row_count`, and `persons` where persons are counted. */
export function countSql(about: RowsAbout): RowsSql {
  const { person } = about.rows
  const select = selectRows(about, person ? [`${person} AS person$`] : [])
  const columns = ['count() AS row_count', ...(person ? ['uniqExact(person$) AS persons'] : [])]
  return {
    text: `SELECT ${columns.join(', ')}\nFROM (\n${select.text}\n)\nWHERE counts$`,
    parameters: select.parameters,
  }
}

/** Different persons, each with its rows, in the order of their ids. `after` is the last id of the page before. */
export function personsSql(about: RowsAbout, after: string | undefined, limit: number): RowsSql {
  const { person = '0' } = about.rows
  const select = selectRows(about, [`toUInt64(${person}) AS person$`, `${msOf(about.cube)} AS ms$`])
  return {
    text: `SELECT toString(person$) AS person, count() AS row_count, min(ms$) AS first_ms, max(ms$) AS last_ms
FROM (
${select.text}
)
WHERE counts$ AND person$ > {after:UInt64}
GROUP BY person$
ORDER BY person$
LIMIT {limit:UInt32}`,
    parameters: { ...select.parameters, after: after ?? '0', limit },
  }
}

/** What events say of the way that they came. */
export const BATCH_COLUMNS = ['import_id', 'log_id', 'log_position', 'received_at'] as const

/** Batches that brought the rows, the largest first, with how many batches and rows there are in all. */
export function batchesSql(about: RowsAbout, limit: number): RowsSql {
  const select = selectRows(about, BATCH_COLUMNS)
  return {
    text: `SELECT toString(import_id) AS import_id, toString(log_id) AS log_id, count() AS row_count,
  toString(min(log_position)) AS first_position, toString(max(log_position)) AS last_position,
  toUnixTimestamp64Milli(min(received_at)) AS first_received_ms, toUnixTimestamp64Milli(max(received_at)) AS last_received_ms,
  count() OVER () AS batch_count, sum(row_count) OVER () AS all_rows
FROM (
${select.text}
)
WHERE counts$
GROUP BY import_id, log_id
ORDER BY row_count DESC, log_id, import_id
LIMIT {limit:UInt32}`,
    parameters: { ...select.parameters, limit },
  }
}

/** The rows of the value and more: those for which `counts$` is true are its own. */
function selectRows(
  { cube, measure, resolved, rows, nowMs }: RowsAbout,
  columns: readonly string[],
  notBeforeMs = Number.NEGATIVE_INFINITY,
): RowsSql {
  const { filters, calendar, range } = resolved
  const about = { cube, dimensions: [], filters, calendar, storage: undefined, keys: undefined, nowMs }
  const statement = new Statement(about)
  const runs = range.windows.map(({ from, to }): Run => ({ from: Math.min(Math.max(from, notBeforeMs), to), to }))
  const request = { measures: [measure], windows: range.windows }
  const text = rawSelect(statement, request, runs, [...columns, `(${rows.where}) AS counts$`])
  return { text, parameters: statement.parameters }
}

const msOf = ({ base }: CubeDefinition) => `toUnixTimestamp64Milli(toDateTime64(${base.timeColumn}, 3, 'UTC'))`

/** Whole numbers of 64 bits do not fit into JSON's; in the JSON of properties they stay what they are. */
function asText(columns: readonly RawColumn[]): string {
  const large = columns.filter(({ type }) => /^(Nullable\()?U?Int(64|128|256)\b/.test(type))
  if (large.length === 0) return ''
  return ` REPLACE (${large.map(({ name }) => `toString(${quoted(name)}) AS ${quoted(name)}`).join(', ')})`
}

/** What tells rows of one instant apart. Where no column does, those with the same key are the same in all columns. */
function keySql(columns: readonly RawColumn[]): string {
  const id = KEYS.find((name) => columns.some((column) => column.name === name))
  if (id !== undefined) return `toString(${id})`
  return `hex(sipHash128(formatRowNoNewline('JSONCompactEachRow', ${columns.map(({ name }) => quoted(name)).join(', ')})))`
}

const KEYS = ['event_id', 'visit_id']
const quoted = (name: string) => `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``
