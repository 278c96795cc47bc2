/** One server per data directory. The process id that the lock's file holds is only there to be read in an error. */
import { type FileHandle, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '@almanac/core/errors.ts'
import { lockFile } from './file-lock.ts'
import { readRunningServer } from './running-server.ts'

export interface DirectoryLock {
  release(): Promise<void>
}

/** Takes the data directory for this process, or throws `data_directory_locked` and says who has it. */
export async function lockDirectory(dataDir: string): Promise<DirectoryLock> {
  const path = join(dataDir, 'run', 'lock')
  const file = await lockFile(path)
  if (file === undefined) throw await lockedError(dataDir, path)
  await file.truncate(0)
  await file.write(`${process.pid}\n`)
  return { release: () => closeOnce(file) }
}

async function closeOnce(file: FileHandle): Promise<void> {
  if (file.fd >= 0) await file.close()
}

async function lockedError(dataDir: string, lockPath: string): Promise<AppError> {
  const pid = (await readFile(lockPath, 'utf8')).trim()
  const running = await readRunningServer(dataDir)
  const owner = pid === '' ? 'an Almanac server that is just starting' : `the Almanac server with process id ${pid}`
  const port = running !== undefined && String(running.pid) === pid ? ` on port ${new URL(running.url).port}` : ''
  return new AppError('data_directory_locked', `${dataDir} is already used by ${owner}${port}`, {
    hint: 'Stop that server first, or start this one with another --data-dir.',
  })
}
