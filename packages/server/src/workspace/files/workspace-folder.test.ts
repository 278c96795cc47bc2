import { join } from 'node:path'
import { expect, test } from 'vitest'
import { scratchWorkspace } from '../testing/scratch-workspace.ts'
import { workspaceFolder } from './workspace-folder.ts'

test('the folder that is named, or the one in the data directory, or none', async () => {
  await using scratch = await scratchWorkspace({ 'data/run/x': '', 'own/cubes/a.ts': '' })
  const dataDir = join(scratch.folder, 'data')
  const own = join(scratch.folder, 'own')

  expect(workspaceFolder({ workspace: own, dataDir })).toBe(own)
  expect(workspaceFolder({ workspace: undefined, dataDir })).toBeUndefined()
  await scratch.write('data/workspace/cubes/a.ts', '')
  expect(workspaceFolder({ workspace: undefined, dataDir })).toBe(join(dataDir, 'workspace'))
  expect(workspaceFolder({ workspace: own, dataDir })).toBe(own)
})

test('a folder that is named and is not there is an error', () => {
  expect(() => workspaceFolder({ workspace: '/nonexistent/w', dataDir: '/nonexistent' })).toThrow(
    'There is no folder /nonexistent/w for the workspace',
  )
})
