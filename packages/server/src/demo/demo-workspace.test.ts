import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { demoWorkspace } from './demo-workspace.ts'

async function emptyFolder(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'almanac-demo-'))
  onTestFinished(() => rm(dataDir, { recursive: true }))
  return dataDir
}

test("the demo shows the made-up company's own cubes and dashboards", async () => {
  expect(demoWorkspace({ dataDir: await emptyFolder(), workspace: undefined })).toMatch(/examples\/tidelight$/)
})

test('who has a workspace sees that one', async () => {
  const dataDir = await emptyFolder()
  expect(demoWorkspace({ dataDir, workspace: '/mine' })).toBe('/mine')
  await mkdir(join(dataDir, 'workspace'))
  expect(demoWorkspace({ dataDir, workspace: undefined })).toBeUndefined()
})
