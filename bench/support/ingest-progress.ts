import { setTimeout as sleep } from 'node:timers/promises'
import { api, type BenchServer } from './servers.ts'

/** What `/api/v1/status` says, as far as benchmarks ask for it. */
interface Status {
  readonly engines: { readonly clickhouse: { readonly pid?: number; readonly state: string } }
  readonly log: { readonly durableEnd: number }
  readonly ingest: { readonly position: number; readonly stored: number }
}

export function readStatus(server: BenchServer): Promise<Status> {
  return api<Status>(server, '/api/v1/status')
}

/** Resolves when all that is acknowledged is in the tables, with the seconds that it took. */
export async function caughtUp(server: BenchServer): Promise<number> {
  const started = performance.now()
  for (;;) {
    const { log, ingest } = await readStatus(server)
    if (ingest.position >= log.durableEnd) return (performance.now() - started) / 1000
    await sleep(100)
  }
}
