import type { ClickHouseClient } from '@clickhouse/client'
import type { Pool } from 'pg'
import type { Logger } from 'pino'
import type { CubeRegistry } from '../cubes/registry.ts'
import type { ClickHouseConnection } from '../engines/start-engines.ts'
import type { CubesInForce } from './store/cubes-in-force.ts'
import type { RawFiles } from './store/raw-files.ts'
import type { TablePlace } from './store/upload-table.ts'

/** What uploads are made with. */
export interface UploadsDeps {
  readonly pool: Pool
  readonly clickhouse: ClickHouseClient
  readonly connection: ClickHouseConnection
  readonly place: TablePlace
  readonly files: RawFiles
  readonly cubes: CubesInForce
  readonly registry: Pick<CubeRegistry, 'definitions' | 'failures'>
  /** Rows of a cube have changed; in milliseconds. */
  readonly onChange: (cube: string, fromMs: number, toMs: number) => void
  readonly logger: Pick<Logger, 'warn'>
  readonly now: () => number
  /** Ends what is read when the server stops. */
  readonly signal: AbortSignal
}
