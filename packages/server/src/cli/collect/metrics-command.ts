import { readFile } from 'node:fs/promises'
import { text as readText } from 'node:stream/consumers'
import { AppError, type Issue } from '@almanac/core/errors.ts'
import { isTimeZone } from '@almanac/core/time/moment.ts'
import { Command, InvalidArgumentError, Option } from 'commander'
import { ENVIRONMENTS } from '../../accounts/keys/api-key.ts'
import { METRIC_GRAINS, type MetricGrain, type MetricValue, MOST_METRIC_ROWS } from '../../metrics/metric-row.ts'
import type { MetricSummary } from '../../metrics/metric-store.ts'
import { readMetricRows, type SentRow } from '../../metrics/read-metric-rows.ts'
import { type CsvColumns, csvRows, ndjsonRows } from '../../metrics/sent-rows.ts'
import { callServer, type ServerAddress } from '../api-client.ts'
import { counted, formatTable } from '../ask/format-rows.ts'
import type { CommandDeps } from '../command-deps.ts'

export interface MetricsDeps extends CommandDeps {
  readonly stdin: AsyncIterable<Buffer>
}

interface LoadFlags {
  readonly format?: 'csv' | 'ndjson' | 'json'
  readonly metric?: string
  readonly timeColumn?: string
  readonly hourColumn?: string
  readonly value: readonly NamedColumn[]
  readonly dimension: readonly NamedColumn[]
  readonly dimensions: boolean
  readonly grain?: MetricGrain
  readonly source?: string
  readonly environment?: 'production' | 'sandbox'
  readonly timezone: string
  readonly partial?: boolean
  readonly dataDir: string
}

/** `column=name`, or the column alone. */
interface NamedColumn {
  readonly column: string
  readonly name: string | undefined
}

export function metricsCommand(deps: MetricsDeps): Command {
  const command = new Command('metrics').description('Figures that other systems have computed')
  const withDataDir = (one: Command) => one.option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)

  withDataDir(command.command('load'))
    .description('Insert or update figures from files; while any row is wrong, nothing is sent')
    .argument('<file...>', 'CSV, lines of JSON, or a list in JSON; - is standard input')
    .addOption(new Option('--format <format>', 'by default by the ending').choices(['csv', 'ndjson', 'json']))
    .option('--metric <name>', 'of rows that do not name one')
    .option('--time-column <column>', 'of CSV, with dates or instants (default: time or date)')
    .option('--hour-column <column>', 'of CSV, beside a date (default: hour, where there is one)')
    .option('--value <column[=metric]>', 'of CSV; repeated, each gives a metric (default: value)', addColumn, [])
    .option('--dimension <column[=name]>', 'of CSV; may be repeated (default: all other columns)', addColumn, [])
    .option('--no-dimensions', 'the other columns of CSV are left out')
    .addOption(new Option('--grain <grain>', 'by default a day for dates, else an hour').choices([...METRIC_GRAINS]))
    .option('--source <name>', 'who has measured it, for rows that do not say so')
    .addOption(new Option('--environment <name>').choices([...ENVIRONMENTS]))
    .option('--timezone <zone>', 'whose days and hours the dates are', zone, 'UTC')
    .option('--partial', 'sends the right rows although others are wrong')
    .addHelpText('after', LOAD_HELP)
    .action((files: string[], flags: LoadFlags) => load(files, flags, deps))

  withDataDir(command.command('list'))
    .description('List the metrics')
    .addHelpText('after', '\nExample:\n  almanac metrics list')
    .action(async ({ dataDir }: { dataDir: string }) => {
      const text = await deps.withServer(dataDir, (server) => callServer(server, 'GET', PATH))
      const { metrics }: { metrics: MetricSummary[] } = JSON.parse(text)
      deps.stdout(formatTable({ columns: COLUMNS, rows: metrics.map(summaryRow) }))
    })

  withDataDir(command.command('remove'))
    .description('Remove the figures of a metric that begin in a stretch of time')
    .argument('<metric>', 'from almanac metrics list')
    .requiredOption('--from <moment>', 'first day, such as 2026-05-17, or an instant')
    .requiredOption('--to <moment>', 'the day or instant after the last one')
    .option('--source <name>', 'only of this source')
    .option('--timezone <zone>', 'whose days', zone, 'UTC')
    .addHelpText('after', '\nExample:\n  almanac metrics remove followers --from 2026-01-01 --to 2026-02-01')
    .action(async (metric: string, { dataDir, ...rest }: { dataDir: string }) => {
      const path = `${PATH}?${new URLSearchParams({ metric, ...rest })}`
      const text = await deps.withServer(dataDir, (server) => callServer(server, 'DELETE', path))
      const { removed }: { removed: number } = JSON.parse(text)
      deps.stderr(`${counted(removed, 'figure')} removed.\n`)
    })

  return command
}

const PATH = '/api/v1/metrics'
const COLUMNS = ['metric', 'figures', 'by', 'first', 'last', 'dimensions', 'sources']

