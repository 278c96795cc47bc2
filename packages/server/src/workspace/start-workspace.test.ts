import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { CubeFailure } from '../cubes/registry.ts'
import type { PlacedEndpoint } from './endpoints/endpoints.ts'
import { startWorkspace, type Workspace, type WorkspaceStatus } from './start-workspace.ts'
import { type ScratchWorkspace, scratchWorkspace } from './testing/scratch-workspace.ts'
import { workspaceErrorText } from './workspace-error.ts'

// Each load starts a thread.
vi.setConfig({ testTimeout: 60_000 })

const cubeFile = (name: string, more = '') => `import { count, defineCube } from 'almanac/cubes'
${more}
export default defineCube({
  name: '${name}', base: { table: 'events', time: 'timestamp' }, dimensions: {}, measures: { events: count() },
})`
const endpointFile = (path: string, cube: string) => `import { defineEndpoint, value } from 'almanac/endpoints'
const query = { cube: '${cube}', measures: ['events'], from: '2026-01-01', to: '2026-02-01' }
export default defineEndpoint({
  path: '${path}', summary: 'All events', queries: { all: query }, answer: value('all', 'events'),
})`

let scratch: ScratchWorkspace
let dataDir: string
let registered: string[][]
let served: string[][]
let shown: string[][]
let segmented: string[][]
let failures: readonly CubeFailure[]
let refuse: (() => Error) | undefined
let running: Workspace | undefined
let look: () => void
let reloads: ((status: WorkspaceStatus) => void)[]
beforeEach(async () => {
  scratch = await scratchWorkspace({
    'cubes/sales.ts': cubeFile('sales'),
    'endpoints/sales.ts': endpointFile('/sales', 'sales'),
  })
  dataDir = await mkdtemp(join(tmpdir(), 'almanac-data-'))
  registered = []
  served = []
  shown = []
  segmented = []
  failures = []
  refuse = undefined
  reloads = []
})
afterEach(async () => {
  await running?.stop()
  await scratch[Symbol.asyncDispose]()
  await rm(dataDir, { recursive: true })
})

interface Start {
  readonly folder?: string | undefined
  readonly isWatched?: boolean
}

async function start({ folder, isWatched = false }: Start = { folder: scratch.folder }): Promise<Workspace> {
  running = await startWorkspace({
    folder,
    readyCubes: [],
    registry: {
      replace: async (cubes: readonly CubeDefinition[]) => {
        const error = refuse?.()
        if (error) throw error
        registered.push(cubes.map(({ name }) => name))
      },
      failures: () => failures,
    },
    onEndpoints: (endpoints: readonly PlacedEndpoint[]) =>
      served.push(endpoints.map(({ definition }) => definition.path)),
    onBoards: async (boards) => void shown.push(boards.map(({ slug }) => slug)),
    onSegments: (segments) => segmented.push(segments.map(({ name }) => name)),
    rememberedPath: join(dataDir, 'workspace.json'),
    logger: { info() {}, warn() {} },
    onReloaded: (status) => reloads.shift()?.(status),
    ...(!isWatched && {
      watch: (onChange) => {
        look = onChange
        return { close() {} }
      },
    }),
  })
  return running
}

const reloaded = () => new Promise<WorkspaceStatus>((resolve) => reloads.push(resolve))
/** What is known after the next look at the folder. */
async function lookAgain(): Promise<WorkspaceStatus> {
  const status = reloaded()
  look()
  return status
}
const texts = ({ errors }: WorkspaceStatus) => errors.map(workspaceErrorText)

test('what the files define is in force when the start is done', async () => {
  const workspace = await start()

  expect(registered).toEqual([['sales']])
  expect(served).toEqual([['/sales']])
  expect(workspace.status()).toMatchObject({
    folder: scratch.folder,
    state: 'loaded',
    cubes: ['sales'],
    endpoints: ['/sales'],
    files: [
      { file: 'cubes/sales.ts', defines: [{ kind: 'cube', name: 'sales' }], errors: [] },
      { file: 'endpoints/sales.ts', defines: [{ kind: 'endpoint', name: '/sales' }], errors: [] },
    ],
    errors: [],
  })
})

test('a file that is written while the server runs is loaded by itself', async () => {
  await start({ folder: scratch.folder, isWatched: true })
  const status = reloaded()
  await scratch.write('cubes/costs.ts', cubeFile('costs'))

  expect(await status).toMatchObject({ state: 'loaded', cubes: ['costs', 'sales'] })
  expect(registered).toEqual([['sales'], ['costs', 'sales']])
})

