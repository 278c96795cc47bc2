import { STEP_SECONDS } from '../../cubes/cube.ts'
import type { Level } from '../../cubes/cube-state.ts'
import { calendarSql, dimensionSql, ENGINE_TYPE, typeOf } from '../../cubes/sql/dimension-sql.ts'
import { partsOf } from '../../cubes/sql/measure-sql.ts'
import { rawFrom } from '../../cubes/sql/raw-sql.ts'
import { type ChosenRollup, chooseRollup } from '../resolve/choose-rollup.ts'
import { coverOf, type Run } from '../resolve/cover.ts'
import type { NamedMeasure } from '../resolve/resolve-measures.ts'
import type { NamedDimension, Window } from '../resolve/resolve-query.ts'
import { bindList } from './list-parameter.ts'
import { BUCKET, IS_REST, keyName, partName, thingName } from './own-names.ts'
import { millisecondsOf, type Statement } from './statement.ts'

/**
 * Parts of measures from everywhere they are: the cube's months, days and hours, and raw rows for the rest. What their columns
 * are called is said in `own-names.ts`.
 */
export interface PartsRequest {
  readonly measures: readonly NamedMeasure[]
  readonly windows: readonly Window[]
  /** Further dimensions that rows are kept apart by. */
  readonly per?: readonly NamedDimension[]
}

export function partsSql(statement: Statement, request: PartsRequest): string {
  const { storage } = statement
  const dimensions = [...statement.dimensions, ...statement.filtered, ...(request.per ?? [])]
  const hasLongBuckets = !dimensions.some(({ dimension }) => dimension.kind === 'calendar')
  const chosen = chooseRollup(statement, {
    partsZone: hasLongBuckets ? undefined : statement.calendar.timezone,
    measures: request.measures,
    windows: request.windows,
    dimensions: dimensions.filter(({ dimension }) => dimension.kind !== 'calendar').map(({ name }) => name),
  })
  if (!chosen || !storage) return rawPart(statement, request, request.windows)
  statement.rollup ??= chosen.rollup.dimensions
  const cover = coverOf({
    windows: request.windows,
    stepSeconds: STEP_SECONDS[chosen.rollup.step],
    timezone: storage.table.definition.calendar.timezone,
    touched: storage.snapshot.touched,
    hasLongBuckets,
    hasHours: chosen.hasHours,
  })
  const parts = [
    ...cubePart(statement, request, chosen, 'month', cover.months),
    ...cubePart(statement, request, chosen, 'day', cover.days),
    ...cubePart(statement, request, chosen, 'hour', cover.hours),
    ...(cover.raw.length > 0 ? [rawPart(statement, request, cover.raw)] : []),
  ]
  return parts.join('\nUNION ALL\n')
}

const HOUR = 3_600_000

function cubePart(
  statement: Statement,
  { measures, windows, per = [] }: PartsRequest,
  { index }: ChosenRollup,
  level: Level,
  runs: readonly Run[],
): string[] {
  const { storage, cube } = statement
  if (!storage || runs.length === 0) return []
  const { table } = storage.table
  statement.tables.add(table)
  const sqlOf = (name: string) => {
    const dimension = cube.dimensions[name]
    return dimension?.kind === 'calendar' ? calendarSql(dimension.part, 'time') : `d_${name}`
  }
  const hours = joinedRuns(runs.map(wholeHours))
  const areWhole = level !== 'hour' || runs.every(({ from, to }) => from % HOUR === 0 && to % HOUR === 0)
  const times = [
    statement.inRuns('bucket', level === 'hour' ? hours : runs),
    ...(areWhole ? [] : [statement.inRuns('time', runs)]),
  ]
  const columns = [
    `${bucketOf(statement, 'time', windows)} AS ${BUCKET}`,
    ...keyColumns(statement, sqlOf),
    ...per.map(({ name }) => `${sqlOf(name)} AS ${thingName(name)}`),
    ...measures.flatMap(({ name, measure }) =>
      partsOf(measure, cube.base).map(({ suffix }) => `m_${name}${suffix} AS ${partName(name)}${suffix}`),
    ),
  ]
  const where = [
    `rollup = ${index}`,
    `level = '${level}'`,
    ...times,
    ...settled(statement, level),
    ...conditions(statement, sqlOf),
  ]
  return [`SELECT ${columns.join(', ')}\nFROM ${table}\nWHERE ${where.join(' AND ')}`]
}

