import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BuiltFile, buildTracker } from '../build-tracker.ts'

/** With everything in it, as it travels in the worst case: gzip, and not brotli. */
const MAX_GZIP_BYTES = 1100
/** What each variant may weigh, so that leaving something out stays worth it. */
const MAX_VARIANT_GZIP_BYTES = {
  'almanac.core.js': 810,
  'almanac.spa.js': 870,
  'almanac.engagement.js': 930,
  'almanac.links.js': 920,
  'almanac.engagement.spa.js': 1000,
  'almanac.links.spa.js': 1000,
  'almanac.engagement.links.js': 1050,
  'almanac.js': MAX_GZIP_BYTES,
} as const

let folder: string
let built: readonly BuiltFile[]
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almanac-tracker-'))
  built = await buildTracker(folder)
}, 60_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

test('every variant has a budget', () => {
  const scripts = built.map(({ file }) => file).filter((file) => file !== 'index.js')
  expect(scripts.toSorted()).toEqual(Object.keys(MAX_VARIANT_GZIP_BYTES).toSorted())
})

test.each(Object.entries(MAX_VARIANT_GZIP_BYTES))('%s is at most %d bytes of gzip', (name, maxBytes) => {
  const size = built.find(({ file }) => file === name)?.gzipBytes
  console.log(`${name}: ${size} of ${maxBytes} bytes gzip`)
  expect(size).toBeLessThanOrEqual(maxBytes)
})

test.each([
  { file: 'almanac.core.js', without: ['engagement', 'scroll', 'auxclick', 'pushState'] },
  { file: 'almanac.links.js', without: ['engagement', 'scroll', 'pushState'] },
  { file: 'almanac.spa.js', without: ['engagement', 'scroll', 'auxclick'] },
  { file: 'almanac.engagement.js', without: ['auxclick', 'pushState'] },
])('$file holds nothing of what was left out', async ({ file, without }) => {
  const code = await readFile(join(folder, file), 'utf8')
  expect(without.filter((word) => code.includes(word))).toEqual([])
})

test('the full script holds every part', async () => {
  const code = await readFile(join(folder, 'almanac.js'), 'utf8')
  for (const word of ['engagement', 'scroll', 'auxclick', 'pushState', 'not_found']) expect(code).toContain(word)
})
