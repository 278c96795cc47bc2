import { realpath } from 'node:fs/promises'
import { expect, test, vi } from 'vitest'
import { scratchWorkspace } from '../testing/scratch-workspace.ts'
import { workspaceErrorText } from '../workspace-error.ts'
import { loadFiles } from './load-files.ts'

// Each load starts a thread.
vi.setConfig({ testTimeout: 60_000 })

async function load(files: Record<string, string>, perFileMs = 20_000) {
  await using scratch = await scratchWorkspace(files)
  const folder = await realpath(scratch.folder)
  const names = Object.keys(files).filter((file) => file.startsWith('cubes/'))
  return await loadFiles({ folder, files: names }, { limits: { perFileMs, inTotalMs: 60_000 } })
}

async function errorsIn(files: Record<string, string>, perFileMs?: number): Promise<string[]> {
  return (await load(files, perFileMs)).flatMap(({ errors }) => errors).map(workspaceErrorText)
}

test('exports are taken by name, items of a list by their place, and types are left out', async () => {
  const [file] = await load({
    'cubes/a.ts': `import { shared } from '../lib/shared.ts'
interface Named { readonly name: string }
export default [{ name: 'one' }, { name: shared }] satisfies Named[]
export const other: Named = { name: 'three' }`,
    'lib/shared.ts': `export const shared: string = 'two'`,
  })

  expect(file?.errors).toEqual([])
  expect(file?.exports).toEqual([
    { name: 'default[0]', json: '{"name":"one"}' },
    { name: 'default[1]', json: '{"name":"two"}' },
    { name: 'other', json: '{"name":"three"}' },
  ])
})

test('the modules of Almanac are there in any folder', async () => {
  const [file] = await load({
    'cubes/a.ts': `import { param } from 'almanac/endpoints'\nexport default param('start')`,
  })

  expect(file).toEqual({
    file: 'cubes/a.ts',
    exports: [{ name: 'default', json: '{"$parameter":"start"}' }],
    errors: [],
  })
})

test('each file has its own errors, with the line, and one does not hide the others', async () => {
  const errors = await errorsIn({
    'cubes/a.ts': `const x = 1\n\nthrow new Error('boom')`,
    'cubes/b.ts': `const x = 1\nconst y = = 3`,
    'cubes/c.ts': `import '../lib/broken.ts'`,
    'lib/broken.ts': `export {}\nmissing()`,
    'cubes/d.ts': `import { nothing } from 'almanac/cube'`,
    'cubes/e.ts': `import './absent.ts'`,
    'cubes/f.ts': `export default 1 as unknown as object\nenum Colour { red }`,
    'cubes/g.ts': `export default { made: () => 1 }`,
    'cubes/h.ts': `export default { at: new Date(0) }`,
    'cubes/i.ts': `throw 'text'`,
    'cubes/j.ts': `import { nope } from 'almanac/endpoints'`,
  })

  expect(errors).toEqual([
    'cubes/a.ts:3: Error: boom',
    'cubes/b.ts:2: Expression expected',
    'lib/broken.ts:2: ReferenceError: missing is not defined',
    'cubes/d.ts: Error: there is no module almanac/cube: expected one of almanac/cubes, almanac/endpoints, almanac/boards, almanac/segments',
    expect.stringMatching(/^cubes\/e\.ts: Cannot find module '.*absent\.ts' imported from .*e\.ts$/),
    'cubes/f.ts:2: TypeScript enum is not supported in strip-only mode',
    'cubes/g.ts: TypeError: the export "default" is no definition: expected plain data, got a function at "made"',
    'cubes/h.ts: TypeError: the export "default" is no definition: expected plain data, got an object of the class Date at "at"',
    `cubes/i.ts: it threw 'text'`,
    expect.stringMatching(/^cubes\/j\.ts:1: The requested module 'almanac\/endpoints' does not provide .* 'nope'$/),
  ])
})

test('everything that is wrong with a definition is told, at the line where it is defined', async () => {
  const errors = await errorsIn({
    'cubes/a.ts': `import { defineEndpoint } from 'almanac/endpoints'

export default defineEndpoint({
  path: 'no-slash',
  summary: '',
  queries: {},
  answer: null,
})`,
  })

  expect(errors).toEqual([
    expect.stringMatching(/^cubes\/a\.ts:3: path: expected a path such as/),
    expect.stringMatching(/^cubes\/a\.ts:3: summary: /),
    expect.stringMatching(/^cubes\/a\.ts:3: queries: /),
  ])
})

test('a file that hangs, leaves or never settles is an error of its own, and the rest is loaded', async () => {
  const loaded = await load(
    {
      'cubes/a.ts': `export default 'a'`,
      'cubes/b.ts': `for (;;);`,
      'cubes/c.ts': `export default 'c'`,
      'cubes/d.ts': `process.exit(0)`,
      'cubes/e.ts': `await new Promise(() => {})`,
      'cubes/f.ts': `setTimeout(() => { throw new Error('later') }, 0)\nawait new Promise((resolve) => setTimeout(resolve, 60_000))`,
      'cubes/g.ts': `export default 'g'`,
    },
    2000,
  )

  expect(loaded.flatMap(({ exports }) => exports.map(({ json }) => json))).toEqual(['"a"', '"c"', '"g"'])
  expect(loaded.flatMap(({ errors }) => errors).map(workspaceErrorText)).toEqual([
    'cubes/b.ts: it was not loaded within 2 s: is there a loop without an end in it?',
    'cubes/d.ts: it ended the thread in which it was loaded: is there a process.exit() in it?',
    'cubes/e.ts: it awaits something that never comes',
    'cubes/f.ts:1: Error: later',
  ])
})

test('when the time for all is used up, the rest is named and not tried', async () => {
  await using scratch = await scratchWorkspace({ 'cubes/a.ts': 'for (;;);', 'cubes/b.ts': 'export default 1' })
  const task = { folder: await realpath(scratch.folder), files: ['cubes/a.ts', 'cubes/b.ts'] }
  const loaded = await loadFiles(task, { limits: { perFileMs: 20_000, inTotalMs: 300 } })

  expect(loaded.map(({ errors }) => errors[0]?.message)).toEqual([
    expect.stringContaining('it was not loaded within'),
    'it was not loaded: the files before it took all the time there is',
  ])
})

test('what the files print is passed on', async () => {
  await using scratch = await scratchWorkspace({ 'cubes/a.ts': `console.log('seen'); export default 1` })
  const printed: string[] = []
  const task = { folder: await realpath(scratch.folder), files: ['cubes/a.ts'] }
  await loadFiles(task, { onOutput: (text) => printed.push(text) })

  expect(printed.join('')).toBe('seen\n')
})
