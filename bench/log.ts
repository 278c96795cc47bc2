// The durable log: 64 waiting appends of 500 bytes, each acknowledged after an fdatasync that it shares, against the
// same bytes in the same portions written to a bare file with and without a sync. Runs for some five seconds.
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEventLog } from '../packages/server/src/log/event-log.ts'
import { openLogReader } from '../packages/server/src/log/log-reader.ts'

const WAITERS = 64
const PAYLOAD = JSON.stringify({ name: 'pageview', path: '/', filler: 'x'.repeat(460) })
const PORTION = Buffer.alloc(WAITERS * (PAYLOAD.length + 12), 'x')
const ROUNDS = 5
const SLICE_MS = 300

const directory = await mkdtemp(join(tmpdir(), 'almanac-bench-log-'))
const log = await openEventLog({
  directory: join(directory, 'log'),
  minFreeDiskBytes: 0,
  maxIngestLagBytes: Number.MAX_SAFE_INTEGER,
})
const bareFile = await open(join(directory, 'bare'), 'w')
const syncedFile = await open(join(directory, 'synced'), 'w')
try {
  // In turns, so that a disk that is slow for a while is slow for all of them.
  const bare: number[] = []
  const synced: number[] = []
  const appended: number[] = []
  let processorMicroseconds = 0
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(await framesPerSecond(() => bareWrite(bareFile, false)))
    synced.push(await framesPerSecond(() => bareWrite(syncedFile, true)))
    const processorTime = process.cpuUsage()
    appended.push(await appendsPerSecond())
    const { user, system } = process.cpuUsage(processorTime)
    processorMicroseconds += user + system
  }
  const perSecond = mean(appended)
  const seconds = (ROUNDS * SLICE_MS) / 1000
  const { syncs } = log.status()
  console.log(`payload                 ${PAYLOAD.length} bytes, ${WAITERS} waiting`)
  console.log(`bare writes, no sync    ${counted(mean(bare))} frames/s`)
  console.log(`bare writes, synced     ${counted(mean(synced))} frames/s`)
  console.log(
    `log appends             ${counted(perSecond)} /s, ${((perSecond * PAYLOAD.length) / 1e6).toFixed(1)} MB/s`,
  )
  console.log(`log fdatasyncs          ${counted(syncs / seconds)} /s`)
  console.log(`log processor time      ${(processorMicroseconds / (perSecond * seconds)).toFixed(1)} µs an append`)
  console.log(`log reads               ${counted(await readsPerSecond())} frames/s`)
  console.log(`ratio log / bare writes without sync    ${(perSecond / mean(bare)).toFixed(2)}`)
  console.log(`ratio log / bare writes with fdatasync  ${(perSecond / mean(synced)).toFixed(2)}`)
} finally {
  await Promise.all([log.close(), bareFile.close(), syncedFile.close()])
  await rm(directory, { recursive: true, force: true })
}

/** Portions as large as those that 64 waiting appends make, with nothing encoded, checked or promised. */
async function bareWrite(file: FileHandle, isSynced: boolean): Promise<void> {
  await file.write(PORTION)
  if (isSynced) await file.datasync()
}

async function framesPerSecond(writePortion: () => Promise<void>): Promise<number> {
  const startedAtMs = performance.now()
  let portions = 0
  for (; performance.now() - startedAtMs < SLICE_MS; portions++) await writePortion()
  return (portions * WAITERS * 1000) / (performance.now() - startedAtMs)
}

async function appendsPerSecond(): Promise<number> {
  const startedAtMs = performance.now()
  let appends = 0
  const appendUntilOver = async () => {
    for (; performance.now() - startedAtMs < SLICE_MS; appends++) await log.append(PAYLOAD)
  }
  await Promise.all(Array.from({ length: WAITERS }, appendUntilOver))
  return (appends * 1000) / (performance.now() - startedAtMs)
}

async function readsPerSecond(): Promise<number> {
  const reader = openLogReader(join(directory, 'log'), 0)
  const upTo = log.durableEnd
  const startedAtMs = performance.now()
  let frames = 0
  for (let at = 0; at < upTo && performance.now() - startedAtMs < SLICE_MS; ) {
    const part = await reader.read({ upTo })
    frames += part.frames.length
    at = part.next
  }
  await reader.close()
  return (frames * 1000) / (performance.now() - startedAtMs)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function counted(value: number): string {
  return Math.round(value).toLocaleString('en').padStart(10)
}
