import { hash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { lockFile } from '../../engines/files/file-lock.ts'

/** Says that this process is the one that goes on with an import. Disposing of it lets others. */
export interface Claim extends AsyncDisposable {}

/**
 * `undefined` when another process is at work on that import right now: to go on with it from its last position would be
 * to do its work a second time, and to count it. When that process dies, its claim is gone.
 *
 * The files in the data directory are few, and stay. Two imports may share one; the second then begins its file anew
 * instead of going on, which is right as well and only takes longer.
 */
export async function claimImport(dataDir: string, name: string): Promise<Claim | undefined> {
  const folder = join(dataDir, 'run', 'imports')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = await lockFile(join(folder, hash('sha256', name).slice(0, 2)))
  return file && { [Symbol.asyncDispose]: () => file.close() }
}
