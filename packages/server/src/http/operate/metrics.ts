import type { FastifyInstance } from 'fastify'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** Figures that other parts know; asked for when somebody reads the metrics, never before. */
export interface MetricSources {
  readonly logSizeBytes: () => number
  readonly logSyncs: () => number
  readonly ingestLagBytes: () => number
  readonly liveClients: () => number
}

export interface Metrics {
  readonly text: () => Promise<string>
  readonly onEvents: (accepted: number, rejected: number, elapsedMs: number) => void
  readonly observeRequests: (app: FastifyInstance) => void
}

export function createMetrics(sources: MetricSources): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })

  const seconds = new Histogram({
    name: 'almanac_http_request_duration_seconds',
    help: 'Time from a request to its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30],
    registers,
  })
  const events = new Counter({
    name: 'almanac_events_total',
    help: 'Events that arrived over HTTP',
    labelNames: ['result'],
    registers,
  })
  for (const { name, help, read } of gauges(sources)) {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  }
  // Looked up once: finding the right series by its labels costs more than counting.
  const eventSeconds = seconds.labels('POST', '/v1/events', '202')
  const [accepted, rejected] = [events.labels('accepted'), events.labels('rejected')]

  return {
    text: () => registry.metrics(),
    onEvents(acceptedCount, rejectedCount, elapsedMs) {
      accepted.inc(acceptedCount)
      if (rejectedCount > 0) rejected.inc(rejectedCount)
      eventSeconds.observe(elapsedMs / 1000)
    },
    observeRequests(app) {
      app.addHook('onResponse', async (request, reply) => {
        // The pattern, not the path: a stranger must not be able to make a new series with every request.
        const route = request.routeOptions.url ?? 'unknown'
        seconds.labels(request.method, route, String(reply.statusCode)).observe(reply.elapsedTime / 1000)
      })
    },
  }
}

function gauges(sources: MetricSources) {
  return [
    { name: 'almanac_log_size_bytes', help: 'Size of the event log', read: sources.logSizeBytes },
    {
      name: 'almanac_log_syncs_total',
      help: 'Writes of the event log to the disk since the start',
      read: sources.logSyncs,
    },
    { name: 'almanac_ingest_lag_bytes', help: 'Acknowledged and not yet in the tables', read: sources.ingestLagBytes },
    { name: 'almanac_live_clients', help: 'Open pages that listen for changes', read: sources.liveClients },
  ]
}
