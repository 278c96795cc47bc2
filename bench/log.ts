// The durable log: 64 waiting appends of 500 bytes, each acknowledged after an fdatasync that it shares, against the
// same bytes in the same portions written to a bare file with and without a sync. Runs for some five seconds.
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEventLog } from '../packages/server/src/log/event-log.ts'
import { openLogReader } from '../packages/server/src/log/log-reader.ts'

const WAITERS = 64
const PAYLOAD = JSON.stringify({ name: 'pageview', path: '/', filler: 'x'.repeat(460) })
const PHASE_MS = 1000

const directory = await mkdtemp(join(tmpdir(), 'almanac-bench-log-'))
try {
  const bare = await bareWrites(false)
  const synced = await bareWrites(true)
  const log = await logAppends()
  const read = await logReads(log.durableEnd)
  console.log(`payload                 ${PAYLOAD.length} bytes, ${WAITERS} waiting`)
  console.log(`bare writes, no sync    ${perSecond(bare)} frames/s`)
  console.log(`bare writes, synced     ${perSecond(synced)} frames/s`)
  console.log(`log appends             ${perSecond(log.perSecond)} /s, ${megabytes(log.perSecond)} MB/s`)
  console.log(`log fdatasyncs          ${perSecond(log.syncsPerSecond)} /s, ${log.perSync.toFixed(1)} appends each`)
  console.log(`log processor time      ${log.microsecondsEach.toFixed(1)} µs an append`)
  console.log(`log reads               ${perSecond(read)} frames/s`)
  console.log(`ratio log / bare writes without sync    ${(log.perSecond / bare).toFixed(2)}`)
  console.log(`ratio log / bare writes with fdatasync  ${(log.perSecond / synced).toFixed(2)}`)
} finally {
  await rm(directory, { recursive: true, force: true })
}

/** Portions as large as those that 64 waiting appends make, with nothing encoded, checked or promised. */
async function bareWrites(isSynced: boolean): Promise<number> {
  const file = await open(join(directory, `bare-${isSynced}`), 'w')
  const portion = Buffer.alloc(WAITERS * (PAYLOAD.length + 12), 'x')
  const startedAtMs = performance.now()
  let written = 0
  while (performance.now() - startedAtMs < PHASE_MS) {
    await file.write(portion, 0, portion.length, written * portion.length)
    if (isSynced) await file.datasync()
    written++
  }
  const elapsedMs = performance.now() - startedAtMs
  await file.close()
  return (written * WAITERS * 1000) / elapsedMs
}

async function logAppends() {
  const log = await openEventLog({
    directory: join(directory, 'log'),
    minFreeDiskBytes: 0,
    maxIngestLagBytes: Number.MAX_SAFE_INTEGER,
  })
  const startedAtMs = performance.now()
  const processorTime = process.cpuUsage()
  let appended = 0
  const appendUntilOver = async () => {
    while (performance.now() - startedAtMs < 2 * PHASE_MS) {
      await log.append(PAYLOAD)
      appended++
    }
  }
  await Promise.all(Array.from({ length: WAITERS }, appendUntilOver))
  const elapsedMs = performance.now() - startedAtMs
  const { user, system } = process.cpuUsage(processorTime)
  const { syncs } = log.status()
  await log.close()
  return {
    perSecond: (appended * 1000) / elapsedMs,
    syncsPerSecond: (syncs * 1000) / elapsedMs,
    perSync: appended / syncs,
    microsecondsEach: (user + system) / appended,
    durableEnd: log.durableEnd,
  }
}

async function logReads(upTo: number): Promise<number> {
  const reader = openLogReader(join(directory, 'log'), 0)
  const startedAtMs = performance.now()
  let frames = 0
  for (let at = 0; at < upTo && performance.now() - startedAtMs < PHASE_MS; ) {
    const part = await reader.read({ upTo })
    frames += part.frames.length
    at = part.next
  }
  await reader.close()
  return (frames * 1000) / (performance.now() - startedAtMs)
}

function perSecond(value: number): string {
  return Math.round(value).toLocaleString('en').padStart(10)
}

function megabytes(framesPerSecond: number): string {
  return ((framesPerSecond * PAYLOAD.length) / 1e6).toFixed(1)
}
