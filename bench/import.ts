// Importing a web server's log through the real command and the real server, against a bare insert of the same rows by
// the same client: row objects with the filled columns alone, as JSONEachRow, in batches of 50,000. Usage: node bench/import.ts [LINES], 600,000 by default.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { bareInsert } from './support/bare-insert.ts'
import { figure, print } from './support/print.ts'
import { printPublished } from './support/published.ts'
import { serve, withTempDir } from './support/servers.ts'

const LINES = Number(process.argv[2] ?? 600_000)
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
  printPublished('lines')
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
