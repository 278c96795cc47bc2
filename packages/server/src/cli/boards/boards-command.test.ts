import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Board } from '@almanac/core/boards/board.ts'
import { boardCode } from '@almanac/core/boards/board-code.ts'
import { smallBoard, smallWidget } from '@almanac/core/boards/testing/small-board.ts'
import { AppError } from '@almanac/core/errors.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { slugOf } from '../../boards/addresses/slug.ts'
import type { FoundBoard } from '../../boards/board-entry.ts'
import { noBoards } from '../../boards/testing/no-boards.ts'
import { buildTestApp, LOCAL_TOKEN, type TestApp } from '../../http/test-app.ts'
import type { ShareLink } from '../../sharing/share-link.ts'
import type { ShareLinks } from '../../sharing/share-links.ts'
import { captured } from '../testing/captured.ts'
import { boardsCommand } from './boards-command.ts'

let tested: TestApp
let folder: string
let stored: Map<string, FoundBoard>
let links: ShareLink[]
beforeEach(async () => {
  stored = new Map([['sales', found('sales', smallBoard([smallWidget('w')], { title: 'Sales' }))]])
  folder = await mkdtemp(join(tmpdir(), 'almanac-boards-'))
  const { boards, boardTrash } = noBoards()
  links = []
  tested = await buildTestApp({
    boards: { ...boards, ...storedBoards() },
    boardTrash: { ...boardTrash, ...trashedBoards() },
    shareLinks: sharedLinks(),
  })
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

const IDS = ['0b7a3d5e-1a5e-4a54-9f37-6f7d5e1c2b3a', '1c8b4e6f-2b6f-4b65-8a48-7a8e6f2d3c4b'] as const
const TRASHED = { description: '', folderId: null, visibility: 'team', ownerName: 'Ada', deletedBy: null } as const

/** Two boards that had the same address, the one that was deleted last first. */
function trashedBoards() {
  const board = smallBoard([], { title: 'Old' })
  return {
    list: async () => IDS.map((id, i) => ({ ...TRASHED, id, slug: 'old', title: `Old ${i}`, deletedAt: new Date(0) })),
    restore: async (id: string) => found('old', { ...board, title: `Old ${IDS.indexOf(id as (typeof IDS)[0])}` }),
  }
}

function sharedLinks(): ShareLinks {
  return {
    list: async () => links,
    make: async (_slug, { password, expiresAt = null, ...rest }) => {
      const id = IDS[links.length] ?? ''
      const times = { createdAt: new Date(0), expiresAt, lastUsedAt: null }
      const link = { ...rest, id, hasPassword: password === 'open sesame', createdBy: 'local', ...times }
      links.push(link)
      return { link, token: 'secret-token' }
    },
    remove: async (_slug, id) => {
      links = links.filter((link) => link.id !== id)
    },
  }
}

/** Runs the command against the real routes. */
async function run(...args: string[]) {
  return runWith('', args)
}

async function runWith(input: string, args: string[]) {
  const url = tested.app.server.listening
    ? `http://127.0.0.1:${(tested.app.server.address() as { port: number }).port}`
    : await tested.app.listen({ port: 0, host: '127.0.0.1' })
  const { printed, deps } = captured(url, { token: LOCAL_TOKEN, input })
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
  expect((await run('delete', 'sales')).stderr).toBe(
    'The board sales is in the trash. To bring it back: almanac boards restore sales\n',
  )
  expect(stored.size).toBe(0)
  await expect(run('delete', 'sales')).rejects.toThrow('There is no board sales')
  await expect(run('export', 'sales', '--out', join(folder, 'x.ts'))).rejects.toThrow('There is no board sales')
  expect(await readdir(folder)).toEqual([])
})

test('the trash is listed, and a board comes back by its address or its id', async () => {
  const { stdout, stderr } = await run('trash')
  expect(stdout).toMatch(/old +Old 0 +Ada +1970-01-01T00:00:00\.000Z +0b7a3d5e/)
  expect(stderr).toBe('Each is deleted for good 30 days after it was deleted.\n')
  expect(await run('restore', 'old')).toEqual({ stdout: 'old\n', stderr: 'The board "Old 0" is back.\n' })
  expect((await run('restore', IDS[1])).stderr).toBe('The board "Old 1" is back.\n')
  await expect(run('restore', 'gone')).rejects.toThrow('There is no board gone in the trash')
})

test('a link is made with what was chosen; its address goes to standard output', async () => {
  const chosen = ['--label', 'Investors', '--allow', 'range, compare', '--timezone', 'Asia/Tokyo']
  const { stdout, stderr } = await run('share', 'sales', ...chosen, '--expires-at', '2999-01-01T00:00:00Z')
  expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/public\/secret-token\n$/)
  expect(stderr).toBe(`It is not shown again. To end it: almanac boards unshare sales ${IDS[0]}\n`)
  await runWith('open sesame\n', ['share', 'sales', '--password-stdin'])

  expect(links).toMatchObject([
    {
      label: 'Investors',
      allowed: ['range', 'compare'],
      timezone: 'Asia/Tokyo',
      hasPassword: false,
      expiresAt: new Date('2999-01-01'),
    },
    { label: '', allowed: [], hasPassword: true, expiresAt: null },
  ])
  const rows = (await run('links', 'sales')).stdout.split('\n')
  expect(rows[1]).toMatch(/Investors +no +range,compare +local +2999-01-01T00:00:00\.000Z +never$/)
  expect(rows[2]).toMatch(/yes +local +never +never$/)
})

test('links are ended by their ids, or all of them, and never by accident', async () => {
  for (let n = 0; n < 2; n++) await run('share', 'sales')
  for (const args of [[], [IDS[0], '--all']]) {
    await expect(run('unshare', 'sales', ...args)).rejects.toThrow('Expected either ids of links or --all')
  }
  expect(links).toHaveLength(2)
  expect((await run('unshare', 'sales', IDS[1])).stderr).toBe('1 link of the board sales ended.\n')
  expect(links.map(({ id }) => id)).toEqual([IDS[0]])
  await run('unshare', 'sales', '--all')
  expect(links).toEqual([])
})
