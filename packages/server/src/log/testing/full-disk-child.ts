// Fills the small disk under DIRECTORY, frees some of it, and prints what came of it: `node full-disk-child.ts DIRECTORY`.
import { rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '@almanac/core/errors.ts'
import { openEventLog } from '../event-log.ts'
import { segmentFileName } from '../position.ts'
import { listSegments } from '../segments/segments.ts'
import { readTexts } from './read-all.ts'

export interface FullDiskOutcome {
  readonly refusal: { readonly code: string; readonly message: string }
  readonly refusedAtOnce: string
  readonly acknowledgedBefore: number
  readonly acknowledgedAfter: number
  readonly isEveryAcknowledgedThere: boolean
  readonly isFileCutToDurableEnd: boolean
  readonly stateAfter: string
  readonly isWrittenAhead: boolean
}

const [disk = ''] = process.argv.slice(2)
const ballast = join(disk, 'ballast')
const directory = join(disk, 'log')
await writeFile(ballast, Buffer.alloc(2 * 1024 * 1024))
const log = await openEventLog({ directory, minFreeDiskBytes: 0, maxIngestLagBytes: 1e9, retryDelayMs: 5 })

let isWrittenAhead = false
const stopWatching = log.onDurable(() => {
  isWrittenAhead ||= log.status().preparedBytes > 0
})
const before: string[] = []
const refusal = await appendUntilRefused(before)
const last = (await listSegments(directory)).at(-1) ?? 0
const { size } = await stat(join(directory, segmentFileName(last)))
const isFileCutToDurableEnd = last + size === log.durableEnd
const refusedAtOnce = await codeOfRefusal('while full')

stopWatching()
await rm(ballast)
while (log.status().state !== 'open') await delay(5)
const after = ['first after', 'second after']
for (const text of after) await log.append(text)

const found = new Set(await readTexts(directory, log.durableEnd))
const outcome: FullDiskOutcome = {
  refusal: { code: refusal.code, message: refusal.message },
  refusedAtOnce,
  acknowledgedBefore: before.length,
  acknowledgedAfter: after.length,
  isEveryAcknowledgedThere: [...before, ...after].every((text) => found.has(text)),
  isFileCutToDurableEnd,
  stateAfter: log.status().state,
  isWrittenAhead,
}
await log.close()
console.log(JSON.stringify(outcome))

async function appendUntilRefused(acknowledged: string[]): Promise<AppError> {
  for (let i = 0; i < 10_000; i++) {
    const texts = Array.from({ length: 10 }, (_, j) => `${i}-${j} ${'x'.repeat(10_000)}`)
    const results = await Promise.allSettled(texts.map((text) => log.append(text)))
    acknowledged.push(...texts.filter((_, j) => results[j]?.status === 'fulfilled'))
    const refused = results.find((result) => result.status === 'rejected')
    if (refused) return refused.reason
  }
  throw new Error('the disk never got full')
}

async function codeOfRefusal(text: string): Promise<string> {
  const error = await log.append(text).then(
    () => undefined,
    (error: unknown) => error,
  )
  return error instanceof AppError ? error.code : String(error)
}
