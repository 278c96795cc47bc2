import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { scratchDirectory } from './testing/scratch.ts'
import type { TracedAcknowledgement } from './testing/traced-child.ts'

const CHILD = fileURLToPath(new URL('./testing/traced-child.ts', import.meta.url))

/** The sizes in which the child's zeros are written. No batch of its frames is as large. */
const ZERO_PIECES = [256 * 1024, 44 * 1024]

/** A call as Node's own tracing of file system calls saw it, in microseconds of its monotonic clock. */
interface TracedCall {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly result: number
}

test('an append resolves only after its bytes are written and then synced, as the traced system calls show', async () => {
  const { acknowledgements, calls, identityBytes } = await runTraced('plain')
  expect(acknowledgements).toHaveLength(320)
  expect(calls.filter(({ name }) => name === 'fdatasync').length).toBeGreaterThan(10)
  expect(brokenPromises(acknowledgements, calls, identityBytes)).toEqual([])
}, 30_000)

test('an append that overwrites zeros resolves no sooner', async () => {
  const traced = await runTraced('ahead')
  const isZeros = ({ name, result }: TracedCall) => name === 'write' && ZERO_PIECES.includes(result)
  const calls = traced.calls.filter((call) => !isZeros(call))
  expect(traced.calls.length - calls.length).toBe(ZERO_PIECES.length)
  expect(traced.acknowledgements).toHaveLength(320)
  expect(brokenPromises(traced.acknowledgements, calls, traced.identityBytes)).toEqual([])
}, 30_000)

test('the trace shows it when appends resolve without a sync', async () => {
  const { acknowledgements, calls, identityBytes } = await runTraced('unsynced')
  expect(acknowledgements).toHaveLength(320)
  expect(brokenPromises(acknowledgements, calls, identityBytes)).toHaveLength(320)
}, 30_000)

/** The acknowledgements that came before a sync that began after the write that completed their bytes. */
function brokenPromises(
  acknowledgements: readonly TracedAcknowledgement[],
  calls: readonly TracedCall[],
  identityBytes: number,
): TracedAcknowledgement[] {
  const writes = calls.filter(({ name }) => name === 'write')
  const syncs = calls.filter(({ name }) => name === 'fdatasync')
  const written: { to: number; end: number }[] = []
  let end = -identityBytes // `log.json` is written before the first segment.
  for (const { to, result } of writes) {
    end += result
    written.push({ to, end })
  }

  return acknowledgements.filter(({ end, atMicroseconds }) => {
    const write = written.find((write) => write.end >= end)
    return !syncs.some((sync) => write && sync.from >= write.to && sync.to <= atMicroseconds)
  })
}

async function runTraced(mode: 'plain' | 'ahead' | 'unsynced') {
  await using scratch = await scratchDirectory()
  const directory = join(scratch.path, 'log')
  const trace = join(scratch.path, 'trace.json')
  const tracing = ['--trace-event-categories', 'node.fs.async,node.fs.sync', '--trace-event-file-pattern', trace]
  const { stdout } = await promisify(execFile)(process.execPath, [...tracing, CHILD, directory, mode])
  const acknowledgements: TracedAcknowledgement[] = JSON.parse(stdout)
  const identityBytes = (await readFile(join(directory, 'log.json'))).length
  return { acknowledgements, calls: pairCalls(JSON.parse(await readFile(trace, 'utf8')).traceEvents), identityBytes }
}

interface TraceEvent {
  readonly cat: string
  readonly ph: string
  readonly id?: string
  readonly name: string
  readonly ts: number
  readonly args: { readonly result?: number; readonly bytesWritten?: number }
}

const SYNCHRONOUS = 'fs.sync.'

/**
 * Calls in the order in which they ended. An id is used again once its call has ended; synchronous calls have none and
 * don't overlap.
 */
function pairCalls(events: readonly TraceEvent[]): TracedCall[] {
  const begun = new Map<string, number>()
  const calls: TracedCall[] = []
  for (const { ph, id = SYNCHRONOUS, name: tracedName, ts, args } of events.filter(({ cat }) =>
    cat.includes('node.fs'),
  )) {
    const name = tracedName.replace(SYNCHRONOUS, '')
    const result = args.result ?? args.bytesWritten ?? 0
    if (ph.toLowerCase() === 'b') begun.set(id, ts)
    if (ph.toLowerCase() === 'e') calls.push({ name, from: begun.get(id) ?? Number.NaN, to: ts, result })
  }
  return calls
}
