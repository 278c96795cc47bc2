import { expect, test } from 'vitest'
import { buildTestApp } from '../../test-app.ts'

test('the answer has the files, what they define, and every error with its place', async () => {
  const error = { file: 'cubes/b.ts', line: 3, column: 7, path: ['measures', 0], message: 'boom' }
  const { app, as } = await buildTestApp({
    workspaceStatus: () => ({
      folder: '/w',
      state: 'failed',
      loadedAt: '2026-01-15T12:00:00Z',
      cubes: ['sales'],
      endpoints: ['/sales'],
      boards: ['sales'],
      segments: ['mobile'],
      files: [
        { file: 'cubes/a.ts', defines: [{ kind: 'cube', name: 'sales' }], errors: [] },
        { file: 'cubes/b.ts', defines: [], errors: [error] },
      ],
      errors: [error, { message: 'the folder is gone' }],
    }),
  })
  const answer = await app.inject({ url: '/api/v1/workspace', headers: as.editor })
  await app.close()

  expect(answer.json()).toEqual({
    folder: '/w',
    state: 'failed',
    loadedAt: '2026-01-15T12:00:00Z',
    cubes: ['sales'],
    endpoints: ['/sales'],
    boards: ['sales'],
    segments: ['mobile'],
    files: [
      { file: 'cubes/a.ts', defines: [{ kind: 'cube', name: 'sales' }], errors: [] },
      { file: 'cubes/b.ts', defines: [], errors: [error] },
    ],
    errors: [error, { message: 'the folder is gone' }],
  })
})

test('without a workspace there is nothing, and no error', async () => {
  const { app, as } = await buildTestApp()
  const answer = await app.inject({ url: '/api/v1/workspace', headers: as.local })
  await app.close()

  expect(answer.json()).toEqual({
    folder: null,
    state: 'none',
    loadedAt: null,
    cubes: [],
    endpoints: [],
    boards: [],
    segments: [],
    files: [],
    errors: [],
  })
})
