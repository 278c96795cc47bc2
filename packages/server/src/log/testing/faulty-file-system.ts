import {
  closeSync,
  fchmodSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { LogFile, LogFileSystem } from '../log-file-system.ts'

type Change = { readonly at: number; readonly bytes: Buffer } | { readonly truncatedTo: number }

/** A file as the page cache has it (on the real disk, where readers look) and as a power failure would leave it. */
interface TrackedFile {
  path: string
  onDisk: Buffer
  readonly unsynced: Change[]
  isNameSynced: boolean
  failedSyncs: number
}

/** An open file description. A failed sync is told once to each that was open by then. */
interface Descriptor {
  readonly file: TrackedFile
  readonly fd: number
  toldFailures: number
  isOpen: boolean
}

const SECTOR_BYTES = 512

/**
 * Real files with failures on demand, and a disk that forgets. A failed sync behaves like Linux: what was unsynced may
 * be lost although the page cache still shows it, and the next sync succeeds without it.
 */
export class FaultyFileSystem implements LogFileSystem {
  readonly calls: string[] = []
  /** An error to throw, or how many bytes to write of those given. */
  onWrite: ((bytes: Buffer) => Error | number | undefined) | undefined
  onOpen: (() => Error | undefined) | undefined
  onSync: (() => Error | undefined) | undefined
  onTruncate: (() => Error | undefined) | undefined
  /** Runs before a write gets to the page cache. */
  beforeWrite: ((bytes: Buffer) => Promise<void>) | undefined
  /** Runs while a sync is under way. */
  duringSync: (() => Promise<void>) | undefined
  freeDiskBytes = 1e12
  readonly #random: () => number
  readonly #files: Set<TrackedFile>
  readonly #descriptors = new Set<Descriptor>()
  #isDead = false

  /** `files` are those of a killed process: what it did not sync is still in the page cache. */
  constructor(random: () => number = () => 0.5, files = new Set<TrackedFile>()) {
    this.#random = random
    this.#files = files
  }

  count(call: string): number {
    return this.calls.filter((name) => name === call).length
  }

  async open(path: string, flags: 'r+' | 'w'): Promise<LogFile> {
    return this.#do('open', () => {
      const failure = this.onOpen?.()
      if (failure) throw failure
      const known = [...this.#files].find((file) => file.path === path)
      if (known && flags === 'w') this.#files.delete(known)
      const file = (flags === 'r+' && known) || this.#track(path, flags)
      const fd = openSync(path, flags, 0o600)
      const descriptor = { file, fd, toldFailures: file.failedSyncs, isOpen: true }
      this.#descriptors.add(descriptor)
      return this.#handle(descriptor)
    })
  }

  async rename(from: string, to: string): Promise<void> {
    return this.#do('rename', () => {
      renameSync(from, to)
      for (const file of this.#files) {
        if (file.path === to) this.#files.delete(file)
        if (file.path === from) file.path = to
      }
    })
  }

  async syncDirectory(): Promise<void> {
    return this.#do('syncDirectory', () => {
      for (const file of this.#files) file.isNameSynced = true
    })
  }

  async freeBytes(): Promise<number> {
    return this.#do('freeBytes', () => this.freeDiskBytes)
  }

  /** A power failure: nothing gets through any more, and of what was not synced any part may be on disk. */
  crash(): void {
    this.#isDead = true
    for (const descriptor of this.#descriptors) closeOnce(descriptor)
    for (const file of this.#files) {
      this.#loseSome(file)
      rmSync(file.path, { force: true })
      if (file.isNameSynced || this.#random() < 0.5) writeFileSync(file.path, file.onDisk, { mode: 0o600 })
    }
  }

  /** SIGKILL: nothing gets through any more, and the page cache keeps what was written. Returns what comes after. */
  kill(): FaultyFileSystem {
    this.#isDead = true
    for (const descriptor of this.#descriptors) closeOnce(descriptor)
    return new FaultyFileSystem(this.#random, this.#files)
  }

  #track(path: string, flags: 'r+' | 'w'): TrackedFile {
    const isThere = flags === 'r+'
    const onDisk = isThere ? readFileSync(path) : Buffer.alloc(0)
    const file = { path, onDisk, unsynced: [], isNameSynced: isThere, failedSyncs: 0 }
    this.#files.add(file)
    return file
  }

  #handle(descriptor: Descriptor): LogFile {
    const { file, fd } = descriptor
    return {
      write: async (buffers, offset) => {
        const bytes = Buffer.concat(buffers)
        await this.beforeWrite?.(bytes)
        return this.#do('write', () => this.#write(descriptor, bytes, offset))
      },
      sync: async () => {
        await this.duringSync?.()
        return this.#do('sync', () => this.#sync(descriptor))
      },
      truncate: (sizeBytes) =>
        this.#do('truncate', () => {
          const failure = this.onTruncate?.()
          if (failure) throw failure
          ftruncateSync(fd, sizeBytes)
          file.unsynced.push({ truncatedTo: sizeBytes })
        }),
      seal: () => this.#do('seal', () => fchmodSync(fd, 0o400)),
      close: () => this.#do('close', () => closeOnce(descriptor)),
    }
  }

  #write({ file, fd }: Descriptor, bytes: Buffer, at: number): number {
    const verdict = this.onWrite?.(bytes)
    if (verdict instanceof Error) throw verdict
    const taken = bytes.subarray(0, verdict ?? bytes.length)
    writeSync(fd, taken, 0, taken.length, at)
    file.unsynced.push({ at, bytes: Buffer.from(taken) })
    return taken.length
  }

  #sync(descriptor: Descriptor): void {
    const { file } = descriptor
    const failure = this.onSync?.()
    if (failure) {
      file.failedSyncs++
      this.#loseSome(file)
    } else {
      for (const change of file.unsynced.splice(0)) file.onDisk = applied(file.onDisk, change)
    }
    if (descriptor.toldFailures === file.failedSyncs) return
    descriptor.toldFailures = file.failedSyncs
    throw failure ?? systemError('EIO')
  }

  #loseSome(file: TrackedFile): void {
    for (const change of file.unsynced.splice(0)) {
      for (const part of sectors(change)) if (this.#random() < 0.7) file.onDisk = applied(file.onDisk, part)
    }
  }

  /** The effect is there at once, the answer some turns later; after a crash it never comes. */
  async #do<T>(call: string, effect: () => T): Promise<T> {
    if (this.#isDead) return new Promise(() => {})
    this.calls.push(call)
    try {
      return effect()
    } finally {
      for (let turns = 1 + 3 * this.#random(); turns >= 1; turns--) await nextTurn()
      if (this.#isDead) await new Promise(() => {})
    }
  }
}

function closeOnce(descriptor: Descriptor): void {
  if (descriptor.isOpen) closeSync(descriptor.fd)
  descriptor.isOpen = false
}

export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: injected`), { code })
}

function applied(disk: Buffer, change: Change): Buffer {
  if ('truncatedTo' in change) return Buffer.concat([disk], change.truncatedTo)
  const result = Buffer.concat([disk], Math.max(disk.length, change.at + change.bytes.length))
  change.bytes.copy(result, change.at)
  return result
}

function sectors(change: Change): Change[] {
  if ('truncatedTo' in change) return [change]
  const parts: Change[] = []
  let offset = 0
  while (offset < change.bytes.length) {
    const at = change.at + offset
    const byteCount = SECTOR_BYTES - (at % SECTOR_BYTES)
    parts.push({ at, bytes: change.bytes.subarray(offset, offset + byteCount) })
    offset += byteCount
  }
  return parts
}
