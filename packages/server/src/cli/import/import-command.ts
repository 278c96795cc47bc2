import type { Writable } from 'node:stream'
import { HostNames } from '@almanac/core/sources/source-settings.ts'
import { Command, InvalidArgumentError, Option } from 'commander'
import { LOG_FORMAT_NAMES, LOG_FORMATS, type LogFormatName } from '../../collect/log-formats/log-formats.ts'
import type { Places } from '../../collect/place/places.ts'
import type { Claim } from './claim.ts'
import type { ServerAddress } from './import-api.ts'
import type { ImportOptions } from './import-file.ts'
import { importFiles, type Patience } from './import-files.ts'
import type { FormatChoice } from './read/choose-format.ts'
import { isRight } from './report/file-report.ts'
import { createProgress, NO_PROGRESS } from './report/progress.ts'
import { summaryJson, summaryText } from './report/summary.ts'

export interface ImportCommandDeps {
  /** Runs a function with the address of the server that has this data directory, starting one for it if none runs. */
  readonly withServer: <T>(dataDir: string, run: (server: ServerAddress) => Promise<T>) => Promise<T>
  /** Makes this process the one that works on the import of that name; `undefined` when another one does. */
  readonly claim: (dataDir: string, name: string) => Promise<Claim | undefined>
  /** Addresses become places here: the server never sees them. */
  readonly openPlaces: () => Promise<Places>
  readonly defaultDataDir: string
  readonly stdin: AsyncIterable<Buffer>
  readonly stdout: Writable
  readonly stderr: Writable & { readonly isTTY?: boolean }
  readonly setExitCode: (code: number) => void
  /** Calls back when the user asks to stop (Ctrl-C); answers with the function that ends this. */
  readonly onStop: (stop: () => void) => () => void
  readonly patience?: Patience
}

const PATIENCE: Patience = { firstRetryMs: 250, pollMs: 100, giveUpAfterMs: 10 * 60_000 }
const STOPPED_EXIT_CODE = 130

/** `almanac import`. Exit code 0 means that every line is stored, was there already, or is in quarantine; 1: it is not so. */
export function importCommand(deps: ImportCommandDeps): Command {
  return new Command('import')
    .description('Import log files: plain or gzip, from files or standard input')
    .argument('<file...>', 'files to read; - is standard input')
    .addOption(
      new Option('--format <format>', 'the format of the lines, as listed below')
        .choices(['auto', ...LOG_FORMAT_NAMES])
        .default('auto'),
    )
    .addOption(
      new Option('--regex <expression>', 'in place of a format: a regular expression with named groups').conflicts(
        'format',
      ),
    )
    .requiredOption('--source <name>', 'the source that the events belong to', nonEmpty)
    .addOption(
      new Option('--identity <kind>', 'how visitors are told apart who are known by address and user agent only')
        .choices(['stable', 'daily'])
        .default('daily'),
    )
    .option('--stream <name>', 'keeps logs apart in which the same line means different hits, such as of two hosts', '')
    .addOption(
      new Option('--site <hosts>', 'host names of the site, with commas between: links inside of it are no referrals')
        .argParser(hostNames)
        .default([], 'what the source knows'),
    )
    .addOption(new Option('--environment <name>').choices(['production', 'sandbox']).default('production'))
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .option('--json', 'print the summary as JSON')
    .addHelpText('after', `\nFormats:\n${formatHelp()}\n${HELP}`)
    .action((files: string[], flags: ImportFlags) => runImport(files, flags, deps))
}

interface ImportFlags {
  readonly format: LogFormatName | 'auto'
  readonly regex?: string
  readonly source: string
  readonly identity: 'stable' | 'daily'
  readonly stream: string
  readonly site: readonly string[]
  readonly environment: 'production' | 'sandbox'
  readonly dataDir: string
  readonly json?: boolean
}

async function runImport(files: readonly string[], flags: ImportFlags, deps: ImportCommandDeps): Promise<void> {
  const { regex, source, identity, stream, site, environment } = flags
  const format: FormatChoice = regex === undefined ? flags.format : { pattern: regex }
  const options: ImportOptions = { format, source, identity, stream, site, environment }
  const { placeOf, close } = await deps.openPlaces()
  const stopping = new AbortController()
  const forget = deps.onStop(() => stopping.abort())
  const progress = flags.json ? NO_PROGRESS : createProgress(deps.stderr, Date.now)
  try {
    const reports = await deps.withServer(flags.dataDir, (server) => {
      const { stdin, patience = PATIENCE } = deps
      return importFiles(files, options, server, {
        stdin,
        claim: (name) => deps.claim(flags.dataDir, name),
        placeOf,
        patience,
        progress,
        signal: stopping.signal,
        nowMs: Date.now,
      })
    })
    progress.stop()
    deps.stdout.write(`${flags.json ? summaryJson(reports) : summaryText(reports)}\n`)
    deps.setExitCode(reports.every(isRight) ? 0 : 1)
  } catch (error) {
    if (!stopping.signal.aborted) throw error
    deps.stderr.write('Stopped. Run the same command again to go on; nothing is counted twice.\n')
    deps.setExitCode(STOPPED_EXIT_CODE)
  } finally {
    progress.stop()
    close()
    forget()
  }
}

function nonEmpty(value: string): string {
  if (value === '') throw new InvalidArgumentError('Expected a name.')
  return value
}

function hostNames(value: string): string[] {
  const read = HostNames.min(1).safeParse(value.split(','))
  if (read.success) return read.data
  throw new InvalidArgumentError(read.error.issues.map(({ message }) => message).join('; '))
}

function formatHelp(): string {
  const formats = LOG_FORMAT_NAMES.map((name) => [name, LOG_FORMATS[name].label] as const)
  const all = [['auto', 'the one of these that fits most of the first lines'] as const, ...formats]
  const width = Math.max(...all.map(([name]) => name.length)) + 2
  return all.map(([name, label]) => `  ${name.padEnd(width)}${label}`).join('\n')
}

const HELP = `
A file can be imported again, grown or compressed too: a line is stored once. An interrupted import goes on where it
stopped when the same command is run again. Lines that are not understood are kept in quarantine, with the reason.

Examples:
  almanac import access.log --source website --site www.example.com
  almanac import /var/log/nginx/access.log* --format combined --source website --identity stable
  zcat old/*.gz | almanac import - --format combined --source website --stream web1
  almanac import events.ndjson --format json-lines --source app
  almanac import app.log --source app --regex '^(?<address>\\S+) (?<time>\\S+) (?<method>\\w+) (?<url>\\S+) (?<status>\\d+)$'`
