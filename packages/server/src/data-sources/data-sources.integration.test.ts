import { beforeEach, expect, test } from 'vitest'
import type { TestDatabase } from '../../test/support/engines.ts'
import { useTestDatabase } from '../../test/support/use-test-database.ts'
import { createDataSources, type DataSources } from './data-sources.ts'

let database: TestDatabase
let sources: DataSources
useTestDatabase((fresh) => {
  database = fresh
})
beforeEach(() => {
  sources = createDataSources(database.pool)
})

const PAYING = { name: 'paying', label: 'Paying', sql: 'SELECT {least:UInt8}', parameters: { least: 5, list: ['a'] } }

test('a statement is found again as it was saved, and the next one takes its place', async () => {
  expect(await sources.save(PAYING, 'ada')).toMatchObject({ isNew: true, source: { ...PAYING, updatedBy: 'ada' } })
  const again = await sources.save({ ...PAYING, label: 'Again', parameters: {} }, 'ben')

  expect(again).toMatchObject({ isNew: false, source: { label: 'Again', parameters: {}, updatedBy: 'ben' } })
  expect(await sources.list()).toEqual([again.source])
  expect((await sources.byName()).get('paying')).toEqual(again.source)
})

test('any text is kept as it is', async () => {
  const parameters = { text: `'";--\u2028\u0000😀`, __proto__x: 'x', bool: true, number: 1e-9 }
  await sources.save({ ...PAYING, label: '<b>مرحبا</b>', sql: "SELECT '\\'' -- \"", parameters }, 'ada')

  expect(await sources.list()).toMatchObject([{ label: '<b>مرحبا</b>', sql: "SELECT '\\'' -- \"", parameters }])
})

test('they stand in the order of their labels', async () => {
  for (const label of ['b', 'C', 'a']) await sources.save({ ...PAYING, name: label.toLowerCase(), label }, 'ada')
  expect((await sources.list()).map(({ label }) => label)).toEqual(['a', 'b', 'C'])
})

test('one that was removed is gone, and cannot be removed again', async () => {
  await sources.save(PAYING, 'ada')
  await sources.remove('paying')

  expect(await sources.list()).toEqual([])
  await expect(sources.remove('paying')).rejects.toMatchObject({ code: 'not_found' })
})
