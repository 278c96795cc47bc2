import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../test-app.ts'

let tested: TestApp
beforeEach(async () => {
  tested = await buildTestApp()
})
afterEach(() => tested.app.close())

const put = (name: string, payload: object) =>
  tested.app.inject({ method: 'PUT', url: `/api/v1/data-sources/${name}`, headers: tested.as.editor, payload })

test('a statement is saved, listed, replaced and removed', async () => {
  expect((await put('paying', { sql: 'SELECT 1' })).statusCode).toBe(201)
  const replaced = await put('paying', { label: 'Paying', sql: 'SELECT {a:UInt8}', parameters: { a: 1 } })
  expect(replaced.statusCode).toBe(200)

  const list = await tested.app.inject({ url: '/api/v1/data-sources', headers: tested.as.viewer })
  expect(list.json()).toMatchObject({
    dataSources: [{ name: 'paying', label: 'Paying', sql: 'SELECT {a:UInt8}', parameters: { a: 1 } }],
  })
  const removal = { method: 'DELETE', url: '/api/v1/data-sources/paying', headers: tested.as.editor } as const
  expect((await tested.app.inject(removal)).statusCode).toBe(204)
  expect((await tested.app.inject(removal)).statusCode).toBe(404)
})

test.each([
  { what: 'no statement', name: 'a', payload: { sql: ' ' } },
  { what: 'a statement with NUL', name: 'a', payload: { sql: 'SELECT \0' } },
  { what: 'an object for a value', name: 'a', payload: { sql: 'SELECT 1', parameters: { a: {} } } },
  { what: 'a name that no statement can have', name: 'a', payload: { sql: 'SELECT 1', parameters: { 'a-b': 1 } } },
  { what: 'a name in capitals', name: 'Paying', payload: { sql: 'SELECT 1' } },
])('$what is refused', async ({ name, payload }) => {
  const answer = await put(name, payload)
  expect(answer.statusCode, answer.body).toBe(400)
  expect(answer.json().error.issues.length).toBeGreaterThan(0)
})
