import type { QueryAnswer, QueryInput } from '@almanac/core/query/query.ts'
import { GRAINS } from '@almanac/core/time/grain.ts'
import { Command, InvalidArgumentError, Option } from 'commander'
import { callServer, type ServerAddress } from './api-client.ts'
import type { CommandDeps } from './command-deps.ts'
import { counted, FORMATS, type Format, formatCsv, formatTable, type RowSet } from './format-rows.ts'

type Filter = NonNullable<QueryInput['filters']>[number]
type Order = NonNullable<QueryInput['order']>[number]

export interface QueryFlags {
  readonly cube: string
  readonly measures: readonly string[]
  readonly dimensions: readonly string[]
  readonly filter: readonly FlagFilter[]
  readonly from: string
  readonly to: string
  readonly grain?: QueryInput['grain']
  readonly timezone: string
  readonly order: readonly Order[]
  readonly limit?: number
}

interface FlagFilter {
  readonly dimension: string
  readonly op: NonNullable<Filter['op']>
  readonly value: string
}

export function queryCommand(deps: CommandDeps): Command {
  return new Command('query')
    .description('Ask a cube for figures')
    .option('--cube <name>', 'the cube', 'web')
    .requiredOption('--measures <names>', 'what to count, with commas between', names)
    .requiredOption('--from <moment>', 'first day, such as 2015-05-17, or an instant; it is included')
    .requiredOption('--to <moment>', 'the day or instant after the last one; it is not included')
    .addOption(
      new Option('--grain <grain>', 'a row for each of these; left out, one row for the whole range').choices(GRAINS),
    )
    .option('--timezone <name>', 'whose days, such as Europe/Berlin', 'UTC')
    .option('--dimensions <names>', 'a row for each of their values, with commas between', names, [])
    .option('--filter <filter>', 'dimension=value, !=, ~ (contains), ^= (begins with); may be repeated', addFilter, [])
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

/** The types decide whether `--filter status=404` means a number; what is not known goes as text. */
export function queryOf(flags: QueryFlags, types: ReadonlyMap<string, string>): QueryInput {
  const { cube, measures, dimensions, from, to, grain, timezone, order, limit } = flags
  return {
    cube,
    measures: [...measures],
    dimensions: [...dimensions],
    filters: mergedFilters(flags.filter, types),
    from,
    to,
    ...(grain !== undefined && { grain }),
    timezone,
    order: [...order],
    ...(limit !== undefined && { limit }),
  }
}

/** `--filter status=404 --filter status=500` means either: the values of one dimension and operator go together. */
function mergedFilters(filters: readonly FlagFilter[], types: ReadonlyMap<string, string>): Filter[] {
  const groups = Map.groupBy(filters, ({ dimension, op }) => `${op} ${dimension}`)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const { dimension, op } = first
    return [{ dimension, op, values: group.map(({ value }) => typedValue(value, types.get(dimension))) }]
  })
}

function typedValue(value: string, type: string | undefined): string | number | boolean {
  if (type === 'number' && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value)
  if (type === 'boolean' && ['true', 'false'].includes(value)) return value === 'true'
  return value
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
  const rows = rowSet(answer, flags)
  stdout(flags.format === 'csv' ? formatCsv(rows) : formatTable(rows))
  if (flags.format === 'table') stderr(`${footer(answer)}\n`)
}

function rowSet({ rows }: QueryAnswer, { grain, dimensions, measures }: QueryFlags): RowSet {
  const columns = [...(grain === undefined ? [] : ['time']), ...dimensions, ...measures]
  return { columns, rows: rows.map((row) => columns.map((column) => row[column])) }
}

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

function names(text: string): string[] {
  const parts = text.split(',').map((part) => part.trim())
  if (parts.includes('')) throw new InvalidArgumentError('Expected names with commas between, such as hits,visitors.')
  return parts
}

const OPERATORS = { '=': 'in', '!=': 'not_in', '~': 'contains', '^=': 'starts_with' } as const

function addFilter(text: string, filters: readonly FlagFilter[]): FlagFilter[] {
  const match = /^(?<dimension>\w+)(?<operator>!=|\^=|=|~)(?<value>.*)$/s.exec(text)?.groups
  if (match?.dimension === undefined)
    throw new InvalidArgumentError('Expected something such as status=404 or path!=/x.')
  const op = OPERATORS[match.operator as keyof typeof OPERATORS]
  return [...filters, { dimension: match.dimension, op, value: match.value ?? '' }]
}

function orders(text: string): Order[] {
  return names(text).map((part) => {
    const [by = '', direction = 'desc', ...rest] = part.split(':')
    if (rest.length > 0 || (direction !== 'asc' && direction !== 'desc')) {
      throw new InvalidArgumentError('Expected something such as hits:desc or path:asc.')
    }
    return { by, direction }
  })
}

export function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Expected a whole number above 0.')
  return Number(text)
}

const HELP = `
Examples:
  almanac query --measures hits,visitors --grain day --from 2015-05-17 --to 2015-05-21
  almanac query --measures hits --dimensions path --order hits:desc --limit 10 --from 2015-05-17 --to 2015-05-21
  almanac query --measures errors --filter status=404 --filter 'path!=/robots.txt' --from 2015-05-17 --to 2015-05-21 \\
    --timezone Europe/Berlin --format csv`
