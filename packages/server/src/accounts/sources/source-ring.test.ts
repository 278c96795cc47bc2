import { SourceSettings, type SourceSettingsChange } from '@almanac/core/sources/source-settings.ts'
import { expect, onTestFinished, test, vi } from 'vitest'
import { OPEN_POLICY } from '../../collect/policy/source-policy.ts'
import { openSourceRing } from './source-ring.ts'
import type { Source } from './sources.ts'

const source = (name: string, settings: SourceSettingsChange = {}): Source => ({
  name,
  label: name,
  kind: 'website',
  settings: SourceSettings.parse(settings),
  createdAt: new Date(0),
})

async function openRing(load: () => Promise<readonly Source[]>) {
  const ring = await openSourceRing({ load, onError: () => {}, refreshMs: 1_000_000 })
  onTestFinished(() => ring.close())
  return ring
}

test('each source has the policy of its settings', async () => {
  const ring = await openRing(async () => [source('open'), source('private', { privacy: 'cookieless' })])

  expect(ring.get('open')?.policy).toBe(OPEN_POLICY)
  expect(ring.get('private')?.policy.privacy).toBe('cookieless')
  expect(ring.get('nowhere')).toBeUndefined()
})

test('a change holds after the next reading, and a policy that did not change is the same one', async () => {
  let sources = [source('a', { eventsPerSecond: 5 }), source('b')]
  const ring = await openRing(async () => sources)
  const before = ring.get('a')?.policy
  sources = [source('a', { eventsPerSecond: 5 }), source('b', { privacy: 'masked' }), source('c')]

  await ring.refresh()

  expect(ring.get('a')?.policy).toBe(before)
  expect(ring.get('b')?.policy.privacy).toBe('masked')
  expect(ring.get('c')).toBeDefined()
})

test('a slow reading does not undo a later one', async () => {
  const answers: ((sources: readonly Source[]) => void)[] = []
  const load = () => new Promise<readonly Source[]>((resolve) => answers.push(resolve))
  const opening = openRing(load)
  answers[0]?.([])
  const ring = await opening

  const [slow, quick] = [ring.refresh(), ring.refresh()]
  answers[2]?.([source('new')])
  await quick
  answers[1]?.([])
  await slow

  expect(ring.get('new')).toBeDefined()
})

test('while the database is away, the last settings stay in force', async () => {
  const load = vi.fn(async () => [source('a', { privacy: 'masked' })])
  const ring = await openRing(load)
  load.mockRejectedValueOnce(new Error('away'))

  await expect(ring.refresh()).rejects.toThrow('away')

  expect(ring.get('a')?.policy.privacy).toBe('masked')
})
