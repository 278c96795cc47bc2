import { AppError } from '@almanac/core/errors.ts'
import type { Pool, PoolClient } from 'pg'
import { inTransaction } from '../../postgres/in-transaction.ts'
import { deleteFolder, type Folder, insertFolder, listFolders, requireFolder, updateFolder } from './folder-store.ts'

export interface Folders {
  /** By name. */
  list(): Promise<Folder[]>
  make(folder: Omit<Folder, 'id'>): Promise<Folder>
  change(id: string, change: FolderChange): Promise<Folder>
  /** What is in it moves up. */
  remove(id: string): Promise<void>
}

interface FolderChange {
  readonly name?: string | undefined
  readonly parentId?: string | null | undefined
}

/** Deeper, nobody finds anything. */
const DEEPEST = 8

export function createFolders({ pool }: { readonly pool: Pool }): Folders {
  return {
    list: () => listFolders(pool),
    make: ({ name, parentId }) =>
      oneAfterTheOther(pool, async (db) => {
        refuseDeep([name, ...(await pathTo(db, parentId)).map((folder) => folder.name)])
        return insertFolder(db, { name, parentId })
      }),
    change: (id, change) =>
      oneAfterTheOther(pool, async (db) => {
        const before = await requireFolder(db, id)
        const { name = before.name, parentId = before.parentId } = change
        const above = await pathTo(db, parentId)
        if (above.some((folder) => folder.id === id)) throw inItself(before)
        refuseDeep([...(await below(db, id)), name, ...above.map((folder) => folder.name)])
        return updateFolder(db, { id, name, parentId })
      }),
    remove: (id) => oneAfterTheOther(pool, async (db) => deleteFolder(db, await requireFolder(db, id))),
  }
}

/** Two at once could put each folder into the other. */
function oneAfterTheOther<T>(pool: Pool, run: (db: PoolClient) => Promise<T>): Promise<T> {
  return inTransaction(pool, async (db) => {
    await db.query('LOCK TABLE board_folders IN SHARE ROW EXCLUSIVE MODE')
    return run(db)
  })
}

/** The folder and those that it lies in, from the inside out. */
async function pathTo(db: PoolClient, id: string | null): Promise<Folder[]> {
  const path: Folder[] = []
  for (let next = id; next !== null; ) {
    const folder = await requireFolder(db, next)
    path.push(folder)
    next = folder.parentId
  }
  return path
}

/** One name for each level of folders inside of this one. */
async function below(db: PoolClient, id: string): Promise<string[]> {
  const folders = await listFolders(db)
  const levels: string[] = []
  for (let ids = [id]; ; ) {
    const inside = folders.filter(({ parentId }) => parentId !== null && ids.includes(parentId))
    if (inside[0] === undefined) return levels
    levels.push(inside[0].name)
    ids = inside.map((folder) => folder.id)
  }
}

function refuseDeep(levels: readonly string[]): void {
  if (levels.length <= DEEPEST) return
  throw new AppError('invalid_request', `Expected folders at most ${DEEPEST} deep, got ${levels.length}`)
}

function inItself({ name }: Folder): AppError {
  return new AppError('invalid_request', `The folder ${name} cannot lie in itself`)
}
