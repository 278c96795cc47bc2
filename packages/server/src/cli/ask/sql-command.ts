import { randomUUID } from 'node:crypto'
import { text as readText } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '@almanac/core/errors.ts'
import { Command, InvalidArgumentError, Option } from 'commander'
import type { SqlAnswer } from '../../http/ask/sql-routes.ts'
import { askServer, callServer, type ServerAddress } from '../api-client.ts'
import type { CommandDeps } from '../command-deps.ts'
import { writeWhole } from '../write-whole.ts'
import { counted, formatTable } from './format-rows.ts'
import { wholeNumber } from './query-flags.ts'
import { progressText, type SqlProgress } from './sql-progress.ts'

export interface SqlDeps extends CommandDeps {
  readonly stdin: AsyncIterable<Buffer>
  /** Hears of Ctrl-C, until what it returns is called. */
  readonly onStop: (stop: () => void) => () => void
}

const SQL_FORMATS = ['table', 'json', 'csv', 'ndjson', 'parquet', 'xlsx'] as const
/** What cannot go to a terminal. */
const BINARY: Partial<Record<SqlFlags['format'], string>> = { parquet: 'Parquet', xlsx: 'Excel' }

interface SqlFlags {
  readonly format: (typeof SQL_FORMATS)[number]
  readonly limit: number
  readonly param?: Readonly<Record<string, unknown>>
  readonly output?: string
  readonly progress?: true
  readonly dataDir: string
}

export function sqlCommand(deps: SqlDeps): Command {
  return new Command('sql')
    .description('Run a read-only SQL statement of ClickHouse')
    .argument('<statement>', 'one SELECT; - reads it from standard input')
    .option(
      '--param <name=value>',
      'the value of {name:Type} in the statement; name:=json for a list; may be repeated',
      param,
    )
    .addOption(new Option('--format <format>').choices(SQL_FORMATS).default('table'))
    .option('--output <file>', 'write the answer there')
    .option('--limit <number>', 'at most so many rows', wholeNumber, 10_000)
    .option('--progress', 'say how far it is')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', HELP)
    .action(async (statement: string, flags: SqlFlags) => {
      const binary = BINARY[flags.format]
      if (binary !== undefined && flags.output === undefined) {
        throw new AppError('invalid_request', `${binary} is no text: name a file with --output`)
      }
      const sql = statement === '-' ? await readText(deps.stdin) : statement
      await deps.withServer(flags.dataDir, (server) => runStatement(server, sql, flags, deps))
    })
}

async function runStatement(server: ServerAddress, sql: string, flags: SqlFlags, deps: SqlDeps): Promise<void> {
  const { format, limit, param: parameters = {} } = flags
  const id = randomUUID()
  const path = `/api/v1/sql/${id}`
  const forget = deps.onStop(() => callServer(server, 'DELETE', path).catch(() => undefined))
  const isFile = format !== 'table' && format !== 'json'
  try {
    const body = { sql, parameters, limit, id, format: isFile ? format : 'json' }
    const answering = askServer(server, 'POST', '/api/v1/sql', body)
    if (flags.progress) await watch(server, path, answering, deps)
    await deliver(await answering, flags, deps)
  } finally {
    forget()
  }
}

const LOOK_EVERY_MS = 250

/** One line that is written over and over, and is gone at the end. */
async function watch(
  server: ServerAddress,
  path: string,
  answering: Promise<unknown>,
  { stderr }: SqlDeps,
): Promise<void> {
  let isDone = false
  const done = answering.then(
    () => (isDone = true),
    () => (isDone = true),
  )
  while (!isDone) {
    await Promise.race([done, sleep(LOOK_EVERY_MS)])
    if (isDone) break
    const text = await callServer(server, 'GET', path).catch(() => undefined)
    if (text !== undefined && !isDone) stderr(`\r\x1b[K${progressText(JSON.parse(text) as SqlProgress)}`)
  }
  stderr('\r\x1b[K')
}

async function deliver(answer: Response, flags: SqlFlags, deps: SqlDeps): Promise<void> {
  const { format, output } = flags
  const put = output === undefined ? deps.stdout : (text: string) => writeWhole(output, [text])
  if (format === 'json') await put(`${await answer.text()}\n`)
  else if (format !== 'table') await deliverFile(answer, flags, deps)
  else {
    const { columns, rows, meta }: SqlAnswer = JSON.parse(await answer.text())
    await put(formatTable({ columns: columns.map(({ name }) => name), rows }))
    if (meta.truncated) deps.stderr(`There are more rows; --limit ${flags.limit} cut them off.\n`)
    const read = `${meta.rowsRead.toLocaleString('en')} read in ${Math.round(meta.elapsedMs)} ms`
    deps.stderr(`${counted(rows.length, 'row')} · ${read}\n`)
  }
}

async function deliverFile(answer: Response, { output }: SqlFlags, { stdout, stderr }: SqlDeps): Promise<void> {
  if (output !== undefined) await writeWhole(output, answer.body ?? [])
  else for await (const text of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) stdout(text)
  const rows = counted(Number(answer.headers.get('x-almanac-rows')), 'row')
  const mayBeMore = answer.headers.get('x-almanac-truncated') === 'true'
  if (mayBeMore) stderr(`${rows}, as many as --limit allows: there may be more.\n`)
  else if (output !== undefined) stderr(`${rows} in ${output}\n`)
}

/** `name=value` is text, which the engine reads by the parameter's type; `name:=json` is for lists and maps. */
function param(text: string, earlier: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const { name, isJson, value = '' } = /^(?<name>[A-Za-z]\w*)(?<isJson>:)?=(?<value>.*)$/s.exec(text)?.groups ?? {}
  if (name === undefined) throw new InvalidArgumentError('Expected something such as source=website.')
  return { ...earlier, [name]: isJson === undefined ? value : jsonOf(value) }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new InvalidArgumentError(`Expected JSON such as ["DE","FR"], got ${text}.`)
  }
}

const HELP = `
It runs as a user that can only read the views, within fixed limits of time and memory. Ctrl-C ends it on the engine, too.

Examples:
  almanac sql "SELECT name, count() FROM events GROUP BY name ORDER BY 2 DESC"
  almanac sql "SELECT count() FROM events WHERE country IN {in:Array(String)}" --param 'in:=["DE","FR"]'
  almanac sql - --format csv --progress < report.sql > report.csv
  almanac sql "SELECT * FROM visits" --limit 100000 --format parquet --output visits.parquet
  almanac sql "SELECT toDate(started_at) AS day, count() AS visits FROM visits GROUP BY day" --format xlsx --output visits.xlsx`
