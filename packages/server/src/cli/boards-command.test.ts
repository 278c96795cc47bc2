import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Board } from '@almanac/core/boards/board.ts'
import { boardCode } from '@almanac/core/boards/board-code.ts'
import { smallBoard, smallWidget } from '@almanac/core/boards/testing/small-board.ts'
import { AppError } from '@almanac/core/errors.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FoundBoard } from '../boards/board-entry.ts'
import { slugOf } from '../boards/slug.ts'
import { noBoards } from '../boards/testing/no-boards.ts'
import { buildTestApp, LOCAL_TOKEN, type TestApp } from '../http/test-app.ts'
import { boardsCommand } from './boards-command.ts'
import { captured } from './testing/captured.ts'

let tested: TestApp
let folder: string
let stored: Map<string, FoundBoard>
beforeEach(async () => {
  stored = new Map([['sales', found('sales', smallBoard([smallWidget('w')], { title: 'Sales' }))]])
  folder = await mkdtemp(join(tmpdir(), 'almanac-boards-'))
  tested = await buildTestApp({ boards: { ...noBoards().boards, ...storedBoards() } })
})
afterEach(async () => {
  await tested.app.close()
  await rm(folder, { recursive: true })
})

function found(slug: string, board: Board): FoundBoard {
  const shown = { title: board.title, description: '', visibility: 'team', origin: 'made', ownerName: 'Ada' } as const
  const state = { folderId: null, updatedAt: new Date(0), isFavourite: false, mayEdit: true }
  return { slug, ...shown, ...state, version: 1, board }
}

function storedBoards() {
  const find = async (slug: string) => {
    const one = stored.get(slug)
    if (!one) throw new AppError('not_found', `There is no board ${slug}`)
    return one
  }
  return {
    find,
    list: async () => [...stored.values()],
    make: async ({ board, slug = slugOf(board.title) }: { board: Board; slug?: string | undefined }) => {
      stored.set(slug, found(slug, board))
      return find(slug)
    },
    remove: async (slug: string) => {
      await find(slug)
      stored.delete(slug)
    },
  }
}

/** Runs the command against the real routes. */
async function run(...args: string[]) {
  const url = tested.app.server.listening
    ? `http://127.0.0.1:${(tested.app.server.address() as { port: number }).port}`
    : await tested.app.listen({ port: 0, host: '127.0.0.1' })
  const { printed, deps } = captured(url, { token: LOCAL_TOKEN })
  await boardsCommand(deps).parseAsync(args, { from: 'user' })
  return printed
}

test('the list has the address of each board, and where it comes from', async () => {
  expect((await run('list')).stdout).toMatch(/sales +Sales +here +team +Ada +1970-01-01T00:00:00\.000Z/)
})

test('a board goes to standard output, or into a file that is there once it is whole', async () => {
  const code = boardCode(stored.get('sales')?.board as Board)
  expect((await run('export', 'sales')).stdout).toBe(code)

  const file = join(folder, 'sales.ts')
  const { stdout, stderr } = await run('export', 'sales', '--out', file)
  expect([stdout, stderr]).toEqual(['', `The board sales is in ${file}.\n`])
  expect(await readFile(file, 'utf8')).toBe(code)
})

test('what was exported is imported to the same board', async () => {
  const file = join(folder, 'sales.ts')
  await run('export', 'sales', '--out', file)
  expect(await run('import', file, '--slug', 'again')).toEqual({
    stdout: 'again\n',
    stderr: 'The board "Sales" is made.\n',
  })
  expect(stored.get('again')?.board).toEqual(stored.get('sales')?.board)
})

test('a file that is no board is refused with the place, and nothing is made', async () => {
  const file = join(folder, 'sales.ts')
  await writeFile(file, 'export default defineBoard(\n  secret)')
  await expect(run('import', file)).rejects.toMatchObject({
    code: 'invalid_request',
    issues: [{ message: expect.stringMatching(/^line 2, column 3: .*"secret", which would have to be computed$/) }],
  })
  await expect(run('import', join(folder, 'gone.ts'))).rejects.toThrow('gone.ts cannot be read: ENOENT')
  expect(stored.size).toBe(1)
})

test('a board is deleted; one that is not there is an error, and leaves no file', async () => {
  expect((await run('delete', 'sales')).stderr).toBe('The board sales is deleted.\n')
  expect(stored.size).toBe(0)
  await expect(run('delete', 'sales')).rejects.toThrow('There is no board sales')
  await expect(run('export', 'sales', '--out', join(folder, 'x.ts'))).rejects.toThrow('There is no board sales')
  expect(await readdir(folder)).toEqual([])
})