test('a change in a file that is only imported is seen, too', async () => {
  await scratch.write('lib/name.ts', `export const NAME = 'first'`)
  const using = cubeFile('x', `import { NAME } from '../lib/name.ts'`).replace(`'x'`, 'NAME')
  await scratch.write('cubes/named.ts', using)
  await start()
  await scratch.write('lib/name.ts', `export const NAME = 'second'`)

  // Each load starts a thread.
  vi.setConfig({ testTimeout: 60_000 })

  expect(await lookAgain()).toMatchObject({ cubes: ['second', 'sales'] })
})

test('while a file is wrong, what was there before stays in force, and all errors are told', async () => {
  const workspace = await start()
  await scratch.write('cubes/costs.ts', `\nthrow new Error('boom')`)
  await scratch.write('endpoints/sales.ts', endpointFile('/sales', 'nothing'))
  await scratch.write('endpoints/z.ts', 'export default {')
  const status = await lookAgain()

  expect(status).toMatchObject({ state: 'failed', cubes: ['sales'], endpoints: ['/sales'] })
  expect(texts(status)).toEqual(['cubes/costs.ts:2: Error: boom', expect.stringMatching(/^endpoints\/z\.ts:1: /)])
  expect(registered).toEqual([['sales']])

  await scratch.remove('cubes/costs.ts')
  await scratch.remove('endpoints/z.ts')
  await scratch.write('endpoints/sales.ts', endpointFile('/events', 'sales'))
  expect(await lookAgain()).toMatchObject({ state: 'loaded', endpoints: ['/events'], errors: [] })
  expect(workspace.status().state).toBe('loaded')
  expect(served).toEqual([['/sales'], ['/events']])
})

test('a look at files that have not changed loads nothing', async () => {
  await start()
  look()
  await scratch.write('cubes/costs.ts', cubeFile('costs'))
  await lookAgain()

  expect(registered).toHaveLength(2)
})

test('a change during a reload leads to another one', async () => {
  await start()
  await scratch.write('cubes/slow.ts', cubeFile('slow', 'await new Promise((resolve) => setTimeout(resolve, 300))'))
  const first = lookAgain()
  // The thread is on its way, and the fingerprint was taken: this change is not in it, or is seen by both.
  await scratch.write('cubes/costs.ts', cubeFile('costs'))
  look()
  const before = await first
  const after = before.cubes.includes('costs') ? before : await reloaded()

  expect(after.cubes).toEqual(['costs', 'sales', 'slow'])
})

test('a server that starts while a file is wrong has what was there before', async () => {
  await (await start()).stop()
  await scratch.write('cubes/sales.ts', 'throw 1')
  const workspace = await start()

  expect(workspace.status()).toMatchObject({ state: 'failed', cubes: ['sales'], endpoints: ['/sales'] })
  expect(registered).toEqual([['sales'], ['sales']])
  expect(served).toEqual([['/sales'], ['/sales']])
})

test('a server that is started without the folder keeps what was loaded last', async () => {
  await (await start()).stop()
  const workspace = await start({})

  expect(workspace.status()).toMatchObject({ folder: undefined, state: 'remembered', cubes: ['sales'], files: [] })
  expect(registered.at(-1)).toEqual(['sales'])
})

test('an empty workspace takes away what was loaded before', async () => {
  await (await start()).stop()
  await scratch.remove('cubes')
  await scratch.remove('endpoints')
  await (await start()).stop()
  const workspace = await start({})

  expect(registered).toEqual([['sales'], [], []])
  expect(workspace.status()).toMatchObject({ state: 'remembered', cubes: [], endpoints: [] })
})

test('without a folder and without a memory there is nothing', async () => {
  const workspace = await start({})

  expect(workspace.status()).toMatchObject({ state: 'none', cubes: [], files: [], errors: [] })
  expect([registered, served]).toEqual([[[]], [[]]])
})

test('a memory that cannot be read is no memory', async () => {
  await (await start()).stop()
  const path = join(dataDir, 'workspace.json')
  const text = await readFile(path, 'utf8')
  await writeFile(path, text.slice(0, -1))

  expect((await start({})).status().state).toBe('none')
})

