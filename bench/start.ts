// From the start of the process on an existing data directory to the first answered query, and the memory of all
// processes when nothing happens. Prints the start's ratio to that of both engines alone.
import { readdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDataDirectory } from '../packages/server/src/engines/files/data-directory.ts'
import { startEngines } from '../packages/server/src/engines/start-engines.ts'
import { print } from './support/print.ts'
import { processField } from './support/process-memory.ts'
import { api, serve, withTempDir } from './support/servers.ts'

const QUERY = { cube: 'web', measures: ['hits'], from: '2026-01-01', to: '2026-12-31', grain: 'month' }
const ROUNDS = 5

await withTempDir(async (dataDir) => {
  await (await serve('almanac', dataDir)).stop()
  const wholes: number[] = []
  const engines: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    wholes.push(await firstAnswer(dataDir))
    engines.push(await enginesAlone(dataDir))
  }
  const server = await serve('almanac', dataDir)
  await api(server, '/api/v1/query', QUERY)
  await sleep(10_000)
  const { residentMb, ownMb } = memoryOf(server.process.pid ?? 0)
  await server.stop()
  print(
    'start to first answer',
    `${median(wholes).toFixed(0)} ms (${ROUNDS} starts: ${wholes.map((ms) => ms.toFixed(0)).join(', ')})`,
  )
  print('both engines alone', `${median(engines).toFixed(0)} ms`)
  print(
    'idle memory',
    `${residentMb.toFixed(0)} MB resident in all processes, pages of shared libraries counted once: ${ownMb.toFixed(0)} MB`,
  )
  print('ratio start / engines', (median(wholes) / median(engines)).toFixed(2))
})

async function firstAnswer(dataDir: string): Promise<number> {
  const started = performance.now()
  const server = await serve('almanac', dataDir)
  await api(server, '/api/v1/query', QUERY)
  const elapsed = performance.now() - started
  await server.stop()
  return elapsed
}

async function enginesAlone(dataDir: string): Promise<number> {
  const directory = await openDataDirectory(dataDir)
  const started = performance.now()
  const engines = await startEngines({ directory })
  const elapsed = performance.now() - started
  await engines.stop()
  await directory.release()
  return elapsed
}

/** Of a process and all that it started: resident set sizes, and proportional ones, in which a shared page counts once. */
function memoryOf(root: number): { residentMb: number; ownMb: number } {
  const parents = new Map(processes().map((pid) => [pid, processField(pid, 'status', 'PPid')]))
  const family = [...parents.keys()].filter((pid) => {
    for (let one: number | undefined = pid; one; one = parents.get(one)) if (one === root) return true
    return false
  })
  const sum = (file: 'status' | 'smaps_rollup', name: string) =>
    family.reduce((total, pid) => total + processField(pid, file, name) / 1024, 0)
  return { residentMb: sum('status', 'VmRSS'), ownMb: sum('smaps_rollup', 'Pss') }
}

function processes(): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0)
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}
