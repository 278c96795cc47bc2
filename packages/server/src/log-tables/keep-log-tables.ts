import type { Logger } from 'pino'
import { findLogTables } from './find-log-tables.ts'
import { type GrowDeps, growLogTable, MAX_TABLES, repairLogTables } from './grow-log-tables.ts'
import { type FoundColumns, grown, type LogTable, leftOutPaths, MAX_COLUMNS } from './log-table.ts'
import { readLogTablePosition, writeLogTablePosition } from './log-table-store.ts'

/** A batch of ingest, as far as it matters here: where it ends in the log, and when its events happened. */
export interface StoredBatch {
  readonly position: number
  readonly stored: number
  /** Milliseconds. */
  readonly from: number
  readonly to: number
}

export interface LogTables {
  /** After each batch of ingest; returns at once. */
  note(batch: StoredBatch): void
  status(): LogTablesStatus
  stop(): Promise<void>
}

export interface LogTablesStatus {
  readonly count: number
  /** What is not as it should be, in a sentence. */
  readonly problem: string | undefined
}

export interface KeepLogTablesOptions extends GrowDeps {
  readonly logId: string
  /** Where ingest stands in the log at the start. */
  readonly position: number
  readonly logger: Logger
}

/** A new table or column can be asked for after this long. */
const PAUSE_MS = 1000
const PAUSE_AFTER_TROUBLE_MS = 5000
/** After a long time away the log is looked at in parts, to bound what one statement reads. */
const STRETCH_BYTES = 4 * 1024 ** 3
/** Where nothing was found the position is only written now and then: at worst it is looked at again. */
const NOTHING_FOUND_BYTES = 256 * 1024 ** 2
const KEYS_SHOWN = 3

/** Looks at what ingest has stored for rows of tables, and makes the tables and columns that are new. */
export function keepLogTables(options: KeepLogTablesOptions): LogTables {
  const { pool, clickhouse, logId, logger } = options
  const known = new Map<string, LogTable>()
  const withoutTable = new Set<string>()
  const leftOut = new Map<string, readonly string[]>()
  const times = { from: Number.POSITIVE_INFINITY, to: 0 }
  let noted = options.position
  // Undefined until the tables are read: then it is not known either when the events before the first batch happened.
  let looked: number | undefined
  let written = 0
  let stopping = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()

  async function look(): Promise<void> {
    const isFirst = looked === undefined
    const from = looked ?? (await begin())
    const to = Math.min(noted, from + STRETCH_BYTES)
    if (to > from) {
      const isAll = !isFirst && to === noted
      const span = isAll && times.to > 0 ? { ...times } : undefined
      if (isAll) Object.assign(times, { from: Number.POSITIVE_INFINITY, to: 0 })
      await lookAt(from, to, span).catch((error) => {
        // It is looked at again, without the times, which are forgotten.
        looked = undefined
        throw error
      })
    }
    looked = to
  }

  async function begin(): Promise<number> {
    for (const table of await repairLogTables(options)) known.set(table.eventName, table)
    written = await readLogTablePosition(pool, logId)
    return written
  }

  async function lookAt(from: number, to: number, span: { from: number; to: number } | undefined): Promise<void> {
    const found = await findLogTables(clickhouse, logId, { from, to, times: span })
    for (const [eventName, columns] of found) {
      const before = known.get(eventName)
      const isComplete = before !== undefined && grown(before, columns) === before
      const table = isComplete ? before : await growLogTable(options, eventName, columns)
      if (table) remember(table, columns)
      else if (withoutTable.size < MAX_TABLES) withoutTable.add(eventName)
    }
    if (found.size === 0 && to - written < NOTHING_FOUND_BYTES) return
    await writeLogTablePosition(pool, logId, to)
    written = to
  }

  function schedule(pauseMs: number): void {
    if (!stopping) timer = setTimeout(() => (running = run()), pauseMs)
  }

  async function run(): Promise<void> {
    try {
      if (looked !== noted) await look()
      schedule(looked === noted ? PAUSE_MS : 0)
    } catch (error) {
      logger.warn({ err: error }, 'tables of logs could not be made; they are tried again')
      schedule(PAUSE_AFTER_TROUBLE_MS)
    }
  }

  function remember(table: LogTable, found: FoundColumns): void {
    known.set(table.eventName, table)
    const paths = leftOutPaths(table, found)
    if (paths.length > 0) leftOut.set(table.eventName, paths.slice(0, KEYS_SHOWN + 1))
  }

  schedule(0)
  return {
    note: ({ position, stored, from, to }) => {
      noted = position
      if (stored === 0) return
      times.from = Math.min(times.from, from)
      times.to = Math.max(times.to, to)
    },
    status: () => ({ count: known.size, problem: problemOf(withoutTable, leftOut) }),
    stop: async () => {
      stopping = true
      clearTimeout(timer)
      await running
    },
  }
}

function problemOf(
  withoutTable: ReadonlySet<string>,
  leftOut: ReadonlyMap<string, readonly string[]>,
): string | undefined {
  const [first] = withoutTable
  if (first !== undefined) {
    return `There are ${MAX_TABLES} tables of logs, which is the most, so ${first} has none: its rows are in events alone`
  }
  const [[table, paths] = [undefined, []]] = leftOut
  if (table === undefined) return undefined
  const keys = paths.slice(0, KEYS_SHOWN).map((path) => JSON.stringify(path.slice(0, 50)))
  const others = paths.length > KEYS_SHOWN ? ' and others' : ''
  return `Of ${table} the keys ${keys.join(', ')}${others} are no columns: at most ${MAX_COLUMNS} are, with names that SQL can read`
}
