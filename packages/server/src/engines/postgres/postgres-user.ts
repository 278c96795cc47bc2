/**
 * PostgreSQL refuses to run as root. Then it runs as `nobody`, who owns its data directory. Where `nobody` can't pass
 * through a folder above (a home of mode 0700), `setpriv` of util-linux gives him the one capability to do so.
 */
import { execFile } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { AppError } from '@almanac/core/errors.ts'

/** How to start a program so that it runs as the right user. */
export interface PostgresUser {
  /** Who must own the data directory; `undefined` for the user of this process. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined
  /** To be passed to `spawn`. */
  readonly identity: { readonly uid?: number; readonly gid?: number }
  /** A command to put in front of the program's own. */
  readonly prefix: readonly string[]
}

const STAY_OURSELVES: PostgresUser = { owner: undefined, identity: {}, prefix: [] }

/** `dataDir` and `program` are what the user must be able to reach. */
export async function choosePostgresUser(dataDir: string, program: string): Promise<PostgresUser> {
  if (process.getuid?.() !== 0) return STAY_OURSELVES
  const owner = (await ownerUnlessRoot(dataDir)) ?? (await findNobody())
  const blocked = (await firstClosedFolder(dataDir, owner)) ?? (await firstClosedFolder(program, owner))
  if (blocked === undefined) return { owner, identity: owner, prefix: [] }

  const prefix = setprivCommand(owner)
  if (await canRun([...prefix, program, '--version'])) return { owner, identity: {}, prefix }
  throw new AppError('unsupported', `PostgreSQL can't run as root, and its user "nobody" can't enter ${blocked}`, {
    hint: `Run "chmod o+x ${blocked}", or start Almanac as an ordinary user, or set ALMANAC_POSTGRES_URL.`,
  })
}

/** A data directory that was made by an ordinary user is run as that user. */
async function ownerUnlessRoot(dataDir: string): Promise<PostgresUser['owner']> {
  const stats = await stat(dataDir).catch(() => undefined)
  return stats === undefined || stats.uid === 0 ? undefined : { uid: stats.uid, gid: stats.gid }
}

async function findNobody(): Promise<{ uid: number; gid: number }> {
  const users = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const [, , uid, gid] = /^nobody:.*$/m.exec(users)?.[0].split(':') ?? []
  if (uid === undefined || gid === undefined) {
    throw new AppError('unsupported', `PostgreSQL can't run as root, and there is no user "nobody"`, {
      hint: 'Start Almanac as an ordinary user, or set ALMANAC_POSTGRES_URL.',
    })
  }
  return { uid: Number(uid), gid: Number(gid) }
}

/** The first folder above `path` that the user can't pass through. */
async function firstClosedFolder(
  path: string,
  { uid, gid }: { uid: number; gid: number },
): Promise<string | undefined> {
  const above = dirname(path)
  if (above === path) return undefined
  const closed = await firstClosedFolder(above, { uid, gid })
  if (closed !== undefined) return closed
  const stats = await stat(above)
  const bit = stats.uid === uid ? 0o100 : stats.gid === gid ? 0o010 : 0o001
  return (stats.mode & bit) === 0 ? above : undefined
}

function setprivCommand({ uid, gid }: { uid: number; gid: number }): string[] {
  const capability = '+dac_read_search'
  const user = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups']
  return ['setpriv', ...user, `--inh-caps=${capability}`, `--ambient-caps=${capability}`, '--']
}

async function canRun([file = '', ...args]: readonly string[]): Promise<boolean> {
  return promisify(execFile)(file, args).then(
    () => true,
    () => false,
  )
}
