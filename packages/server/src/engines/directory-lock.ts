/**
 * One server per data directory. The lock is `flock` on `run/lock`: the kernel grants it to one process, even when two
 * ask at the same instant, and drops it when that process dies in any way, so a stale lock can't exist. Node has no
 * `flock`, therefore it is called in libc. What the file holds, the process id, is only there to be read in an error.
 */
import { type FileHandle, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '@almanac/core/errors.ts'
import ffi from 'ffi-rs'
import { readRunningServer } from './running-server.ts'

const LOCK_EXCLUSIVE = 2
const LOCK_NON_BLOCKING = 4

export interface DirectoryLock {
  release(): Promise<void>
}

/** Takes the data directory for this process, or throws `data_directory_locked` and says who has it. */
export async function lockDirectory(dataDir: string): Promise<DirectoryLock> {
  const path = join(dataDir, 'run', 'lock')
  const file = await open(path, 'a+', 0o600)
  if (!flock(file.fd)) {
    await file.close()
    throw await lockedError(dataDir, path)
  }
  await file.truncate(0)
  await file.write(`${process.pid}\n`)
  return { release: () => closeOnce(file) }
}

function flock(fd: number): boolean {
  ffi.open({ library: 'libc', path: '' }) // The empty path is the process itself, which has libc loaded.
  const result = ffi.load({
    library: 'libc',
    funcName: 'flock',
    retType: ffi.DataType.I32,
    paramsType: [ffi.DataType.I32, ffi.DataType.I32],
    paramsValue: [fd, LOCK_EXCLUSIVE | LOCK_NON_BLOCKING],
  })
  return result === 0
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