const wholeHours = ({ from, to }: Run): Run => ({
  from: Math.floor(from / HOUR) * HOUR,
  to: Math.ceil(to / HOUR) * HOUR,
})

/** Rows of the versions that count. */
function settled(statement: Statement, level: Level): string[] {
  const snapshot = statement.storage?.snapshot
  if (!snapshot) return []
  statement.parameters.version = snapshot.version
  const garbage = snapshot.garbage.filter((one) => one.level === level)
  if (garbage.length === 0) return ['version <= {version:UInt64}']
  const list = (name: string, type: string, values: number[]) =>
    bindList(statement.parameters, `${level}_${name}`, type, values)
  const buckets = list(
    'buckets',
    'UInt32',
    garbage.map(({ bucket }) => bucket),
  )
  const versions = list(
    'versions',
    'UInt64',
    garbage.map(({ version }) => version),
  )
  return [
    'version <= {version:UInt64}',
    `(toUnixTimestamp(bucket), version) NOT IN (SELECT arrayJoin(arrayZip(${buckets}, ${versions})))`,
  ]
}

/** Raw rows, already grouped. */
function rawPart(statement: Statement, request: PartsRequest, runs: readonly Run[]): string {
  const { measures, per = [] } = request
  const { base } = statement.cube
  const windows = windowsAround(request.windows, runs)
  const columns = measures.flatMap(({ name, measure }) =>
    partsOf(measure, base).map(({ suffix, fromRaw }) => `${fromRaw} AS ${partName(name)}${suffix}`),
  )
  const keys = [BUCKET, ...keyNames(statement), ...per.map(({ name }) => thingName(name))]
  return `${rawSelect(statement, { measures, windows, per }, runs, columns)}\nGROUP BY ${keys.join(', ')}`
}

/** Those that rows of the runs can lie in. Most often it is one, and then none is looked up for each row. */
function windowsAround(windows: readonly Window[], runs: readonly Run[]): Window[] {
  const start = runs[0]?.from ?? 0
  const end = runs.at(-1)?.to ?? 0
  return windows.filter(({ from, to }) => from < end && to > start)
}

/** Of raw rows: the keys and these columns, without GROUP BY. */
export function rawSelect(
  statement: Statement,
  { measures, windows, per = [] }: PartsRequest,
  runs: readonly Run[],
  columns: readonly string[],
): string {
  const { cube } = statement
  const { base } = cube
  for (const table of base.tables) statement.tables.add(table)
  const sqlOf = (name: string) => {
    const dimension = cube.dimensions[name]
    if (!dimension) throw new Error(`no dimension ${name}`)
    return dimension.kind === 'calendar' ? calendarSql(dimension.part, base.timeColumn) : dimensionSql(name, dimension)
  }
  const times = rawTimes(statement, base.timeColumn, joinedRuns(runs))
  const rows = [times, `(${base.where})`, ...committed(statement)].join(' AND ')
  const needs = {
    persons: statement.storage?.snapshot.persons,
    measures: measures.map(({ measure }) => measure),
    dimensions: [
      ...new Map([...statement.dimensions, ...statement.filtered, ...per].map((one) => [one.name, one])).values(),
    ],
  }
  const select = [
    `${bucketOf(statement, base.timeColumn, windows)} AS ${BUCKET}`,
    ...keyColumns(statement, sqlOf),
    ...per.map(({ name }) => `${sqlOf(name)} AS ${thingName(name)}`),
    ...columns,
  ]
  return `SELECT ${select.join(', ')}
FROM ${rawFrom(base, needs, rows)}
WHERE ${[rows, ...conditions(statement, sqlOf)].join(' AND ')}`
}

