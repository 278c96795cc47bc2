import {
  COHORT_GRAINS,
  COHORT_KINDS,
  type CohortAnswer,
  type CohortGrain,
  type CohortRequestInput,
  type CohortTable,
} from '@almanac/core/cohorts/cohort.ts'
import { Command, Option } from 'commander'
import { callServer } from '../api-client.ts'
import type { CommandDeps } from '../command-deps.ts'
import { FORMATS, type Format, formatCsv, formatTable, type RowSet } from './format-rows.ts'
import { addFilter, type FlagFilter, mergedFilters, wholeNumber } from './query-flags.ts'

interface CohortFlags {
  readonly cube: string
  readonly start: readonly string[]
  readonly return: readonly string[]
  readonly filter: readonly FlagFilter[]
  readonly segment: readonly string[]
  readonly grain: CohortGrain
  readonly from: string
  readonly to: string
  readonly timezone?: string
  readonly weekStart?: number
  readonly periods: number
  readonly kind: (typeof COHORT_KINDS)[number]
  readonly by?: string
  readonly persons?: boolean
  readonly format: Format
  readonly dataDir: string
}

export function cohortsCommand(deps: CommandDeps): Command {
  return new Command('cohorts')
    .description('Who came back: by the day, week or month in which people began')
    .option('--cube <name>', 'the cube', 'mobile')
    .option(
      '--start <event>',
      'the event that begins it; may be repeated: any of them; left out, the first of all',
      addName,
      [],
    )
    .option('--return <event>', 'the event that counts as coming back; may be repeated; left out, any', addName, [])
    .option('--filter <filter>', 'on all events, as of almanac query; may be repeated', addFilter, [])
    .option('--segment <name>', 'a filter that was saved by name; may be repeated', addName, [])
    .addOption(new Option('--grain <grain>', 'of cohorts and periods').choices(COHORT_GRAINS).default('week'))
    .requiredOption('--from <moment>', 'who began from this day or instant on')
    .requiredOption('--to <moment>', 'and before this one')
    .option('--timezone <name>', 'whose days, such as Europe/Berlin; left out, those of the cube')
    .option('--week-start <day>', '1 is Monday, 7 is Sunday; left out, that of the cube', wholeNumber)
    .option('--periods <number>', 'how many after the one of the beginning', wholeNumber, 8)
    .addOption(
      new Option('--kind <kind>', 'came back in that period, or in that or any later one')
        .choices(COHORT_KINDS)
        .default('retention'),
    )
    .option('--by <dimension>', 'a table for each of its values at the beginning, such as channel')
    .option('--persons', 'how many persons instead of percentages')
    .addOption(new Option('--format <format>').choices(FORMATS).default('table'))
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', HELP)
    .action(async (flags: CohortFlags) => {
      const text = await deps.withServer(flags.dataDir, (server) =>
        callServer(server, 'POST', '/api/v1/cohorts', requestOf(flags)),
      )
      print(text, flags, deps)
    })
}

function requestOf(flags: CohortFlags): CohortRequestInput {
  const { cube, start, grain, from, to, timezone, weekStart, periods, kind, by } = flags
  return {
    cube,
    start: { events: [...start] },
    return: { events: [...flags.return] },
    filters: mergedFilters(flags.filter, new Map()),
    segments: [...flags.segment],
    grain,
    from,
    to,
    ...(timezone !== undefined && { timezone }),
    ...(weekStart !== undefined && { firstDayOfWeek: weekStart }),
    periods,
    kind,
    ...(by !== undefined && { by }),
  }
}

function print(text: string, { format, persons = false, by }: CohortFlags, { stdout, stderr }: CommandDeps): void {
  if (format === 'json') {
    stdout(`${text}\n`)
    return
  }
  const answer: CohortAnswer = JSON.parse(text)
  if (format === 'csv') {
    stdout(formatCsv(longRows(answer, by)))
    return
  }
  const tables = by === undefined ? [{ ...answer.all, value: undefined }] : answer.slices
  for (const { value, ...table } of tables) {
    if (by !== undefined) stdout(`${by}: ${value === null ? 'everybody else' : value === '' ? '(empty)' : value}\n`)
    stdout(formatTable(rowsOf(table, answer.periods, persons)))
    if (by !== undefined) stdout('\n')
  }
  stderr('* has not ended, and can still grow. The average is of those that have ended.\n')
}

/** A row for each cohort, and the average; a column for each period. */
function rowsOf({ cohorts, average, size }: CohortTable, periods: number, persons: boolean): RowSet {
  const columns = ['began', 'persons', ...Array.from({ length: periods + 1 }, (_, n) => `+${n}`)]
  const cell = (count: number | null, share: number | null, isOpen: boolean) => {
    if (count === null) return ''
    const value = persons ? count.toLocaleString('en') : percent(share)
    return isOpen ? `${value}*` : value
  }
  const rows = cohorts.map(({ start, size: people, isOpen, periods: own }) => [
    start.slice(0, 10),
    `${people.toLocaleString('en')}${isOpen ? '*' : ''}`,
    ...own.map((one) => cell(one.persons, one.share, one.isOpen)),
  ])
  const mean = average.map((one) => cell(one.persons, one.share, false))
  return { columns, rows: [...rows, ['average', size.toLocaleString('en'), ...mean]] }
}

const percent = (share: number | null) => (share === null ? '' : `${(share * 100).toFixed(1)} %`)

/** For further work: a row for each figure. */
function longRows({ all, slices }: CohortAnswer, by: string | undefined): RowSet {
  const tables = by === undefined ? [{ ...all, value: null }] : slices
  return {
    columns: [...(by === undefined ? [] : [by]), 'cohort', 'size', 'period', 'persons', 'share', 'is_open'],
    rows: tables.flatMap(({ value, cohorts }) =>
      cohorts.flatMap(({ start, size, periods }) =>
        periods.map(({ persons, share, isOpen }, n) => [
          ...(by === undefined ? [] : [value]),
          start,
          size,
          n,
          persons,
          share,
          isOpen,
        ]),
      ),
    ),
  }
}

const addName = (name: string, names: readonly string[]) => [...names, name]

const HELP = `
Examples:
  almanac cohorts --start app_installed --from 2026-04-06 --to 2026-06-01
  almanac cohorts --start app_installed --return session --grain day --periods 30 --by channel --from 2026-05-01 --to 2026-06-01`
