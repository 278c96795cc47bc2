import { text as readText } from 'node:stream/consumers'
import { AppError } from '@almanac/core/errors.ts'
import { Command } from 'commander'
import { callServer } from '../api-client.ts'
import type { CommandDeps } from '../command-deps.ts'
import { formatTable } from './format-rows.ts'
import { addFilter, type FlagFilter, mergedFilters } from './query-flags.ts'

export interface SegmentsDeps extends CommandDeps {
  readonly stdin: AsyncIterable<Buffer>
}

interface SegmentAnswer {
  readonly name: string
  readonly label: string
  readonly filter: unknown
  readonly origin: 'made' | 'workspace'
  readonly cubes: readonly string[]
  readonly problems: readonly string[]
}

interface SetFlags {
  readonly label?: string
  readonly description?: string
  readonly cube?: string
  readonly filter: readonly FlagFilter[]
  readonly json?: string
  readonly dataDir: string
}

export function segmentsCommand(deps: SegmentsDeps): Command {
  const command = new Command('segments').description('Filters saved by name, for queries to use')

  command
    .command('list')
    .description('List the segments and the cubes that each fits')
    .option('--cube <name>', 'only those that fit this cube')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', '\nExample:\n  almanac segments list --cube web')
    .action(async ({ cube, dataDir }: { cube?: string; dataDir: string }) => {
      const path = `/api/v1/segments?${new URLSearchParams({ ...(cube !== undefined && { cube }) })}`
      const text = await deps.withServer(dataDir, (server) => callServer(server, 'GET', path))
      const { segments }: { segments: SegmentAnswer[] } = JSON.parse(text)
      deps.stdout(formatTable({ columns: COLUMNS, rows: segments.map(segmentRow) }))
    })

  command
    .command('set')
    .description('Make a segment, or replace the one of that name')
    .argument('<name>', 'lower case letters, digits, - and _')
    .option(
      '--filter <filter>',
      'as of almanac query: dimension=value, !=, ~, ^=, …; may be repeated: all hold',
      addFilter,
      [],
    )
    .option('--json <filter>', 'the filter as in the API, with and, or, not; - reads it from standard input')
    .option('--cube <name>', 'only for this cube (default: every cube that has the dimensions)')
    .option('--label <text>', 'for people')
    .option('--description <text>', 'for people')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', SET_HELP)
    .action(async (name: string, { dataDir, filter: flags, json, ...rest }: SetFlags) => {
      const body = { ...rest, filter: await chosenFilter(flags, json, deps) }
      await deps.withServer(dataDir, (server) => callServer(server, 'PUT', pathOf(name), body))
      deps.stderr(`The segment ${name} is set.\n`)
    })

  command
    .command('remove')
    .description('Remove a segment; queries that still name it are refused')
    .argument('<name>', 'from almanac segments list')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', '\nExample:\n  almanac segments remove docs-readers')
    .action(async (name: string, { dataDir }: { dataDir: string }) => {
      await deps.withServer(dataDir, (server) => callServer(server, 'DELETE', pathOf(name)))
      deps.stderr(`The segment ${name} is removed.\n`)
    })

  return command
}

const pathOf = (name: string) => `/api/v1/segments/${encodeURIComponent(name)}`

const COLUMNS = ['name', 'label', 'cubes', 'filter', 'from']

function segmentRow({ name, label, cubes, filter, problems, origin }: SegmentAnswer): string[] {
  const fits = problems.length === 0 ? cubes.join(', ') : `none: ${problems.join('; ')}`
  return [name, label, fits, JSON.stringify(filter), origin === 'workspace' ? 'a file' : 'here']
}

async function chosenFilter(
  flags: readonly FlagFilter[],
  json: string | undefined,
  { stdin }: SegmentsDeps,
): Promise<unknown> {
  if ((flags.length === 0) === (json === undefined)) {
    throw new AppError('invalid_request', 'A segment needs a filter: expected either --filter or --json', {
      hint: 'For instance: --filter browser=Firefox',
    })
  }
  if (json === undefined) {
    const filters = mergedFilters(flags, NO_TYPES)
    return filters.length === 1 ? filters[0] : { and: filters }
  }
  try {
    return JSON.parse(json === '-' ? await readText(stdin) : json)
  } catch (cause) {
    throw new AppError('invalid_request', `The filter is no JSON: ${(cause as Error).message}`, { cause })
  }
}

/** A segment may be for several cubes: text that says a number is taken for one where the dimension holds numbers. */
const NO_TYPES: ReadonlyMap<string, string> = new Map()

const SET_HELP = `
Examples:
  almanac segments set docs-readers --cube web --filter path^=/docs/ --filter browser=Firefox --filter browser=Chrome
  almanac segments set big-errors --json '{"or":[{"dimension":"status","op":"range","from":500},{"dimension":"path","values":["/pay"]}]}'`
