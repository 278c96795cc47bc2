import { events } from './0001-events.ts'
import { cubeWeb } from './0002-cube-web.ts'
import { sqlViews } from './0003-sql-views.ts'
import { eventColumns } from './0004-event-columns.ts'
import { visits } from './0005-visits.ts'
import { largerMerges } from './0006-larger-merges.ts'
import { cubes } from './0007-cubes.ts'
import { metrics } from './0008-metrics.ts'
import { visitChannel } from './0009-visit-channel.ts'

export interface MigrationContext {
  /** Empty on a single node. */
  readonly cluster: string
  readonly database: string
}

/** In order. A released one never changes; what comes later is appended. */
export const CLICKHOUSE_MIGRATIONS = [
  { number: 1, name: 'events', statements: events },
  { number: 2, name: 'cube-web', statements: cubeWeb },
  { number: 3, name: 'sql-views', statements: sqlViews },
  { number: 4, name: 'event-columns', statements: eventColumns },
  { number: 5, name: 'visits', statements: visits },
  { number: 6, name: 'larger-merges', statements: largerMerges },
  { number: 7, name: 'cubes', statements: cubes },
  { number: 8, name: 'metrics', statements: metrics },
  { number: 9, name: 'visit-channel', statements: visitChannel },
] as const satisfies readonly {
  readonly number: number
  readonly name: string
  readonly statements: (context: MigrationContext) => string[]
}[]
