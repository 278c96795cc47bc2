/**
 * `flock` on a file: the kernel grants it to one process, even when two ask at the same instant, and drops it when that
 * process dies in any way, so a stale lock can't exist. Node has no `flock`, therefore it is called in libc.
 */
import { type FileHandle, open } from 'node:fs/promises'
import ffi from 'ffi-rs'

const LOCK_EXCLUSIVE = 2
const LOCK_NON_BLOCKING = 4

/** The locked file, made if need be; closing it frees the lock. `undefined` when another process has the lock. */
export async function lockFile(path: string): Promise<FileHandle | undefined> {
  const file = await open(path, 'a+', 0o600)
  if (flock(file.fd)) return file
  await file.close()
  return undefined
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
