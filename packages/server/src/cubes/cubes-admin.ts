import type { CubeTable, Level } from '@almanac/core/cubes/cube-state.ts'
import { AppError } from '@almanac/core/errors.ts'
import { parseMoment } from '@almanac/core/time/moment.ts'
import type { ClickHouseClient } from '@clickhouse/client'
import type { Pool } from 'pg'
import { type CubeStatus, readCubeStatus } from './cube-status.ts'
import { pauseTables } from './cube-store.ts'
import type { CubeRegistry } from './registry.ts'
import { repairBuckets, touchKnownHours } from './verify/repair-cube.ts'
import { type DifferentBucket, verifyCube } from './verify/verify-cube.ts'

/** What an operator can do with the cubes. Every method but `status` throws AppError `not_found` for a cube that there is not. */
export interface CubesAdmin {
  status(): Promise<CubeStatus[]>
  /** Returns how many hours will be computed anew. */
  rebuild(name: string, range: MomentRange): Promise<number>
  setPaused(name: string, isPaused: boolean): Promise<void>
  /** Month by month, and "end" last: without it the cube was not looked at as a whole. */
  verify(
    name: string,
    request: MomentRange & { readonly repair: boolean },
    signal: AbortSignal,
  ): AsyncGenerator<VerifyLine>
}

/** Days of the cube's zone or instants; absent: from the first to the last. */
interface MomentRange {
  readonly from?: string | undefined
  /** Not included. */
  readonly to?: string | undefined
}

export type VerifyLine =
  | {
      readonly type: 'month'
      readonly month: string
      readonly done: number
      readonly of: number
      readonly checked: Readonly<Record<Level, number>>
      readonly different: readonly ReportedBucket[]
    }
  | {
      readonly type: 'end'
      readonly checked: Readonly<Record<Level, number>>
      readonly different: number
      readonly repaired: number
    }

interface ReportedBucket {
  readonly level: Level
  readonly start: string
  readonly rows: number
  /** There are rows that should have been deleted. */
  readonly hasStrayRows: boolean
}

interface AdminDeps {
  readonly pool: Pool
  readonly clickhouse: ClickHouseClient
  readonly registry: Pick<CubeRegistry, 'tables' | 'refresh'>
}

export function createCubesAdmin({ pool, clickhouse, registry }: AdminDeps): CubesAdmin {
  async function tablesOf(name: string): Promise<readonly [CubeTable, ...CubeTable[]]> {
    await registry.refresh()
    const [newest, ...older] = registry.tables(name)
    if (!newest) throw new AppError('not_found', `There is no cube ${name} that could be computed`)
    return [newest, ...older]
  }

  return {
    status: () => readCubeStatus(pool, clickhouse),
    rebuild: async (name, range) => {
      const tables = await tablesOf(name)
      const { from = 0, to = LAST_SECOND } = secondsOf(range, tables[0])
      const counts = await Promise.all(tables.map(({ id }) => touchKnownHours(pool, id, from, to)))
      return counts[0] ?? 0
    },
    setPaused: async (name, isPaused) => {
      const tables = await tablesOf(name)
      await pauseTables(
        pool,
        tables.map(({ id }) => id),
        isPaused,
      )
    },
    async *verify(name, { repair, ...range }, signal) {
      const [table] = await tablesOf(name)
      const checked = { hour: 0, day: 0, month: 0 }
      let count = 0
      for await (const month of verifyCube({ pool, clickhouse }, table, secondsOf(range, table), signal)) {
        if (repair) await repairBuckets(pool, table.id, month.different)
        for (const level of ['hour', 'day', 'month'] as const) checked[level] += month.checked[level]
        count += month.different.length
        yield { type: 'month', ...month, different: month.different.map(reported) }
      }
      yield { type: 'end', checked, different: count, repaired: repair ? count : 0 }
    },
  }
}

const LAST_SECOND = 2 ** 32

function secondsOf({ from, to }: MomentRange, { definition }: CubeTable): { from?: number; to?: number } {
  const seconds = (text: string) => parseMoment(text, definition.calendar.timezone).epochMilliseconds / 1000
  return { ...(from !== undefined && { from: seconds(from) }), ...(to !== undefined && { to: seconds(to) }) }
}

function reported({ level, start, rows, strayVersion }: DifferentBucket): ReportedBucket {
  return { level, start: new Date(start * 1000).toISOString(), rows, hasStrayRows: strayVersion !== undefined }
}