function summaryRow({ metric, figures, grains, first, last, dimensions, sources }: MetricSummary): unknown[] {
  return [metric, figures, grains.join(', '), first, last, dimensions.join(', '), sources.join(', ')]
}

function addColumn(text: string, before: readonly NamedColumn[]): NamedColumn[] {
  const at = text.lastIndexOf('=')
  return [
    ...before,
    at < 0 ? { column: text, name: undefined } : { column: text.slice(0, at), name: text.slice(at + 1) },
  ]
}

function zone(text: string): string {
  if (isTimeZone(text)) return text
  throw new InvalidArgumentError('Expected a time zone such as Europe/Berlin.')
}

async function load(files: readonly string[], flags: LoadFlags, deps: MetricsDeps): Promise<void> {
  const rows: SentRow[] = []
  for (const file of files) {
    const format = formatOf(file, flags)
    const found = rowsOf(await readWhole(file, deps), format, flags)
    for (const { place, row } of found) rows.push({ place: files.length > 1 ? `${file}: ${place}` : place, row })
  }
  const { values, issues } = readMetricRows(rows, flags)
  if (issues.length > 0 && !flags.partial) throw wrongRows(issues)
  await deps.withServer(flags.dataDir, (server) => send(values, flags, server))
  if (issues.length > 0)
    deps.stderr(`${counted(issues.length, 'problem')}; those rows were left out:\n${listed(issues)}`)
  deps.stderr(`${counted(values.length, 'figure')} stored.\n`)
}

async function readWhole(file: string, { stdin }: MetricsDeps): Promise<string> {
  if (file === '-') return readText(stdin)
  return readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new AppError('not_found', `The file ${file} cannot be read: ${cause.message}`, { cause })
  })
}

function formatOf(file: string, { format }: LoadFlags): NonNullable<LoadFlags['format']> {
  if (format) return format
  const ending = /\.(csv|ndjson|jsonl|json)$/i.exec(file)?.[1]?.toLowerCase()
  if (ending === 'jsonl') return 'ndjson'
  if (ending === 'csv' || ending === 'ndjson' || ending === 'json') return ending
  throw new AppError('invalid_request', `The format of ${file} is not known`, {
    hint: 'Name it: --format csv, ndjson or json.',
  })
}

function rowsOf(text: string, format: NonNullable<LoadFlags['format']>, flags: LoadFlags): SentRow[] {
  if (format === 'csv') return csvRows(text, columnsOf(flags))
  return format === 'ndjson' ? ndjsonRows(text) : listedRows(text)
}

function columnsOf({ timeColumn, hourColumn, value, dimension, dimensions }: LoadFlags): CsvColumns {
  return {
    time: timeColumn,
    hour: hourColumn,
    ...(value.length > 0 && { values: value.map(({ column, name }) => ({ column, metric: name })) }),
    ...((dimension.length > 0 || !dimensions) && {
      dimensions: dimension.map(({ column, name }) => ({ column, name: name ?? column })),
    }),
  }
}

function listedRows(text: string): SentRow[] {
  try {
    const rows: unknown = JSON.parse(text)
    if (Array.isArray(rows)) return rows.map((row, i) => ({ place: `row ${i + 1}`, row }))
  } catch (cause) {
    throw new AppError('invalid_request', `The file is no JSON: ${(cause as Error).message}`, { cause })
  }
  throw new AppError('invalid_request', 'Expected a list of rows', { hint: 'For lines of JSON, add: --format ndjson' })
}

async function send(values: readonly MetricValue[], { timezone }: LoadFlags, server: ServerAddress): Promise<void> {
  const path = `${PATH}?${new URLSearchParams({ timezone })}`
  for (let from = 0; from < values.length; from += MOST_METRIC_ROWS) {
    const rows = values.slice(from, from + MOST_METRIC_ROWS).map(({ at, series: _, source, ...rest }) => ({
      ...rest,
      ...(source !== '' && { source }),
      time: new Date(at * 1000).toISOString(),
    }))
    await callServer(server, 'POST', path, rows)
  }
}

function wrongRows(issues: readonly Issue[]): AppError {
  const count = issues.length === 1 ? 'a problem' : `${issues.length} problems`
  const shown = issues.slice(0, MOST_SHOWN)
  return new AppError('invalid_request', `The rows have ${count}; nothing was sent`, {
    issues: shown,
    ...(shown.length < issues.length && { hint: `These are the first ${MOST_SHOWN}.` }),
  })
}

const MOST_SHOWN = 100

const listed = (issues: readonly Issue[]) =>
  issues
    .slice(0, MOST_SHOWN)
    .map(({ path, message }) => `  ${[...path, message].join(': ')}\n`)
    .join('')

const LOAD_HELP = `
A row has a metric, a date (with an hour or without) or a time, a value, and dimensions. A figure for the same metric, time and
dimensions replaces the one before, so files may be loaded again.

Examples:
  almanac metrics load followers.csv --metric followers --source linkedin
  almanac metrics load youtube.csv --time-column Day --value Views=video_views --value Subscribers=subscribers --dimension Channel=channel
  almanac metrics load rows.ndjson --timezone America/New_York`
