import { smallBoard } from '@almanac/core/boards/testing/small-board.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TestDatabase } from '../../../../test/support/engines.ts'
import { useTestDatabase } from '../../../../test/support/use-test-database.ts'
import { openTestBoards } from '../../../boards/testing/open-boards.ts'
import { buildTestApp, type TestApp, type TestRole } from '../../test-app.ts'

let database: TestDatabase
let tested: TestApp
useTestDatabase((fresh) => {
  database = fresh
})
beforeEach(async () => {
  tested = await buildTestApp(openTestBoards(database.pool))
  for (const { id, role } of tested.sessions.values()) {
    const text = `INSERT INTO users (id, email, name, password_hash, role) VALUES ($1, $2, $3, 'x', $3)`
    await database.pool.query(text, [id, `${role}@example.com`, role])
  }
})
afterEach(() => tested.app.close())

async function call(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object, role: TestRole = 'editor') {
  const url = `/api/v1${path}`
  const answer = await tested.app.inject({ method, url, headers: tested.as[role], ...(body && { payload: body }) })
  return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() }
}

test('a deleted board is listed in the trash, brought back, and deleted for good', async () => {
  const { body: made } = await call('POST', '/boards', { board: smallBoard([], { title: 'Sales' }) })
  await call('DELETE', '/boards/sales')
  const gone = await call('GET', '/boards/sales', undefined, 'viewer')
  expect([gone.status, gone.body.error.code]).toEqual([410, 'gone'])

  const { body: trash } = await call('GET', '/trash', undefined, 'admin')
  expect(trash).toEqual({
    keptDays: 30,
    boards: [
      {
        id: expect.any(String),
        slug: 'sales',
        title: 'Sales',
        description: '',
        folderId: null,
        visibility: 'team',
        ownerName: 'editor',
        deletedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        deletedBy: 'editor',
      },
    ],
  })
  const [{ id }] = trash.boards
  const restored = await call('POST', `/trash/${id}/restore`)
  expect([restored.status, restored.body]).toEqual([200, made])
  expect((await call('POST', `/trash/${id}/restore`)).status).toBe(404)

  await call('DELETE', '/boards/sales')
  expect((await call('DELETE', `/trash/${id}`)).status).toBe(204)
  expect((await call('GET', '/trash')).body.boards).toEqual([])
  expect((await call('GET', '/boards/sales')).status).toBe(404)
})
