// Appends and prints, as JSON, when each acknowledgement came, on the clock of Node's own traces:
// `node traced-child.ts DIRECTORY plain|ahead|unsynced`. `plain` makes files longer as it writes, `ahead` overwrites
// zeros, and `unsynced` breaks the promise, to show that the test would see it.
import { openEventLog } from '../event-log.ts'
import { type LogFileSystem, nodeLogFileSystem } from '../log-file-system.ts'

export interface TracedAcknowledgement {
  /** The position after the frame. */
  readonly end: number
  readonly atMicroseconds: number
}

/** Written in two pieces. All frames together are less. */
const AHEAD = { firstBytes: 300 * 1024, maxBytes: 300 * 1024 }

const [directory = '', mode] = process.argv.slice(2)
const neverSyncing: LogFileSystem = {
  ...nodeLogFileSystem,
  open: async (path, flags) => ({ ...(await nodeLogFileSystem.open(path, flags)), sync: async () => {} }),
}
const isAhead = mode === 'ahead'
const log = await openEventLog({
  directory,
  minFreeDiskBytes: 0,
  maxIngestLagBytes: 1e9,
  segmentBytes: isAhead ? 1024 * 1024 : 16 * 1024,
  writeAhead: isAhead ? AHEAD : { firstBytes: 0, maxBytes: 0 },
  fs: mode === 'unsynced' ? neverSyncing : nodeLogFileSystem,
})

const acknowledgements: TracedAcknowledgement[] = []
await Promise.all(Array.from({ length: 8 }, (_, writer) => appendSome(writer)))
await log.close()
console.log(JSON.stringify(acknowledgements))

async function appendSome(writer: number): Promise<void> {
  for (let i = 0; i < 40; i++) {
    const payload = Buffer.alloc(50 + writer * 100 + i, 'x')
    const position = await log.append(payload)
    const atMicroseconds = Number(process.hrtime.bigint() / 1000n)
    acknowledgements.push({ end: position + 12 + payload.length, atMicroseconds })
  }
}
