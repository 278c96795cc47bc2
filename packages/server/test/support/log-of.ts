import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CollectedEvent, FrameHeader, RejectedLine } from '../../src/collect/events/collected-event.ts'
import { type EventLog, openEventLog } from '../../src/log/event-log.ts'

export interface TestLog {
  readonly log: EventLog
  readonly directory: string
  append(lines: readonly (CollectedEvent | RejectedLine)[], header?: Partial<FrameHeader>): Promise<number>
  close(): Promise<void>
}

/** A log in a temporary folder, and frames as collect writes them. */
export async function openTestLog(): Promise<TestLog> {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-log-'))
  const directory = join(folder, 'log')
  const log = await openEventLog({ directory, minFreeDiskBytes: 0, maxIngestLagBytes: 1e12 })
  return {
    log,
    directory,
    append: (lines, header) => {
      const head: FrameHeader = {
        v: 1,
        source: 'website',
        environment: 'production',
        receivedAt: Date.now(),
        ...header,
      }
      return log.append([head, ...lines].map((line) => JSON.stringify(line)).join('\n'))
    },
    async close() {
      await log.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
