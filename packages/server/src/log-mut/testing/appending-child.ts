// Appends for ever and tells each acknowledgement, until it is killed: `node appending-child.ts DIRECTORY ROUND`.
import { writeSync } from 'node:fs'
import { openEventLog } from '../event-log.ts'
import { payloadOf } from './payload-of.ts'

const [directory = '', round = ''] = process.argv.slice(2)
const log = await openEventLog({ directory, minFreeDiskBytes: 0, maxIngestLagBytes: 1e12, segmentBytes: 256 * 1024 })
const WRITERS = 32

await Promise.all(Array.from({ length: WRITERS }, (_, writer) => appendForEver(writer)))

async function appendForEver(writer: number): Promise<void> {
  for (let i = writer; ; i += WRITERS) {
    const id = `${round}-${i}`
    const position = await log.append(payloadOf(id))
    writeSync(1, `${position} ${id}\n`)
  }
}
