import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import { AppError } from '@almanac/core/errors.ts'
import { isTimeZone } from '@almanac/core/time/moment.ts'
import type { UploadColumn, UploadDefinition } from '@almanac/core/uploads/upload-definition.ts'
import { LOAD_MODES, type LoadFigures, type LoadMode } from '@almanac/core/uploads/upload-load.ts'
import type { UploadProposal } from '@almanac/core/uploads/upload-proposal.ts'
import { Command, InvalidArgumentError, Option } from 'commander'
import { plainName } from '../../uploads/values/column-name.ts'
import { callServer, type ServerAddress } from '../api-client.ts'
import type { CommandDeps } from '../command-deps.ts'

interface Flags {
  readonly name?: string
  readonly label?: string
  readonly time?: string
  readonly key: readonly string[]
  readonly mode?: LoadMode
  readonly timezone: string
  readonly dataDir: string
}

interface Received {
  readonly upload: { readonly name: string; readonly isDefined: boolean }
  readonly file: { readonly id: string }
  readonly proposal?: UploadProposal
  readonly load?: LoadFigures
}

export function uploadCommand(deps: CommandDeps): Command {
  return new Command('upload')
    .description('Make a table and a cube of a file: CSV, JSON, Excel or Parquet')
    .argument('<file>', 'also packed with gzip')
    .option('--name <name>', 'of the cube and of the table in SQL (default: made of the file name)')
    .option('--label <text>', 'what people call it (default: the name)')
    .option('--time <column>', 'the column that says when (default: the one that is found; "none" for none)')
    .option('--key <column>', 'tells rows apart, to insert or update; may be given several times', addKey, [])
    .addOption(
      new Option('--mode <mode>', 'of a table that is there (default: upsert with keys, else replace)').choices(
        LOAD_MODES,
      ),
    )
    .option(
      '--timezone <zone>',
      'of times that do not say theirs',
      zone,
      Intl.DateTimeFormat().resolvedOptions().timeZone,
    )
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', HELP)
    .action((file: string, flags: Flags) => upload(file, flags, deps))
}

async function upload(file: string, flags: Flags, deps: CommandDeps): Promise<void> {
  const name = flags.name ?? plainName(basename(file).replace(/(\.\w{1,8}){1,2}$/, ''), 'upload')
  const body = await contentOf(file)
  await deps.withServer(flags.dataDir, async (server) => {
    const mode = flags.mode ?? (flags.key.length > 0 ? 'upsert' : 'replace')
    const search = new URLSearchParams({
      name,
      fileName: basename(file),
      timezone: flags.timezone,
      mode,
      ...(flags.label && { label: flags.label }),
    })
    const received: Received = JSON.parse(await callServer(server, 'POST', `/api/v1/uploads?${search}`, body))
    const load = received.load ?? (await define(received, mode, flags, server, deps))
    deps.stdout(`${name}\n`)
    deps.stderr(summary(load))
  })
}

/** Read piece by piece while it is sent. */
async function contentOf(file: string): Promise<Blob> {
  try {
    return await openAsBlob(file)
  } catch (cause) {
    throw new AppError('not_found', `The file ${file} cannot be read: ${(cause as Error).message}`, { cause })
  }
}

/** Takes the proposal, changed by the flags. */
async function define(
  { upload, proposal, file }: Received,
  mode: string,
  flags: Flags,
  server: ServerAddress,
  deps: CommandDeps,
): Promise<LoadFigures> {
  if (!proposal) throw new Error('a file that was not loaded has a proposal')
  const { definition, questions } = proposal
  const body = { definition: changed(definition, flags), mode, file: file.id }
  for (const { column, text } of questions) deps.stderr(`${column === undefined ? '' : `${column}: `}${text}\n`)
  const path = `/api/v1/uploads/${encodeURIComponent(upload.name)}/definition`
  const text = await callServer(server, 'PUT', path, body)
  const { upload: defined }: { upload: { loads: readonly LoadFigures[] } } = JSON.parse(text)
  const [load] = defined.loads
  if (!load) throw new Error('a definition with a file has a load')
  return load
}

function changed(definition: UploadDefinition, { label, time, key }: Flags): UploadDefinition {
  const { columns } = definition
  const keys = key.map((text) => columnNamed(columns, text, '--key').name)
  const timed =
    time === undefined ? definition.time : time === 'none' ? null : columnNamed(columns, time, '--time').name
  return { ...definition, keys, time: timed, ...(label !== undefined && { label }) }
}

/** By its name or by what the file calls it. */
function columnNamed(columns: readonly UploadColumn[], text: string, flag: string): UploadColumn {
  const found = columns.find(({ name, source }) => name === text || source === text)
  if (found) return found
  throw new AppError('invalid_request', `There is no column "${text}" for ${flag}`, {
    hint: `The columns are: ${columns.map(({ source }) => source).join(', ')}.`,
  })
}

const MISFITS_SHOWN = 10

function summary({ rowsStored, rowsLeftOut, cellsEmptied, misfits }: LoadFigures): string {
  const counts = [
    `${rowsStored} rows stored`,
    ...(rowsLeftOut > 0 ? [`${rowsLeftOut} left out`] : []),
    ...(cellsEmptied > 0 ? [`${cellsEmptied} values did not fit and are empty`] : []),
  ]
  const lines = misfits.slice(0, MISFITS_SHOWN).map(({ line, column, value, reason }) => {
    const place = line === 0 ? 'the file' : `line ${line}`
    return `  ${place}${column === undefined ? '' : `, ${column}`}: ${reason}, got "${value}"\n`
  })
  return `${counts.join(', ')}.\n${lines.join('')}`
}

const addKey = (text: string, before: readonly string[]) => [...before, text]

function zone(text: string): string {
  if (isTimeZone(text)) return text
  throw new InvalidArgumentError('Expected a time zone such as Europe/Berlin.')
}

const HELP = `
The columns, their types, the time column and the measures are found in the file; look at them and change them on the page Data.
A second file of the same name is read in the same way.

Examples:
  almanac upload sales.csv
  almanac upload report.xlsx --name sales --time "Order date" --timezone Europe/Berlin
  almanac upload changes.csv --name customers --key customer_id --mode upsert`
