import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs'

const TAIL_BYTES = 4096

export interface RotatingLog {
  write(chunk: Buffer): void
  /** The end of what was written since this process opened the log, for error messages. */
  tail(): string
  close(): void
}

/**
 * A log file that is renamed to `.1`, `.2` … when it is full. Engines print little, so writing is synchronous; a write
 * that fails (a full disk) is dropped, for the log must never stop what it describes.
 */
export function openRotatingLog(path: string, { maxBytes = 10 * 1024 * 1024, keep = 3 } = {}): RotatingLog {
  let fd = openSync(path, 'a', 0o600)
  let sizeBytes = fstatSync(fd).size
  let tail = Buffer.alloc(0)

  function rotate(): void {
    closeSync(fd)
    for (let n = keep - 1; n >= 1; n--) renameIfThere(n === 1 ? path : `${path}.${n - 1}`, `${path}.${n}`)
    fd = openSync(path, 'a', 0o600)
    sizeBytes = fstatSync(fd).size
  }

  return {
    write(chunk) {
      tail = Buffer.concat([tail, chunk]).subarray(-TAIL_BYTES)
      if (fd < 0) return
      try {
        if (sizeBytes > 0 && sizeBytes + chunk.length > maxBytes) rotate()
        writeSync(fd, chunk)
        sizeBytes += chunk.length
      } catch {
        // Dropped, as promised above.
      }
    },
    tail: () => tail.toString('utf8').trim(),
    close() {
      if (fd >= 0) closeSync(fd)
      fd = -1
    },
  }
}

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
