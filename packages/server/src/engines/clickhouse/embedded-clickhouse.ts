import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AppError } from '@almanac/core/errors.ts'
import type { DataDirectory } from '../files/data-directory.ts'
import { writeFileDurably } from '../files/durable-file.ts'
import { readOrCreateSecret } from '../files/secrets.ts'
import { freePort } from '../processes/free-port.ts'
import { lastingPort } from '../processes/lasting-port.ts'
import { stopStaleProcess } from '../processes/stale-process.ts'
import { type EngineStatus, type SupervisedEngine, superviseEngine } from '../processes/supervisor.ts'
import type { ClickHouseConnection } from '../start-engines.ts'
import { serverConfig, usersConfig, withheldFunctions } from './clickhouse-config.ts'

export interface EmbeddedClickHouse {
  readonly connection: ClickHouseConnection
  readonly reader: ClickHouseConnection
  readonly engine: SupervisedEngine
}

const LIBRARIES: Record<string, string> = {
  'linux-x64': '@chdb/lib-linux-x64-gnu',
  'linux-arm64': '@chdb/lib-linux-arm64-gnu',
  'darwin-x64': '@chdb/lib-darwin-x64',
  'darwin-arm64': '@chdb/lib-darwin-arm64',
}
const DATABASES = ['almanac', 'almanac_sql']

/** Starts ClickHouse in the data directory. Resolves when it answers and its two databases are there. */
export async function startEmbeddedClickHouse(
  directory: DataDirectory,
  onChange?: (status: EngineStatus) => void,
): Promise<EmbeddedClickHouse> {
  const library = findLibrary()
  // BI tools are set up with the port.
  const [httpPort, tcpPort] = [await lastingPort(join(directory.clickhouse, 'http-port')), await freePort()]
  const passwords = {
    applicationPassword: await readOrCreateSecret(directory.root, 'clickhouse-password'),
    readerPassword: await readOrCreateSecret(directory.root, 'clickhouse-reader-password'),
  }
  const url = `http://127.0.0.1:${httpPort}`
  const connection = { url, username: 'almanac', password: passwords.applicationPassword, database: 'almanac' }
  const reader = { url, username: 'almanac_reader', password: passwords.readerPassword, database: 'almanac_sql' }

  const configFile = await writeConfig(directory, passwords)
  const engine = await superviseEngine({
    name: 'ClickHouse',
    port: httpPort,
    logPath: join(directory.logs, 'clickhouse.log'),
    command: {
      file: process.execPath,
      args: [CHILD_SCRIPT, library, ...serverArguments({ directory, configFile, httpPort, tcpPort })],
      env: { PATH: process.env.PATH, TZ: 'UTC', NODE_NO_WARNINGS: '1' },
      cwd: directory.clickhouse,
    },
    readyTimeoutMs: 120_000, // Loading a great many parts after a crash takes its time.
    stopTimeoutMs: 5_000,
    orphanSignal: 'KILL', // Tables, databases and deduplication logs are intact after it.
    prepare: () => prepare(directory),
    probe: () => makeDatabases(connection),
    askToStop: async () => {
      await runStatement(connection, `KILL QUERY WHERE user = ''`)
    },
    onChange,
  })
  return { connection, reader, engine }
}

const CHILD_SCRIPT = fileURLToPath(new URL('./clickhouse-child.ts', import.meta.url))

function findLibrary(): string {
  const platform = `${process.platform}-${process.arch}`
  const name = LIBRARIES[platform]
  const hint = 'Set ALMANAC_CLICKHOUSE_URL to the address of a ClickHouse server.'
  if (name === undefined) throw new AppError('unsupported', `There is no embedded ClickHouse for ${platform}`, { hint })
  try {
    return createRequire(import.meta.url).resolve(`${name}/libchdb.so`)
  } catch (cause) {
    throw new AppError('unsupported', `The embedded ClickHouse, ${name}, is not installed`, {
      hint: `Install with optional dependencies, or: ${hint}`,
      cause,
    })
  }
}

async function writeConfig(
  directory: DataDirectory,
  passwords: { applicationPassword: string; readerPassword: string },
): Promise<string> {
  const configDir = join(directory.clickhouse, 'config')
  const functionsDir = join(dataPath(directory), 'user_defined')
  const usersFile = join(configDir, 'users.xml')
  const configFile = join(configDir, 'config.xml')
  for (const path of [configDir, functionsDir]) await mkdir(path, { recursive: true, mode: 0o700 })
  await writeFileDurably(usersFile, usersConfig(passwords))
  await writeFileDurably(configFile, serverConfig({ usersFile, backupsDir: join(directory.root, 'backups') }))
  for (const { fileName, sql } of withheldFunctions()) await writeFile(join(functionsDir, fileName), sql)
  await chmod(dataPath(directory), 0o700)
  return configFile
}

function dataPath(directory: DataDirectory): string {
  return join(directory.clickhouse, 'data')
}

interface ServerOptions {
  readonly directory: DataDirectory
  readonly configFile: string
  readonly httpPort: number
  readonly tcpPort: number
}

function serverArguments({ directory, configFile, httpPort, tcpPort }: ServerOptions): string[] {
  return [
    `--path=${dataPath(directory)}`,
    `--config-file=${configFile}`,
    '--listen_host=127.0.0.1',
    `--http_port=${httpPort}`,
    `--tcp_port=${tcpPort}`,
    '--query',
    `SYSTEM START LISTEN HTTP; SYSTEM START LISTEN TCP; ${ENDLESS_QUERY}`,
  ]
}

/** The program ends when its last query does. Ended with KILL QUERY, this one ends within a quarter of a second. */
const ENDLESS_QUERY = `SELECT sleepEachRow(0.25) FROM system.numbers SETTINGS
  function_sleep_max_microseconds_per_block = 0, max_block_size = 1, max_threads = 1 FORMAT Null`

async function prepare(directory: DataDirectory): Promise<void> {
  const path = dataPath(directory)
  await stopStaleProcess({
    pidFile: join(path, 'status'),
    parsePid: (text) => Number(/^PID: (\d+)/m.exec(text)?.[1]),
    commandPart: `--path=${path} `,
    signals: ['SIGKILL'],
    waitMs: 10_000,
  })
}

async function makeDatabases(connection: ClickHouseConnection): Promise<void> {
  for (const database of DATABASES) await runStatement(connection, `CREATE DATABASE IF NOT EXISTS ${database}`)
}

/** A plain request rather than the client: the database that the client would name may not be there yet. */
async function runStatement({ url, username, password }: ClickHouseConnection, sql: string): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    body: sql,
    // A connection that stays open would hold up the end of the server for seconds.
    headers: { Connection: 'close', 'X-ClickHouse-User': username, 'X-ClickHouse-Key': password },
    signal: AbortSignal.timeout(10_000),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(text.trim())
}