/**
 * Events of the batches that the metadata had as a whole when the snapshot was taken: of one that came meanwhile, or is still
 * coming, there would be those events only whose hours are read here.
 */
function committed(statement: Statement): string[] {
  const { storage, cube, parameters } = statement
  if (!storage || cube.base.from !== 'events') return []
  return storage.snapshot.committed.map(({ logId, position }, i) => {
    parameters[`log${i}`] = logId
    parameters[`log${i}_end`] = position
    return `(log_position < {log${i}_end:UInt64} OR log_id != {log${i}:UUID})`
  })
}

/**
 * The conditions on hours are for the index of the events, which holds the start of the hour and is not seen through by a range of
 * times. In a column of another zone that start may lie up to an hour before.
 */
function rawTimes(statement: Statement, time: string, runs: readonly Run[]): string {
  const at = (ms: number) => statement.bind('hour', `DateTime('UTC')`, String(ms / 1000))
  return statement.inRuns(time, runs, ({ from, to }) => [
    ...(from >= HOUR ? [`toStartOfHour(${time}) > ${at(Math.floor(from / HOUR) * HOUR - HOUR)}`] : []),
    `toStartOfHour(${time}) < ${at(Math.ceil(to / 1000) * 1000)}`,
  ])
}

/** Those that touch or overlap become one, so that there are few conditions. */
function joinedRuns(runs: readonly Run[]): Run[] {
  const joined: Run[] = []
  for (const run of runs) {
    const last = joined.at(-1)
    if (last && last.to >= run.from) joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, run.to) }
    else joined.push({ from: run.from, to: run.to })
  }
  return joined
}

export const keyNames = ({ dimensions, keys }: Statement): string[] => [
  ...dimensions.map(({ name }) => keyName(name)),
  ...(keys?.rest ? [IS_REST] : []),
]

const NOTHING = { string: `''`, number: '0', boolean: 'false' } as const

function keyColumns(statement: Statement, sqlOf: (name: string) => string): string[] {
  const { dimensions, keys } = statement
  if (!keys?.rest) return dimensions.map(({ name }) => `${sqlOf(name)} AS ${keyName(name)}`)
  const known = knownKey(statement, sqlOf)
  return [
    ...dimensions.map(
      ({ name, dimension }) => `if(${known}, ${sqlOf(name)}, ${NOTHING[typeOf(dimension)]}) AS ${keyName(name)}`,
    ),
    `toBool(NOT (${known})) AS ${IS_REST}`,
  ]
}

function conditions(statement: Statement, sqlOf: (name: string) => string): string[] {
  const { filters, keys } = statement
  const ofFilters = filters.map((filter) => `(${filter(sqlOf)})`)
  return keys && !keys.rest ? [...ofFilters, knownKey(statement, sqlOf)] : ofFilters
}

/** That a row's combination of dimensions is one of those that are named. */
function knownKey({ dimensions, keys, parameters }: Statement, sqlOf: (name: string) => string): string {
  const lists = dimensions.map(({ dimension }, i) => {
    return bindList(parameters, `key${i}`, ENGINE_TYPE[typeOf(dimension)], keys?.values[i] ?? [])
  })
  const columns = dimensions.map(({ name }) => sqlOf(name))
  if (lists.length === 1) return `${columns[0]} IN ${lists[0]}`
  return `(${columns.join(', ')}) IN (SELECT arrayJoin(arrayZip(${lists.join(', ')})))`
}

// The window of a time is the last one that does not begin after it: a look-up in Temporal's list, not a second calendar.
function bucketOf(statement: Statement, time: string, windows: readonly Window[]): string {
  const starts = windows.map(({ start }) => start)
  if (starts.length === 1) return `toInt64(${starts[0]})`
  return `roundDown(${millisecondsOf(time)}, ${statement.bindList('windows', 'Int64', starts)})`
}
