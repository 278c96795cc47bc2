import { execFile } from 'node:child_process'
import { chown, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { AppError } from '@almanac/core/errors.ts'
import pg from 'pg'
import type { DataDirectory } from '../files/data-directory.ts'
import { readOrCreateSecret } from '../files/secrets.ts'
import { freePort } from '../processes/free-port.ts'
import { stopStaleProcess } from '../processes/stale-process.ts'
import { type EngineStatus, type SupervisedEngine, superviseEngine } from '../processes/supervisor.ts'
import { findPostgres, type PostgresBinaries } from './postgres-binaries.ts'
import { choosePostgresUser, type PostgresUser } from './postgres-user.ts'

export interface EmbeddedPostgres {
  readonly url: string
  readonly engine: SupervisedEngine
}

const USER = 'almanac'
const DATABASE = 'almanac'
const UNKNOWN_DATABASE = '3D000'

/** Starts PostgreSQL in the data directory, which it makes first if need be. Resolves when its database answers. */
export async function startEmbeddedPostgres(
  directory: DataDirectory,
  onChange?: (status: EngineStatus) => void,
): Promise<EmbeddedPostgres> {
  const binaries = await findPostgres()
  const dataPath = join(directory.postgres, 'data')
  const user = await choosePostgresUser(dataPath, binaries.postgres)
  const password = await readOrCreateSecret(directory.root, 'postgres-password')
  if (user.owner !== undefined) await chown(directory.postgres, user.owner.uid, user.owner.gid)
  if (!(await isThere(join(dataPath, 'PG_VERSION')))) await makeCluster(directory.postgres, password, binaries, user)

  const port = await freePort()
  const urlOf = (database: string) => `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`
  const [file = '', ...args] = [...user.prefix, binaries.postgres, ...serverArguments(dataPath, port)]
  const engine = await superviseEngine({
    name: 'PostgreSQL',
    port,
    logPath: join(directory.logs, 'postgres.log'),
    command: { file, args, env: ENVIRONMENT, cwd: directory.postgres, ...user.identity },
    readyTimeoutMs: 120_000, // Recovery after a crash reads the write-ahead log again.
    stopTimeoutMs: 10_000,
    orphanSignal: 'INT',
    prepare: () => prepare(dataPath),
    probe: () => probe(urlOf),
    askToStop: async (child) => {
      child.kill('SIGINT') // "Fast": sessions are ended, what is committed is written out.
    },
    onChange,
  })
  return { url: urlOf(DATABASE), engine }
}

const ENVIRONMENT = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }

/** Made under another name and renamed, so that a cluster is complete or not there. */
async function makeCluster(
  parent: string,
  password: string,
  { initdb }: PostgresBinaries,
  user: PostgresUser,
): Promise<void> {
  const unfinished = join(parent, 'unfinished')
  const passwordFile = join(parent, 'initial-password')
  await rm(unfinished, { recursive: true, force: true })
  await rm(passwordFile, { force: true })
  await mkdir(unfinished, { mode: 0o700 })
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (user.owner !== undefined) {
    for (const path of [unfinished, passwordFile]) await chown(path, user.owner.uid, user.owner.gid)
  }
  const args = [
    `--pgdata=${unfinished}`,
    `--username=${USER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--locale=C.UTF-8',
    '--no-instructions',
  ]
  await runOnce([...user.prefix, initdb, ...args], parent, user)
  await rm(passwordFile)
  await rename(unfinished, join(parent, 'data'))
}

async function runOnce([file = '', ...args]: string[], cwd: string, { identity }: PostgresUser): Promise<void> {
  try {
    await promisify(execFile)(file, args, { cwd, env: ENVIRONMENT, ...identity })
  } catch (cause) {
    const { stderr = '', message } = cause as Error & { stderr?: string }
    throw new AppError(
      'engine_unavailable',
      `The PostgreSQL data directory can't be made: ${stderr.trim() || message}`,
      {
        hint: `Look at the free space and the owner of ${cwd}.`,
        cause,
      },
    )
  }
}

function serverArguments(dataPath: string, port: number): string[] {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 60,
    shared_buffers: '32MB',
    huge_pages: 'off',
    work_mem: '8MB',
    maintenance_work_mem: '32MB',
    autovacuum_max_workers: 1,
    max_parallel_workers: 2,
    // The worker processes for reading would only cost memory: this database is small and in the cache.
    io_method: 'sync',
    jit: 'off',
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_logical_replication_workers: 0,
    wal_buffers: '1MB',
    max_wal_size: '256MB',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'warning',
    log_line_prefix: '%m [%p] ',
    log_checkpoints: 'off',
    lc_messages: 'C',
  }
  return ['-D', dataPath, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

async function prepare(dataPath: string): Promise<void> {
  await stopStaleProcess({
    pidFile: join(dataPath, 'postmaster.pid'),
    parsePid: (text) => Number(text.split('\n', 1)[0]),
    commandPart: `-D ${dataPath} `,
    signals: ['SIGINT', 'SIGQUIT', 'SIGKILL'], // Fast, immediate, and at last by force.
    waitMs: 5_000,
  })
}

async function probe(urlOf: (database: string) => string): Promise<void> {
  try {
    await runStatement(urlOf(DATABASE), 'SELECT 1')
  } catch (error) {
    if ((error as { code?: string }).code !== UNKNOWN_DATABASE) throw error
    await runStatement(urlOf('postgres'), `CREATE DATABASE ${DATABASE}`)
  }
}

async function runStatement(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000, query_timeout: 30_000 })
  client.on('error', () => {}) // A connection that breaks between two statements must not end the process.
  try {
    await client.connect()
    await client.query(sql)
  } finally {
    await client.end().catch(() => {})
  }
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
