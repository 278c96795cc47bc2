import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { randomNumbers } from '@almanac/core/random-numbers.ts'
import { expect, test } from 'vitest'
import { openEventLog } from './event-log.ts'
import { payloadOf } from './testing/payload-of.ts'
import { readAll } from './testing/read-all.ts'
import { scratchDirectory } from './testing/scratch.ts'

const CHILD = fileURLToPath(new URL('./testing/appending-child.ts', import.meta.url))
const ROUNDS = 10
const seed = Math.floor(Math.random() * 2 ** 32)

test(`every acknowledged event survives ${ROUNDS} deaths by SIGKILL once and intact (seed ${seed})`, async () => {
  await using scratch = await scratchDirectory()
  const directory = join(scratch.path, 'log')
  const random = randomNumbers(seed)
  const acknowledged = new Map<string, number>()

  for (let round = 0; round < ROUNDS; round++) {
    const lines = await linesUntilKilled(directory, round, 1 + Math.floor(random() * 3000))
    for (const line of lines) {
      const [position = '', id = ''] = line.split(' ')
      acknowledged.set(id, Number(position))
    }
    const log = await openEventLog({ directory, minFreeDiskBytes: 0, maxIngestLagBytes: 1e12 })
    await log.close()
    const { frames, damage } = await readAll(directory, log.durableEnd)
    expect(damage).toEqual([])
    const found = new Map(frames.map(({ position, payload }) => [position, payload.toString()]))
    expect([...acknowledged].filter(([id, position]) => found.get(position) !== payloadOf(id))).toEqual([])
    expect(new Set(found.values()).size).toBe(frames.length)
  }
  expect(acknowledged.size).toBeGreaterThan(ROUNDS)
}, 60_000)

/** The acknowledgements that a child printed before it was killed, which is some time after `killAfter` of them. */
async function linesUntilKilled(directory: string, round: number, killAfter: number): Promise<string[]> {
  const child: ChildProcess = spawn(process.execPath, [CHILD, directory, String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const lines: string[] = []
  if (!child.stdout) throw new Error('the child has no output')
  for await (const line of createInterface(child.stdout)) {
    lines.push(line)
    if (lines.length === killAfter) child.kill('SIGKILL')
  }
  expect(await exited).toEqual([null, 'SIGKILL'])
  return lines.filter((line) => /^\d+ \d+-\d+$/.test(line))
}