test('a folder that goes away is an error, and nothing is dropped; it may come back', async () => {
  await start()
  await rename(scratch.folder, `${scratch.folder}-away`)
  const status = await lookAgain()
  expect(status).toMatchObject({ state: 'failed', cubes: ['sales'] })
  expect(texts(status)[0]).toContain('cannot be read')

  await rename(`${scratch.folder}-away`, scratch.folder)
  expect(await lookAgain()).toMatchObject({ state: 'loaded', errors: [] })
})

test('what the registry does not take is tried again at the next look', async () => {
  await start()
  await scratch.write('cubes/costs.ts', cubeFile('costs'))
  refuse = () => new Error('no connection')
  const status = await lookAgain()
  expect(status).toMatchObject({ state: 'failed', cubes: ['sales'] })
  expect(texts(status)).toEqual(['what was loaded could not be brought in force, and is tried again: no connection'])

  refuse = undefined
  expect(await lookAgain()).toMatchObject({ state: 'loaded', cubes: ['costs', 'sales'] })
})

test('when the registry does not take anything at the start, the start fails', async () => {
  refuse = () => new Error('no connection')
  await expect(start()).rejects.toThrow('no connection')
  running = undefined
})

test('a cube that the engine does not take is an error of its file, and the rest is in force', async () => {
  failures = [{ name: 'sales', reason: 'no table facts' }]
  const status = (await start()).status()

  expect(status.state).toBe('loaded')
  expect(texts(status)).toEqual(['cubes/sales.ts: the cube "sales" could not be made: no table facts'])
})

const boardFile = (title: string) => `import { defineBoard } from 'almanac/boards'
export default defineBoard({
  title: '${title}', tabs: [{ id: 'main', title: 'Main', sections: [{ id: 'all', widgets: [{
    id: 'w', place: { x: 0, y: 0, w: 12, h: 6 }, chart: { kind: 'line' },
    data: [{ from: 'cube', cube: 'sales', measures: ['events'], grain: 'board' }],
  }] }] }],
})`

test('boards are in force with the rest, follow their files, and are remembered', async () => {
  await scratch.write('boards/sales.ts', boardFile('Sales'))
  await start()
  await scratch.write('boards/costs.ts', boardFile('Costs'))
  expect(await lookAgain()).toMatchObject({ state: 'loaded', boards: ['costs', 'sales'] })
  await scratch.remove('boards/sales.ts')
  await lookAgain()
  await running?.stop()
  const workspace = await start({})

  expect(shown).toEqual([['sales'], ['costs', 'sales'], ['costs'], ['costs']])
  expect(workspace.status()).toMatchObject({ state: 'remembered', boards: ['costs'] })
})

test('a board that is wrong keeps everything as it was', async () => {
  await start()
  await scratch.write('boards/sales.ts', boardFile('').replace("'sales'", "'gone'"))
  await scratch.write('cubes/costs.ts', cubeFile('costs'))
  const status = await lookAgain()

  expect(status).toMatchObject({ state: 'failed', cubes: ['sales'], boards: [] })
  expect(texts(status)).toEqual([expect.stringMatching(/^boards\/sales\.ts:2: .*title: expected a title/)])
})

test('segments follow their files, and are there again for a server without the folder', async () => {
  const segment = (dimension: string) => `import { defineSegment } from 'almanac/segments'
export default defineSegment({ cube: 'sales', filter: { dimension: '${dimension}', values: ['DE'] } })`
  const cube = cubeFile('sales').replace('dimensions: {}', `dimensions: { country: column('country') }`)
  await scratch.write('cubes/sales.ts', cube.replace('{ count,', '{ column, count,'))
  await scratch.write('segments/german.ts', segment('country'))
  const workspace = await start()
  expect(workspace.status().segments).toEqual(['german'])

  await scratch.write('segments/german.ts', segment('city'))
  expect(texts(await lookAgain())).toEqual([expect.stringContaining('the cube sales has no dimension "city"')])
  await scratch.write('segments/german.ts', segment('country'))
  await scratch.write('segments/austrian.ts', segment('country'))
  expect(await lookAgain()).toMatchObject({ state: 'loaded', segments: ['austrian', 'german'] })
  await workspace.stop()

  expect((await start({ folder: undefined })).status()).toMatchObject({ segments: ['austrian', 'german'] })
  expect(segmented).toEqual([['german'], ['austrian', 'german'], ['austrian', 'german']])
})
