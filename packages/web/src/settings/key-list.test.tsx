import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { ApiKey } from '../api/keys.ts'
import { KeyListView } from './key-list.tsx'

const nothing = () => undefined
const KEY: ApiKey = {
  id: 'one',
  prefix: 'abcd',
  name: '<b>Shop</b>',
  scopes: ['ingest'],
  source: 'website',
  environment: null,
  createdAt: '2026-11-01T10:00:00Z',
  lastUsedAt: null,
  revokedAt: null,
}
const listOf = (data: readonly ApiKey[] | undefined) =>
  renderToStaticMarkup(
    <KeyListView
      keys={{ data, error: undefined, isSuperseded: false, retry: nothing }}
      now={Temporal.Instant.from('2026-11-22T12:00:00Z')}
      onMake={nothing}
      onRevoke={nothing}
    />,
  )

test('a key says below its name what it may and when it was used, for screens without room for more columns', () => {
  expect(listOf([KEY])).toMatch(/&lt;b&gt;Shop&lt;\/b&gt;.*alm_abcd_….*Send events · never used/s)
  expect(listOf([{ ...KEY, lastUsedAt: '2026-11-22T10:00:00Z' }])).toContain('Send events · used 2 hours ago')
})

test('a key that is revoked can’t be revoked again', () => {
  expect(listOf([KEY])).toMatch(/aria-label="Revoke [^"]*Shop/)
  expect(listOf([{ ...KEY, revokedAt: '2026-11-22T10:00:00Z' }])).not.toMatch(/aria-label="Revoke/)
})

test('where there is no key, the first one is a click away; a short list is no higher than its rows', () => {
  expect(listOf([])).toMatch(/min-h-60.*Make the first key/s)
  expect(listOf([KEY])).not.toContain('min-h-60')
})
