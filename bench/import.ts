// Importing a web server's log through the real command and the real server, against a bare insert of the same rows by
// the same client: row objects with the filled columns alone, as JSONEachRow, in batches of 50,000. Usage: node bench/import.ts [LINES], 600,000 by default.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { createClickHouse } from '../packages/server/src/clickhouse/client.ts'
import { columnsSql, EVENT_COLUMNS } from '../packages/server/src/clickhouse/events-table.ts'
import { openDataDirectory } from '../packages/server/src/engines/data-directory.ts'
import { startEngines } from '../packages/server/src/engines/start-engines.ts'
import { serve, withTempDir } from './support/servers.ts'

const LINES = Number(process.argv[2] ?? 600_000)
const COLUMNS = EVENT_COLUMNS.map(({ name }) => name)
const EMPTY = new Set([
  '""',
  '0',
  '"0"',
  'false',
  '{}',
  '"1970-01-01 00:00:00.000"',
  '"00000000-0000-0000-0000-000000000000"',
])
const BIN = join(import.meta.dirname, '../packages/server/bin/almanac.js')

await withTempDir(async (directory) => {
  const file = join(directory, 'access.log')
  await writeLog(file)
  const dataDir = join(directory, 'data')

  const server = await serve('almanac', dataDir)
  const started = performance.now()
  const report = await importFile(file, dataDir)
  const seconds = (performance.now() - started) / 1000
  if (report.stored !== LINES)
    throw new Error(`${report.stored} of ${LINES} lines were stored: ${JSON.stringify(report)}`)
  const again = performance.now()
  const repeated = await importFile(file, dataDir)
  const againSeconds = (performance.now() - again) / 1000
  if (repeated.duplicates !== LINES) throw new Error(`the same lines again: ${JSON.stringify(repeated)}`)
  await server.stop()

  const bareRate = await bareInsert(dataDir)
  print(
    'import, until stored',
    `${figure(LINES / seconds)} lines/s (${seconds.toFixed(1)} s, the command's start and summary included)`,
  )
  print('the same file again', `${figure(LINES / againSeconds)} lines/s`)
  print("bare client's insert", `${figure(bareRate)} rows/s`)
  print('ratio import / insert', (LINES / seconds / bareRate).toFixed(2))
})

/** A believable log: some thousands of addresses, pages and user agents, about a hundred lines a second. */
async function writeLog(file: string): Promise<void> {
  const output = createWriteStream(file)
  const start = Date.UTC(2026, 4, 17)
  for (let n = 0; n < LINES; n++) {
    const at = new Date(start + n * 10)
    const [, day, month, year, time] = at.toUTCString().split(' ')
    const visitor = (n * 7919) % 4001
    const address = `10.${visitor % 7}.${visitor % 251}.${(visitor * 3) % 253}`
    const page = `/articles/${(n * 31) % 997}/page-${(n * 17) % 13}.html?ref=${visitor % 5}`
    const agent = `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${100 + (visitor % 40)}.0.0.0 Safari/537.36`
    const line = `${address} - - [${day}/${month}/${year}:${time} +0000] "GET ${page} HTTP/1.1" ${visitor % 50 === 0 ? 404 : 200} ${(n * 97) % 50_000} "https://www.example.com/articles/${visitor % 97}" "${agent}"\n`
    if (!output.write(line)) await once(output, 'drain')
  }
  output.end()
  await once(output, 'finish')
}

interface Report {
  readonly stored: number
  readonly duplicates: number
}

async function importFile(file: string, dataDir: string): Promise<Report> {
  const args = [
    BIN,
    'import',
    file,
    '--format',
    'combined',
    '--source',
    'bench',
    '--identity',
    'stable',
    '--json',
    '--data-dir',
    dataDir,
  ]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (text) => (output += text))
  const [code] = await once(child, 'exit')
  const { files } = JSON.parse(output)
  if (code !== 0) throw new Error(`almanac import ended with ${code}: ${output}`)
  return { stored: files[0].stored, duplicates: files[0].alreadyThere }
}

/** The rows that the import made, as text of the same format, into an empty table of the same shape. */
async function bareInsert(dataDir: string): Promise<number> {
  const directory = await openDataDirectory(dataDir)
  const engines = await startEngines({ directory })
  const clickhouse = createClickHouse(engines.clickhouse)
  try {
    const result = await clickhouse.query({
      query: `SELECT * FROM events ORDER BY log_position, log_index LIMIT ${Math.min(LINES, 300_000)}`,
      format: 'JSONCompactEachRow',
      clickhouse_settings: { output_format_json_quote_64bit_integers: 1 },
    })
    const rows = filledRows((await result.text()).trimEnd().split('\n'))
    await clickhouse.command({
      query: `CREATE TABLE bare (${columnsSql(EVENT_COLUMNS)},
        INDEX event_id_bloom event_id TYPE bloom_filter(0.001) GRANULARITY 1,
        INDEX log_position_range log_position TYPE minmax GRANULARITY 1)
        ENGINE = MergeTree PARTITION BY toYYYYMM(occurred_at)
        ORDER BY (source, toStartOfHour(occurred_at), name, visitor_id, occurred_at)
        SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1`,
    })
    const started = performance.now()
    for (let from = 0; from < rows.length; from += 50_000) {
      await clickhouse.insert({
        table: 'bare',
        values: rows.slice(from, from + 50_000),
        format: 'JSONEachRow',
        clickhouse_settings: { async_insert: 0 },
      })
    }
    return rows.length / ((performance.now() - started) / 1000)
  } finally {
    await clickhouse.close()
    await engines.stop()
    await directory.release()
  }
}

/** As objects, without the columns that no row has a value for, as the import leaves them out too. */
function filledRows(lines: readonly string[]): Record<string, unknown>[] {
  const table = lines.map((line) => JSON.parse(line) as unknown[])
  const filled = COLUMNS.flatMap((name, i) =>
    table.some((row) => !EMPTY.has(JSON.stringify(row[i]))) ? [{ name, i }] : [],
  )
  return table.map((row) => Object.fromEntries(filled.map(({ name, i }) => [name, row[i]])))
}

function figure(value: number): string {
  return Math.round(value).toLocaleString('en')
}

function print(name: string, text: string): void {
  console.log(`${name.padEnd(26)}${text}`)
}
