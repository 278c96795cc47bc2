import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { measureWords } from '@almanac/core/explain/describe-measure.ts'
import type { Behind, Cell, Explained, ExplainRequest, Explanation } from '@almanac/core/explain/explain.ts'
import { inputsOf, isAmongOthers } from '@almanac/core/explain/inputs.ts'
import { countSql, type RowsAbout } from '@almanac/core/explain/rows-sql.ts'
import type { Query, QueryAnswer, Value } from '@almanac/core/query/query.ts'
import { createExecutor, type Execute } from '../query/execute-sql.ts'
import { storageTable } from '../query/query-storage.ts'
import { type RunQueryDeps, runQuery } from '../query/run-query.ts'
import { haveBatches, readBatches } from './batches.ts'
import { type FoundCell, findCell } from './cell.ts'
import { readBuckets } from './cube-buckets.ts'
import { rawColumns } from './raw-columns.ts'
import { rowsAbout } from './read-rows.ts'
import { runSql } from './run-sql.ts'

interface ExplainDeps extends RunQueryDeps {
  readonly execute: Execute
  readonly signal: AbortSignal | undefined
}

/** Everything that stands behind one value of an answer but the rows themselves, which `readRows` has. */
export async function explainNumber(
  deps: RunQueryDeps,
  { query, cell }: ExplainRequest,
  signal?: AbortSignal,
): Promise<Explanation> {
  const cube = deps.registry.definition(query.cube)
  const execute = createExecutor(deps.clickhouse, signal)
  const explained = await explainCell({ ...deps, execute, signal }, query, cell)
  return { cube: describeCube(cube), explained }
}

function describeCube({ name, label, description, base, calendar }: CubeDefinition): Explanation['cube'] {
  return {
    name,
    label,
    ...(description !== undefined && { description }),
    tables: [...base.tables],
    rows: base.where,
    timeColumn: base.timeColumn,
    timezone: calendar.timezone,
  }
}

/** A checked definition has no measure that is computed from itself, so that this comes to an end. */
async function explainCell(deps: ExplainDeps, query: Query, cell: Cell): Promise<Explained> {
  const found = await findCell(deps, query, cell)
  const [named] = found.resolved.measures
  if (!named) throw new Error('a checked request has a measure')
  const { name, measure } = named
  const asked = isAmongOthers(name, found.cube) ? found.among : found.alone
  const { inputs, series } = inputsOf({ ...found, nowMs: deps.now() })
  const [answer, behind, points, explained] = await Promise.all([
    runQuery(deps, asked, deps.signal),
    readBehind(deps, found),
    series && runQuery(deps, series, deps.signal),
    Promise.all(
      inputs.map(async (input) => ({
        role: input.role,
        explained: await explainCell(deps, input.query, input.cell),
      })),
    ),
  ])
  const { label, description, format } = measure
  return {
    measure: name,
    label,
    class: measure.class,
    format,
    ...(description !== undefined && { description }),
    ...measureWords(measure),
    ...(measure.class === 'derived' && { formula: measure.formula }),
    value: cellValue(answer, name, found),
    dimensions: cell.dimensions,
    ...whereFrom(answer),
    isOpen: found.resolved.range.windows.some(({ to }) => to > deps.now()),
    ...(behind && { behind }),
    request: { query: found.query, cell },
    ...(points && { series: seriesOf(points) }),
    inputs: explained,
  }
}

function whereFrom({ meta }: QueryAnswer) {
  return {
    from: meta.from,
    to: meta.to,
    statement: { sql: meta.sql, parameters: meta.parameters },
    furtherStatements: meta.furtherSql,
    tables: meta.tables,
    ...(meta.rollup && { rollup: meta.rollup }),
    asOf: meta.freshness.asOf,
  }
}

/** Of the one row that has the cell's dimensions; where there is none, what the measure says of gaps. */
function cellValue({ rows }: QueryAnswer, name: string, { cell, cube }: FoundCell): Value {
  const row = rows.find((one) =>
    Object.entries(cell.dimensions).every(([dimension, value]) => String(one[dimension]) === String(value)),
  )
  return row?.[name] ?? (cube.measures[name]?.gaps === 'zero' ? 0 : null)
}

function seriesOf({ rows, columns }: QueryAnswer): NonNullable<Explained['series']> {
  const measure = columns.find(({ kind }) => kind === 'measure')?.name ?? ''
  return rows.map((row) => ({ time: String(row.time), value: row[measure] ?? null }))
}

async function readBehind(deps: ExplainDeps, found: FoundCell): Promise<Behind | undefined> {
  const about = rowsAbout(found, deps.now())
  if (!about) return undefined
  const [counts, buckets] = await Promise.all([readCounts(deps, about), readCellBuckets(deps, found)])
  return { ...counts, buckets }
}

/** In as few statements as there must be: each reads all the rows. */
async function readCounts(deps: ExplainDeps, about: RowsAbout): Promise<Omit<Behind, 'buckets'>> {
  const { execute } = deps
  const [counts, came] = await Promise.all([
    about.rows.person !== undefined && countRows(execute, about),
    rawColumns(execute, about.cube).then((columns) => (haveBatches(columns) ? readBatches(deps, about) : undefined)),
  ])
  const { rowCount, persons }: Pick<Behind, 'rowCount' | 'persons'> =
    counts || came || (await countRows(execute, about))
  return { rowCount, ...(persons !== undefined && { persons }), batches: came?.batches ?? { shown: [], count: 0 } }
}

async function countRows(execute: Execute, about: RowsAbout): Promise<Pick<Behind, 'rowCount' | 'persons'>> {
  const [row] = await runSql<{ row_count: number; persons?: number }>(execute, countSql(about))
  return { rowCount: row?.row_count ?? 0, ...(row?.persons !== undefined && { persons: row.persons }) }
}

async function readCellBuckets(
  { pool, registry }: ExplainDeps,
  { cube, resolved }: FoundCell,
): Promise<Behind['buckets']> {
  const table = storageTable(registry.tables(cube.name), resolved)
  if (!table) return { shown: [], count: 0, oldestComputedAt: null }
  const { windows } = resolved.range
  return readBuckets(pool, {
    cubeId: table.id,
    timezone: table.definition.calendar.timezone,
    from: Math.min(...windows.map(({ from }) => from)),
    to: Math.max(...windows.map(({ to }) => to)),
  })
}
