import { expect, test } from 'vitest'
import { scratchWorkspace } from '../testing/scratch-workspace.ts'
import { kindOf, listWorkspace } from './workspace-files.ts'

test('definitions are the files of the four folders; whatever could be imported is watched', async () => {
  await using scratch = await scratchWorkspace({
    'cubes/b.ts': '',
    'cubes/a.ts': '',
    'cubes/a.test.ts': '',
    'cubes/types.d.ts': '',
    'cubes/deeper/c.ts': '',
    'cubes/readme.md': '',
    'endpoints/e.ts': '',
    'boards/d.ts': '',
    'segments/s.ts': '',
    'lib/shared.ts': '',
    'node_modules/cubes/x.ts': '',
    '.git/cubes/y.ts': '',
  })
  const { files, fingerprint } = await listWorkspace(scratch.folder)

  expect(files).toEqual(['boards/d.ts', 'cubes/a.ts', 'cubes/b.ts', 'endpoints/e.ts', 'segments/s.ts'])
  expect(files.map(kindOf)).toEqual(['board', 'cube', 'cube', 'endpoint', 'segment'])
  expect(fingerprint).toContain('lib/shared.ts')
  expect(fingerprint).not.toContain('node_modules')
  expect((await listWorkspace(scratch.folder)).fingerprint).toBe(fingerprint)
})

test('the fingerprint changes with every file that is written, added or removed', async () => {
  await using scratch = await scratchWorkspace({ 'lib/a.ts': 'a' })
  const fingerprint = async () => (await listWorkspace(scratch.folder)).fingerprint
  const seen = [await fingerprint()]
  await scratch.write('lib/a.ts', 'b')
  seen.push(await fingerprint())
  await scratch.write('lib/b.ts', '')
  seen.push(await fingerprint())
  await scratch.remove('lib/b.ts')
  await scratch.remove('lib/a.ts')
  seen.push(await fingerprint())

  expect(new Set(seen).size).toBe(4)
})

test('a folder that is not there is an error that names it', async () => {
  await expect(listWorkspace('/nonexistent/analytics')).rejects.toThrow(
    'The workspace /nonexistent/analytics cannot be read: ENOENT',
  )
})
