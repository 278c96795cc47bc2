import { constants } from 'node:fs'
import { access, mkdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { AppError } from '@almanac/core/errors.ts'
import { type DirectoryLock, lockDirectory } from './directory-lock.ts'

/** Where everything lies that this server keeps. All paths are absolute. */
export interface DataDirectory {
  readonly root: string
  readonly clickhouse: string
  readonly postgres: string
  /** The durable event log. */
  readonly log: string
  /** What the engines and the server print. */
  readonly logs: string
  readonly secrets: string
  readonly run: string
}

export interface LockedDataDirectory extends DataDirectory {
  release(): Promise<void>
}

/**
 * Makes what is missing of the data directory and takes it for this process; it stays taken until `release` or the end
 * of the process.
 */
export async function openDataDirectory(path: string): Promise<LockedDataDirectory> {
  const directory = await makeDataDirectory(path)
  const lock: DirectoryLock = await lockDirectory(directory.root).catch(async (error) => {
    throw error instanceof AppError ? error : await directoryError(directory.root, error)
  })
  return { ...directory, release: lock.release }
}

function layout(path: string): DataDirectory {
  const root = resolve(path)
  return {
    root,
    clickhouse: join(root, 'engines', 'clickhouse'),
    postgres: join(root, 'engines', 'postgres'),
    log: join(root, 'log'),
    logs: join(root, 'logs'),
    secrets: join(root, 'secrets'),
    run: join(root, 'run'),
  }
}

async function makeDataDirectory(path: string): Promise<DataDirectory> {
  const directory = layout(path)
  // Run by root, PostgreSQL gets a user of its own, who must be able to pass through to his folder (but not to look).
  const passage = process.getuid?.() === 0 ? 0o711 : 0o700
  try {
    await mkdir(directory.root, { recursive: true, mode: passage })
    await mkdir(join(directory.root, 'engines'), { recursive: true, mode: passage })
    const { clickhouse, postgres, log, logs, secrets, run } = directory
    for (const path of [clickhouse, postgres, log, logs, secrets, run])
      await mkdir(path, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw await directoryError(directory.root, error)
  }
  return directory
}

async function directoryError(root: string, cause: unknown): Promise<AppError> {
  const isFile = await stat(root).then(
    (stats) => !stats.isDirectory(),
    () => false,
  )
  const reason = isFile ? 'it is a file' : ((await writeProblem(root)) ?? (cause as Error).message)
  return new AppError('invalid_config', `The data directory ${root} can't be used: ${reason}`, {
    hint: 'Choose a folder that this user may write to with --data-dir or ALMANAC_DATA_DIR.',
    cause,
  })
}

/** Asked of the folder itself: making folders in one that is read-only is reported as if something were missing. */
async function writeProblem(path: string): Promise<string | undefined> {
  return access(path, constants.W_OK).then(
    () => undefined,
    (error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' && dirname(path) !== path ? writeProblem(dirname(path)) : error.message,
  )
}
