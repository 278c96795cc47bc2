// The durable log: waiting appends of 500 bytes, each acknowledged after an fdatasync that it shares, against the same
// bytes in the same portions written to a bare file. With `--noise` another process writes files of 300 KB and fsyncs
// each, as the engines beside a log do. Runs for some six seconds: `node bench/log.ts [--noise] [--waiters 64]`.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type EventLog, openEventLog } from '../packages/server/src/log/event-log.ts'
import { openLogReader } from '../packages/server/src/log/log-reader.ts'

const { values } = parseArgs({
  options: {
    noise: { type: 'boolean', default: false },
    waiters: { type: 'string', default: '64' },
    'make-noise-in': { type: 'string' },
  },
})
const WAITERS = Number(values.waiters)
const PAYLOAD = JSON.stringify({ name: 'pageview', path: '/', filler: 'x'.repeat(460) })
const PORTION = Buffer.alloc(WAITERS * (PAYLOAD.length + 12), 'x')
const ROUNDS = 4
const SLICE_MS = 300
const READY_FILE_BYTES = 64 * 1024 * 1024

const noiseDirectory = values['make-noise-in']
if (noiseDirectory === undefined) await measure()
else makeNoise(noiseDirectory)

interface Tally {
  count: number
  syncs: number
  elapsedMs: number
  processorMicroseconds: number
  readonly latenciesMs: number[]
}

async function measure(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'almanac-bench-log-'))
  const ahead = await openLog(join(directory, 'ahead'))
  const plain = await openLog(join(directory, 'plain'), { firstBytes: 0, maxBytes: 0 })
  const bareFile = await open(join(directory, 'bare'), 'w')
  const longerFile = await open(join(directory, 'longer'), 'w')
  const readyFile = await open(join(directory, 'ready'), 'w')
  await readyFile.write(Buffer.alloc(READY_FILE_BYTES))
  await readyFile.datasync()
  const noise = values.noise ? await startNoise(directory) : undefined
  try {
    const tallies = { bare: tally(), longer: tally(), ready: tally(), plain: tally(), ahead: tally() }
    // In turns, so that a disk that is slow for a while is slow for all of them.
    for (let round = 0; round < ROUNDS; round++) {
      await writePortions(tallies.bare, bareFile, false)
      await writePortions(tallies.longer, longerFile, true)
      await writePortions(tallies.ready, readyFile, true, READY_FILE_BYTES - PORTION.length)
      await append(tallies.plain, plain)
      await append(tallies.ahead, ahead)
    }
    print(tallies, await readsPerSecond(join(directory, 'ahead'), ahead))
  } finally {
    noise?.kill()
    if (noise) await once(noise, 'exit')
    await Promise.all([ahead.close(), plain.close(), bareFile.close(), longerFile.close(), readyFile.close()])
    await rm(directory, { recursive: true, force: true })
  }
}

function openLog(directory: string, writeAhead?: { firstBytes: number; maxBytes: number }): Promise<EventLog> {
  const limits = { minFreeDiskBytes: 0, maxIngestLagBytes: Number.MAX_SAFE_INTEGER }
  return openEventLog({ directory, ...limits, ...(writeAhead && { writeAhead }) })
}

/** Portions as large as those that the waiting appends make, with nothing encoded, checked or promised. */
async function writePortions(tally: Tally, file: FileHandle, isSynced: boolean, wrapAt = Infinity): Promise<void> {
  await timed(tally, async (isOver) => {
    for (; !isOver(); tally.count += WAITERS) {
      const startedAtMs = performance.now()
      await file.write(PORTION, 0, PORTION.length, ((tally.count / WAITERS) * PORTION.length) % wrapAt)
      if (!isSynced) continue
      await file.datasync()
      tally.syncs++
      tally.latenciesMs.push(performance.now() - startedAtMs)
    }
  })
}

