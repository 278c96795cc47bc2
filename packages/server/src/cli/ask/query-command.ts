import type { QueryAnswer } from '@almanac/core/query/query.ts'
import { GRAINS } from '@almanac/core/time/grain.ts'
import { Command, Option } from 'commander'
import { callServer, type ServerAddress } from '../api-client.ts'
import type { CommandDeps } from '../command-deps.ts'
import { counted, FORMATS, type Format, formatCsv, formatTable, type RowSet } from './format-rows.ts'
import {
  addComparison,
  addFilter,
  addHaving,
  addSet,
  fieldNames,
  orders,
  type QueryFlags,
  queryOf,
  topList,
  wholeNumber,
} from './query-flags.ts'

export function queryCommand(deps: CommandDeps): Command {
  return new Command('query')
    .description('Ask a cube for figures')
    .option('--cube <name>', 'the cube', 'web')
    .requiredOption('--measures <names>', 'what to count, with commas between', fieldNames)
    .requiredOption('--from <moment>', 'first day, such as 2015-05-17, or an instant; it is included')
    .requiredOption('--to <moment>', 'the day or instant after the last one; it is not included')
    .addOption(
      new Option('--grain <grain>', 'a row for each of these; left out, one row for the whole range').choices(GRAINS),
    )
    .option('--timezone <name>', 'whose days, such as Europe/Berlin; left out, the cube’s own')
    .option('--week-start <day>', '1 is Monday, 7 is Sunday; left out, the cube’s own', wholeNumber)
    .option(
      '--fiscal-year-start <month>',
      'the month in which years start, 1 to 12; left out, the cube’s own',
      wholeNumber,
    )
    .option('--dimensions <names>', 'a row for each of their values, with commas between', fieldNames, [])
    .option(
      '--filter <filter>',
      'dimension=value, !=, ~ (contains), !~, ^= (begins with), $= (ends with), >=, <; may be repeated',
      addFilter,
      [],
    )
    .option('--segment <name>', 'a filter that was saved by name; may be repeated', addName, [])
    .option(
      '--compare <comparison>',
      'previous_period, previous_week, previous_month, previous_quarter or previous_year; with :weekday and :to_date; may be repeated',
      addComparison,
      [],
    )
    .option('--having <condition>', 'such as hits>=100; may be repeated', addHaving, [])
    .option('--top <list>', 'only the greatest over the whole range, such as 10:hits, or 10:hits:rest', topList)
    .option('--totals <dimensions>', 'totals by these, "all" for one of everything; may be repeated', addSet, [])
    .option('--order <orders>', 'such as hits:desc,path:asc', orders, [])
    .option('--limit <number>', 'at most so many rows', wholeNumber)
    .addOption(new Option('--format <format>').choices(FORMATS).default('table'))
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', HELP)
    .action(async (flags: QueryFlags & { readonly format: Format; readonly dataDir: string }) => {
      const text = await deps.withServer(flags.dataDir, async (server) => {
        const query = queryOf(flags, await dimensionTypes(server, flags.cube))
        return callServer(server, 'POST', '/api/v1/query', query)
      })
      print(text, flags, deps)
    })
}

async function dimensionTypes(server: ServerAddress, cube: string): Promise<ReadonlyMap<string, string>> {
  type Cubes = { cubes: { name: string; dimensions: { name: string; type: string }[] }[] }
  const { cubes }: Cubes = JSON.parse(await callServer(server, 'GET', '/api/v1/cubes'))
  const dimensions = cubes.find(({ name }) => name === cube)?.dimensions ?? []
  return new Map(dimensions.map(({ name, type }) => [name, type]))
}

function print(text: string, flags: QueryFlags & { readonly format: Format }, { stdout, stderr }: CommandDeps): void {
  if (flags.format === 'json') {
    stdout(`${text}\n`)
    return
  }
  const answer: QueryAnswer = JSON.parse(text)
  const rows = rowSet(answer)
  stdout(flags.format === 'csv' ? formatCsv(rows) : formatTable(rows))
  for (const { dimensions, rows: totals } of answer.totals) {
    const columns = rows.columns.filter((column) => !flags.dimensions.includes(column) || dimensions.includes(column))
    const shown = columns.filter((column) => column !== 'time' || dimensions.includes('time'))
    if (flags.format === 'table') stdout(`\nTotals by ${dimensions.join(', ') || 'nothing'}\n`)
    if (flags.format === 'table') stdout(formatTable({ columns: shown, rows: valuesOf(totals, shown) }))
  }
  if (flags.format === 'table') stderr(`${footer(answer)}\n`)
}

function rowSet({ columns, rows }: QueryAnswer): RowSet {
  const names = columns.map(({ name }) => name)
  return { columns: names, rows: valuesOf(rows, names) }
}

const valuesOf = (rows: QueryAnswer['rows'], columns: readonly string[]) =>
  rows.map((row) => columns.map((column) => row[column]))

function footer({ rows, meta }: QueryAnswer): string {
  const { touchedHours, ingestLagBytes } = meta.freshness
  const notes = [
    counted(rows.length, 'row'),
    `${meta.rowsRead.toLocaleString('en')} read from ${meta.tables.join(' and ')} in ${Math.round(meta.elapsedMs)} ms`,
    ...(touchedHours > 0 ? [`${counted(touchedHours, 'hour')} not settled yet, read from raw events`] : []),
    ...(ingestLagBytes > 0 ? [`${counted(ingestLagBytes, 'byte')} of events still on their way`] : []),
  ]
  return notes.join(' · ')
}

const addName = (name: string, names: readonly string[]) => [...names, name]

const HELP = `
Examples:
  almanac query --measures hits,visitors --grain day --from 2015-05-17 --to 2015-05-21
  almanac query --measures hits --dimensions path --order hits:desc --limit 10 --from 2015-05-17 --to 2015-05-21
  almanac query --measures errors --filter status=404 --filter 'path!=/robots.txt' --from 2015-05-17 --to 2015-05-21 \\
    --timezone Europe/Berlin --format csv
  almanac query --measures visitors --grain week --from 2026-01-01 --to 2026-07-01 --compare previous_year
  almanac query --measures hits,visitors --dimensions country --top 5:visitors:rest --totals all --from 2026-06-01 --to 2026-07-01`
