import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { claimImport } from './claim.ts'

let dataDir: string
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'almanac-claim-'))
})
afterAll(() => rm(dataDir, { recursive: true }))

test('an import has one owner at a time, and another import has its own', async () => {
  const first = await claimImport(dataDir, 'a')
  expect(first).toBeDefined()
  expect(await claimImport(dataDir, 'a')).toBeUndefined()
  await using other = await claimImport(dataDir, 'b')
  expect(other).toBeDefined()

  await first?.[Symbol.asyncDispose]()
  await using again = await claimImport(dataDir, 'a')
  expect(again).toBeDefined()
})
