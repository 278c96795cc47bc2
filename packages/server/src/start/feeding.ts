import { biConnection } from '../bi-views/bi-access.ts'
import { biDatabase } from '../bi-views/bi-database.ts'
import { startBiViews } from '../bi-views/bi-views-loop.ts'
import type { RunQuery } from '../feeds/feed-pages.ts'
import type { AppDeps } from '../http/app.ts'
import type { Stores } from './open-stores.ts'
import type { Pipeline } from './start-pipeline.ts'
import type { Stops } from './stops.ts'

type Feeding = Pick<AppDeps, 'feeds' | 'grafana' | 'prometheus' | 'bi'>

/** Figures for other programs: spreadsheets, Grafana, BI tools. */
export function feeding(
  { config, engines, clickhouse, logger }: Stores,
  { registry }: Pick<Pipeline, 'registry'>,
  ask: AppDeps['runQuery'],
  stops: Stops,
): Feeding {
  const runQuery: RunQuery = (query, signal = new AbortController().signal) => ask(query, signal)
  const { definition, definitions } = registry
  const views = biDatabase(engines.clickhouse.database)
  const place = { cluster: config.cluster, views }
  const biViews = startBiViews({ clickhouse, place, definitions, logger })
  stops.push(() => biViews.stop())
  const { clickhouseReader: reader, embedded } = engines
  return {
    feeds: { definition, runQuery, clickhouse: engines.clickhouse, now: Temporal.Now.instant },
    grafana: { definitions, runQuery },
    prometheus: { definitions, runQuery, now: Date.now },
    bi: {
      connection: biConnection(reader, views, embedded.clickhouse),
      password: reader.password,
      views: biViews.state,
    },
  }
}
