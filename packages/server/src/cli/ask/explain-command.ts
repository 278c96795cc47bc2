import type { ChangeAnswer, ChangeRequestInput } from '@almanac/core/explain/change.ts'
import type { ExplainRequestInput, Explanation } from '@almanac/core/explain/explain.ts'
import { GRAINS, type Grain } from '@almanac/core/time/grain.ts'
import { Command, InvalidArgumentError, Option } from 'commander'
import { callServer } from '../api-client.ts'
import type { CommandDeps } from '../command-deps.ts'
import { changeText, explainedText, rowsText } from './explained-text.ts'
import { addFilter, type FlagFilter, fieldNames, mergedFilters, wholeNumber } from './query-flags.ts'

type Dimensions = Readonly<Record<string, string>>

interface NumberFlags {
  readonly cube: string
  readonly measure: string
  readonly from: string
  readonly to: string
  readonly grain?: Grain
  readonly time?: string
  readonly of: Dimensions
  readonly filter: readonly FlagFilter[]
  readonly segment: readonly string[]
  readonly timezone?: string
  readonly rows?: number
  readonly sql?: boolean
  readonly format: 'table' | 'json'
  readonly dataDir: string
}

interface ChangeFlags {
  readonly cube: string
  readonly measure: string
  readonly current: ChangeRequestInput['current']
  readonly previous: ChangeRequestInput['previous']
  readonly filter: readonly FlagFilter[]
  readonly segment: readonly string[]
  readonly dimensions?: readonly string[]
  readonly timezone?: string
  readonly limit: number
  readonly format: 'table' | 'json'
  readonly dataDir: string
}

export function explainCommand(deps: CommandDeps): Command {
  const command = new Command('explain').description('What stands behind a number, and what moved it')
  const about = (name: string, description: string) =>
    command
      .command(name)
      .description(description)
      .option('--cube <name>', 'the cube', 'web')
      .requiredOption('--measure <name>', 'whose value')
      .option('--filter <filter>', 'as of almanac query; may be repeated', addFilter, [])
      .option('--segment <name>', 'a filter that was saved by name; may be repeated', addName, [])
      .option('--timezone <name>', 'whose days, such as Europe/Berlin; left out, those of the cube')
      .addOption(new Option('--format <format>').choices(['table', 'json']).default('table'))
      .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)

  about('number', 'Explain one value: its definition, the rows and batches behind it, when it was computed')
    .requiredOption('--from <moment>', 'first day or instant of the range; it is included')
    .requiredOption('--to <moment>', 'the day or instant after the last one; it is not included')
    .addOption(new Option('--grain <grain>', 'of the query that has the value').choices(GRAINS))
    .option('--time <moment>', 'the start of its bucket, where there is a grain')
    .option('--of <dimension=value>', 'the slice that it is of; may be repeated', addDimension, {})
    .option('--rows <number>', 'so many of the raw rows as well, the oldest first', wholeNumber)
    .option('--sql', 'the statement as well')
    .addHelpText('after', NUMBER_HELP)
    .action((flags: NumberFlags) => explainNumber(flags, deps))

  about('change', 'Which slices account for the difference between two stretches of time')
    .requiredOption('--current <range>', 'such as 2026-05-11..2026-05-18, the end not included', range)
    .requiredOption('--previous <range>', 'what it is compared with', range)
    .option('--dimensions <names>', 'where to look, with commas between; left out, everywhere', fieldNames)
    .option('--limit <number>', 'how many slices', wholeNumber, 10)
    .addHelpText('after', CHANGE_HELP)
    .action((flags: ChangeFlags) => explainChange(flags, deps))
  return command
}

async function explainNumber(flags: NumberFlags, deps: CommandDeps): Promise<void> {
  const request = requestOf(flags)
  await deps.withServer(flags.dataDir, async (server) => {
    const text = await callServer(server, 'POST', '/api/v1/explain', request)
    const isJson = flags.format === 'json'
    if (!isJson) deps.stdout(explainedText((JSON.parse(text) as Explanation).explained, '', flags.sql ?? false))
    const page = flags.rows && { ...request, limit: Math.min(flags.rows, 1000) }
    const rows = page ? await callServer(server, 'POST', '/api/v1/explain/rows', page) : undefined
    if (isJson) deps.stdout(`${rows === undefined ? text : `{"explanation":${text},"rows":${rows}}`}\n`)
    else if (rows !== undefined) deps.stdout(`\n${rowsText(JSON.parse(rows))}`)
  })
}

function requestOf({ cube, measure, from, to, grain, time, of, filter, segment, timezone }: NumberFlags) {
  const request: ExplainRequestInput = {
    query: {
      cube,
      measures: [measure],
      dimensions: Object.keys(of),
      filters: mergedFilters(filter, new Map()),
      segments: [...segment],
      from,
      to,
      ...(grain !== undefined && { grain }),
      ...(timezone !== undefined && { timezone }),
    },
    cell: { dimensions: of, ...(time !== undefined && { time }) },
  }
  return request
}

async function explainChange(flags: ChangeFlags, deps: CommandDeps): Promise<void> {
  const { cube, measure, current, previous, filter, segment, dimensions, timezone, limit } = flags
  const request: ChangeRequestInput = {
    cube,
    measure,
    current,
    previous,
    filters: mergedFilters(filter, new Map()),
    segments: [...segment],
    limit,
    ...(dimensions && { dimensions: [...dimensions] }),
    ...(timezone !== undefined && { timezone }),
  }
  const text = await deps.withServer(flags.dataDir, (server) =>
    callServer(server, 'POST', '/api/v1/explain/change', request),
  )
  if (flags.format === 'json') {
    deps.stdout(`${text}\n`)
    return
  }
  const answer: ChangeAnswer = JSON.parse(text)
  deps.stdout(changeText(answer))
  deps.stderr(`${answer.explanation}\n`)
}

const addName = (name: string, names: readonly string[]) => [...names, name]

function addDimension(text: string, dimensions: Dimensions): Dimensions {
  const match = /^(?<name>\w+)=(?<value>.*)$/s.exec(text)?.groups
  if (match?.name === undefined) throw new InvalidArgumentError('Expected something such as country=DE.')
  return { ...dimensions, [match.name]: match.value ?? '' }
}

function range(text: string): ChangeRequestInput['current'] {
  const [from, to, ...rest] = text.split('..')
  if (!from || !to || rest.length > 0)
    throw new InvalidArgumentError('Expected something such as 2026-05-11..2026-05-18.')
  return { from, to }
}

const NUMBER_HELP = `
Examples:
  almanac explain number --measure visitors --from 2026-05-11 --to 2026-05-18
  almanac explain number --measure hits --grain day --time 2026-05-17 --of country=DE --from 2026-05-01 --to 2026-06-01 --rows 20`
const CHANGE_HELP = `
Example:
  almanac explain change --measure hits --current 2026-05-11..2026-05-18 --previous 2026-05-04..2026-05-11`
