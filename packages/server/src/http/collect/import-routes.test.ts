import { SourceSettings, type SourceSettingsChange } from '@almanac/core/sources/source-settings.ts'
import { expect, onTestFinished, test } from 'vitest'
import { OPEN_POLICY } from '../../collect/policy/source-policy.ts'
import { buildTestApp, IMPORT_ID } from '../test-app.ts'
import type { ImportAnswer } from './import-routes.ts'

interface Given {
  readonly settings: SourceSettingsChange
  /** Of the import that a chunk belongs to. */
  readonly options?: ImportAnswer['options']
}

async function serve({ settings, options = {} }: Given) {
  const remembered: [string, readonly string[]][] = []
  const tested = await buildTestApp({
    sourceOf: (name) => ({ name, kind: 'website', policy: OPEN_POLICY, settings: SourceSettings.parse(settings) }),
    findImport: async (id) => ({ ...IMPORT, id, options }),
    rememberSite: async (source, hosts) => void remembered.push([source, hosts]),
  })
  onTestFinished(() => tested.app.close())
  const post = (path: string, payload: object | string, headers: Record<string, string> = {}) =>
    tested.app.inject({
      method: 'POST',
      url: `/api/v1/imports${path}`,
      payload,
      headers: { ...tested.as.local, ...headers },
    })
  return { post, remembered, frames: tested.frames }
}

const IMPORT: ImportAnswer = {
  id: IMPORT_ID,
  source: 'website',
  format: 'combined',
  fileName: 'access.log',
  fingerprint: 'f',
  options: {},
  acknowledgedBytes: 0,
  acknowledgedLines: 0,
  stored: 0,
  duplicates: 0,
  quarantined: 0,
  pendingBytes: 0,
  startedAt: '2026-01-01T00:00:00Z',
  finishedAt: null,
}

test.each<Given & { whose: string; site: readonly string[] | undefined }>([
  {
    whose: 'those that were said for it',
    options: { site: ['said.example'] },
    settings: { siteHosts: ['known.example'] },
    site: ['said.example'],
  },
  {
    whose: 'those of the source',
    settings: { siteHosts: ['known.example'], allowedOrigins: ['may-send.example'] },
    site: ['known.example'],
  },
  {
    whose: 'those whose pages may send, when nothing else is known',
    settings: { allowedOrigins: ['*.may-send.example'] },
    site: ['*.may-send.example'],
  },
  { whose: 'none, when nothing is known', settings: {}, site: undefined },
])('the hosts of the site that a chunk is stored with are $whose', async ({ settings, options = {}, site }) => {
  const { post, frames } = await serve({ settings, options })
  const type = { 'content-type': 'application/x-ndjson' }
  const answer = await post(`/${IMPORT_ID}/lines?bytesEnd=10&linesEnd=1`, '{"id":"a"}', type)

  expect(answer.statusCode).toBe(200)
  expect(JSON.parse(frames[0]?.split('\n')[0] ?? '').site).toEqual(site)
})

const NEW = { source: 'website', format: 'combined', fileName: 'access.log', fingerprint: 'f' }

test('who begins an import is told what the source leaves out', async () => {
  const { post, remembered } = await serve({ settings: { blockedPaths: ['/admin/*'], privacy: 'masked' } })
  const answer = await post('', NEW)

  expect(answer.json().rules).toEqual({ privacy: 'masked', blockedAddresses: [], blockedPaths: ['/admin/*'] })
  expect(remembered).toEqual([])
})

test('the hosts of an import are remembered for the source, as browsers write them', async () => {
  const { post, remembered } = await serve({ settings: {} })
  await post('', { ...NEW, options: { site: ['WWW.Example.com'] } })
  expect(remembered).toEqual([['website', ['www.example.com']]])
})

test('what is no host name is refused with its place', async () => {
  const { post, remembered } = await serve({ settings: {} })
  const answer = await post('', { ...NEW, options: { site: ['a.example', 'b/c'] } })

  expect(answer.statusCode).toBe(400)
  expect(answer.json().error.issues).toMatchObject([{ path: ['options', 'site', 1] }])
  expect(remembered).toEqual([])
})
