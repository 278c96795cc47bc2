import { text as readText } from 'node:stream/consumers'
import { Command, Option } from 'commander'
import type { SqlAnswer } from '../http/sql-routes.ts'
import { callServer } from './api-client.ts'
import type { CommandDeps } from './command-deps.ts'
import { counted, FORMATS, type Format, formatCsv, formatTable } from './format-rows.ts'
import { wholeNumber } from './query-command.ts'

export interface SqlDeps extends CommandDeps {
  readonly stdin: AsyncIterable<Buffer>
}

interface SqlFlags {
  readonly format: Format
  readonly limit: number
  readonly dataDir: string
}

export function sqlCommand(deps: SqlDeps): Command {
  return new Command('sql')
    .description('Run a read-only SQL statement of ClickHouse')
    .argument('<statement>', 'one SELECT; - reads it from standard input')
    .addOption(new Option('--format <format>').choices(FORMATS).default('table'))
    .option('--limit <number>', 'at most so many rows', wholeNumber, 10_000)
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', HELP)
    .action(async (statement: string, { format, limit, dataDir }: SqlFlags) => {
      const sql = statement === '-' ? await readText(deps.stdin) : statement
      const text = await deps.withServer(dataDir, (server) => callServer(server, 'POST', '/api/v1/sql', { sql, limit }))
      print(text, format, limit, deps)
    })
}

function print(text: string, format: Format, limit: number, { stdout, stderr }: SqlDeps): void {
  if (format === 'json') {
    stdout(`${text}\n`)
    return
  }
  const { columns, rows, meta }: SqlAnswer = JSON.parse(text)
  const rowSet = { columns: columns.map(({ name }) => name), rows }
  stdout(format === 'csv' ? formatCsv(rowSet) : formatTable(rowSet))
  if (meta.truncated) stderr(`There are more rows; --limit ${limit} cut them off.\n`)
  if (format === 'table') {
    stderr(
      `${counted(rows.length, 'row')} · ${meta.rowsRead.toLocaleString('en')} read in ${Math.round(meta.elapsedMs)} ms\n`,
    )
  }
}

const HELP = `
It runs as a user that can only read the views, within fixed limits of time and memory.

Examples:
  almanac sql "SELECT name, count() FROM events GROUP BY name ORDER BY 2 DESC"
  almanac sql - --format csv < report.sql > report.csv`