async function append(tally: Tally, log: EventLog): Promise<void> {
  const syncsBefore = log.status().syncs
  await timed(tally, async (isOver) => {
    const appendUntilOver = async () => {
      for (; !isOver(); tally.count++) {
        const startedAtMs = performance.now()
        await log.append(PAYLOAD)
        tally.latenciesMs.push(performance.now() - startedAtMs)
      }
    }
    await Promise.all(Array.from({ length: WAITERS }, appendUntilOver))
  })
  tally.syncs += log.status().syncs - syncsBefore
}

async function timed(tally: Tally, run: (isOver: () => boolean) => Promise<void>): Promise<void> {
  const startedAtMs = performance.now()
  const processorTime = process.cpuUsage()
  await run(() => performance.now() - startedAtMs >= SLICE_MS)
  const { user, system } = process.cpuUsage(processorTime)
  tally.elapsedMs += performance.now() - startedAtMs
  tally.processorMicroseconds += user + system
}

async function readsPerSecond(directory: string, log: EventLog): Promise<number> {
  const reader = openLogReader(directory, 0)
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

function print(tallies: Record<'bare' | 'longer' | 'ready' | 'plain' | 'ahead', Tally>, reads: number): void {
  const { bare, longer, ready, plain, ahead } = tallies
  console.log(`payload ${PAYLOAD.length} bytes, ${WAITERS} waiting, ${values.noise ? 'beside' : 'without'} noise`)
  console.log(line('bare writes, no sync', bare))
  console.log(line('bare writes, synced, file grows', longer))
  console.log(line('bare writes, synced, file ready', ready))
  console.log(line('log, not written ahead', plain))
  console.log(line('log', ahead))
  const appended = ((perSecond(ahead) * PAYLOAD.length) / 1e6).toFixed(1)
  const cycleMicroseconds = ahead.processorMicroseconds / ahead.syncs
  const processor = `${(ahead.processorMicroseconds / ahead.count).toFixed(1)} µs of processor an append`
  console.log(
    `log ${appended} MB/s, ${processor}, ${cycleMicroseconds.toFixed(0)} µs a sync, reads ${counted(reads)} frames/s`,
  )
  console.log(`ratio log / bare writes without sync           ${ratio(ahead, bare)}`)
  console.log(`ratio log / bare writes, synced, file ready    ${ratio(ahead, ready)}`)
  console.log(`ratio log / bare writes, synced, file grows    ${ratio(ahead, longer)}`)
  console.log(`ratio log / log that is not written ahead      ${ratio(ahead, plain)}`)
}

function line(name: string, tally: Tally): string {
  const frames = `${name.padEnd(33)}${counted(perSecond(tally))} frames/s`
  if (tally.syncs === 0) return frames
  const syncs = `${counted((tally.syncs * 1000) / tally.elapsedMs)} syncs/s`
  const sorted = tally.latenciesMs.toSorted((a, b) => a - b)
  const quantile = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(2)
  return `${frames} ${syncs}   ms: p50 ${quantile(0.5)}  p95 ${quantile(0.95)}  p99 ${quantile(0.99)}`
}

function tally(): Tally {
  return { count: 0, syncs: 0, elapsedMs: 0, processorMicroseconds: 0, latenciesMs: [] }
}

function perSecond({ count, elapsedMs }: Tally): number {
  return (count * 1000) / elapsedMs
}

function ratio(a: Tally, b: Tally): string {
  return (perSecond(a) / perSecond(b)).toFixed(2)
}

function counted(value: number): string {
  return Math.round(value).toLocaleString('en').padStart(9)
}

async function startNoise(directory: string) {
  const child = spawn(process.execPath, [import.meta.filename, '--make-noise-in', directory], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  await once(child, 'message')
  return child
}

/** Until it is killed, or left alone by the process that started it. */
function makeNoise(directory: string): void {
  const bytes = Buffer.alloc(300_000, 'x')
  let files = 0
  process.once('disconnect', () => process.exit())
  setInterval(() => {
    const file = openSync(join(directory, `noise-${files++ % 50}`), 'w')
    writeSync(file, bytes)
    fsyncSync(file)
    closeSync(file)
    if (files === 1) process.send?.('begun')
  }, 20)
}
