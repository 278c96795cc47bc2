import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { READY_CUBES } from '@almanac/core/cubes/ready/ready-cubes.ts'
import { expect, test, vi } from 'vitest'
import { errorsIn } from './check-workspace.ts'
import { initWorkspace } from './init-workspace.ts'
import { loadWorkspace } from './load-workspace.ts'
import { scratchWorkspace } from './testing/scratch-workspace.ts'

// Each load starts a thread.
vi.setConfig({ testTimeout: 60_000 })

const run = promisify(execFile)
const TSC = join(import.meta.dirname, '../../../../node_modules/.bin/tsc')

test('a new workspace loads without errors, and an editor finds its types', async () => {
  await using scratch = await scratchWorkspace()
  const written = await initWorkspace(scratch.folder)
  const loaded = await loadWorkspace(scratch.folder, READY_CUBES)

  expect(written).toContain('cubes/downloads.ts')
  expect(errorsIn(loaded)).toEqual([])
  expect(loaded.cubes.map(({ definition: { name } }) => name)).toEqual(['downloads'])
  expect(loaded.endpoints.map(({ definition: { path } }) => path)).toEqual(['/downloads/{period}'])
  expect(loaded.segments.map(({ definition: { name } }) => name)).toEqual(['dach'])
  expect(loaded.boards.map(({ definition: { slug } }) => slug)).toEqual(['downloads'])
  expect(await typeErrors(scratch.folder)).toBe('')

  await scratch.write('endpoints/wrong.ts', `import { param } from 'almanac/endpoints'\nexport default param(3)`)
  expect(await typeErrors(scratch.folder)).toMatch(/^endpoints\/wrong\.ts\(2,22\): error TS2345/)
})

/** The compiler's words, from the folder. */
async function typeErrors(folder: string): Promise<string> {
  return run(TSC, ['-p', '.'], { cwd: folder }).then(
    ({ stdout }) => stdout,
    ({ stdout }: { stdout: string }) => stdout,
  )
}

test('made again, it leaves what is there and writes what is missing', async () => {
  await using scratch = await scratchWorkspace({ 'cubes/own.ts': 'export default 1', 'tsconfig.json': '{}' })
  const written = await initWorkspace(scratch.folder)

  expect(written).toEqual(['package.json', '.gitignore', 'README.md', '.almanac/tsconfig.json'])
  expect(await readFile(join(scratch.folder, 'tsconfig.json'), 'utf8')).toBe('{}')
  expect(await initWorkspace(scratch.folder)).toEqual(['.almanac/tsconfig.json'])
})
