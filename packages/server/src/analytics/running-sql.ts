import { AppError } from '@almanac/core/errors.ts'
import type { ClickHouseClient } from '@clickhouse/client'
import { onCluster } from '../clickhouse/table-engines.ts'
import { cancelledError } from './sql-error.ts'

/**
 * The statements that run now, with how far they are, and the way to end one. The id that the engine knows a statement by
 * says whose it is, so another server can show and end it too.
 */
export interface RunningSql {
  /** Runs it, and ends it when somebody cancels it. */
  during<T>(id: string, asker: Asker, run: (queryId: string, cancelled: AbortSignal) => Promise<T>): Promise<T>
  /** One's own; an admin sees all. */
  list(asker: Asker): Promise<SqlProgress[]>
  find(id: string, asker: Asker): Promise<SqlProgress>
  /** Throws `not_found` for what does not run and has not ended just now either. */
  cancel(id: string, asker: Asker): Promise<void>
}

export interface Asker {
  readonly name: string
  readonly isAdmin: boolean
}

export interface SqlProgress {
  readonly id: string
  /** Whose it is. */
  readonly owner: string
  readonly rowsRead: number
  /** As far as the engine knows; it can grow. Null while nothing is known. */
  readonly rowsToRead: number | null
  readonly bytesRead: number
  readonly memoryBytes: number
  readonly elapsedMs: number
}

interface RunningSqlDeps {
  /** Of the application: the read-only user sees none of this. */
  readonly clickhouse: ClickHouseClient
  readonly cluster: string
}

export function trackRunningSql({ clickhouse, cluster }: RunningSqlDeps): RunningSql {
  const here = new Map<string, AbortController>()
  const ended = new Set<string>()
  const remember = (queryId: string) => {
    const [oldest] = ended.add(queryId)
    if (oldest !== undefined && ended.size > MOST_REMEMBERED) ended.delete(oldest)
  }

  const visible = async (asker: Asker) => {
    const waiting = [...here.keys()].flatMap((queryId) => progressOf({ ...NOTHING_YET, query_id: queryId }))
    const running = (await processes(clickhouse, cluster)).flatMap(progressOf)
    const all = new Map([...waiting, ...running].map((progress) => [queryIdOf(progress.owner, progress.id), progress]))
    return [...all.values()].filter(({ owner }) => asker.isAdmin || owner === asker.name)
  }
  const find = async (id: string, asker: Asker) => {
    const found = (await visible(asker)).filter((progress) => progress.id === id)
    const progress = found.find(({ owner }) => owner === asker.name) ?? found[0]
    if (progress) return progress
    throw new AppError('not_found', `No query with the id ${id} is running`, {
      hint: 'It may have ended, or it is not yours.',
    })
  }

  return {
    async during(id, asker, run) {
      const queryId = queryIdOf(asker.name, id)
      if (here.has(queryId)) throw new AppError('conflict', `A query with the id ${id} is still running`)
      const controller = new AbortController()
      here.set(queryId, controller)
      try {
        return await run(queryId, controller.signal)
      } catch (error) {
        throw controller.signal.aborted ? controller.signal.reason : error
      } finally {
        here.delete(queryId)
        remember(queryId)
      }
    },
    list: visible,
    find,
    async cancel(id, asker) {
      // Who closes the connection and cancels has often ended it by the one before the other arrives.
      const owner = await find(id, asker).then(
        (found) => found.owner,
        (error) => {
          if (ended.has(queryIdOf(asker.name, id))) return asker.name
          throw error
        },
      )
      const queryId = queryIdOf(owner, id)
      here.get(queryId)?.abort(cancelledError())
      await clickhouse.command({
        query: `KILL QUERY ${onCluster(cluster)} WHERE query_id = {id:String} ASYNC`,
        query_params: { id: queryId },
      })
    },
  }
}

/** Of those that ended last. */
const MOST_REMEMBERED = 200

const PREFIX = 'almanac-sql'

function queryIdOf(owner: string, id: string): string {
  return `${PREFIX}/${owner}/${id}`
}

interface Process {
  readonly query_id: string
  readonly elapsed: number
  readonly read_rows: number
  readonly read_bytes: number
  readonly total_rows_approx: number
  readonly memory_usage: number
}

/** Of one that has not reached the engine. */
const NOTHING_YET = { elapsed: 0, read_rows: 0, read_bytes: 0, total_rows_approx: 0, memory_usage: 0 }

async function processes(clickhouse: ClickHouseClient, cluster: string): Promise<Process[]> {
  const table = cluster === '' ? 'system.processes' : `clusterAllReplicas('${cluster}', system.processes)`
  const result = await clickhouse.query({
    query: `SELECT query_id, elapsed, read_rows, read_bytes, total_rows_approx, memory_usage FROM ${table}
      WHERE is_initial_query AND startsWith(query_id, {prefix:String})`,
    query_params: { prefix: `${PREFIX}/` },
    format: 'JSONEachRow',
    clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
  })
  return result.json<Process>()
}

function progressOf(process: Process): SqlProgress[] {
  const [, owner, id] = process.query_id.split('/')
  if (owner === undefined || id === undefined) return []
  return [
    {
      id,
      owner,
      rowsRead: process.read_rows,
      rowsToRead: process.total_rows_approx > 0 ? Math.max(process.total_rows_approx, process.read_rows) : null,
      bytesRead: process.read_bytes,
      memoryBytes: Math.max(0, process.memory_usage),
      elapsedMs: Math.round(process.elapsed * 1000),
    },
  ]
}
