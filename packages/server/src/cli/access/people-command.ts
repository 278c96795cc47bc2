import { open } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '@almanac/core/errors.ts'
import { Command } from 'commander'
import { askServer, callServer, type ServerAddress } from '../api-client.ts'
import { counted, formatTable } from '../ask/format-rows.ts'
import type { CommandDeps } from '../command-deps.ts'
import { addTeamCommands } from './people-team-command.ts'

interface PersonFlags {
  readonly user?: string
  readonly anonymous?: string
  readonly visitor?: string
  readonly dataDir: string
}

interface PersonAnswer {
  readonly person: { readonly visitors: readonly string[] }
  readonly events: number
  readonly firstAt: string | null
  readonly lastAt: string | null
  readonly sources: readonly { readonly source: string; readonly environment: string; readonly events: number }[]
}

interface ErasureAnswer {
  readonly id: string
  readonly requestedAt: string
  readonly state: string
  readonly events: number
  readonly logLines: number
  readonly problem: string | null
  readonly finishedAt: string | null
}

export function peopleCommand(deps: CommandDeps): Command {
  const command = new Command('people').description('Who has an account, and the data that is stored of visitors')
  addTeamCommands(command, deps)
  command.commandsGroup('Data of visitors and users:')
  const ofPerson = (name: string, description: string) =>
    command
      .command(name)
      .description(description)
      .option('--user <id>', 'the person by user id')
      .option('--anonymous <id>', 'by the id of a device or browser')
      .option('--visitor <number>', 'by the number in the column visitor_id')
      .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)

  ofPerson('find', 'Say what is stored of a person')
    .addHelpText('after', '\nExample:\n  almanac people find --user ada')
    .action(async (flags: PersonFlags) => {
      const found = await deps.withServer(flags.dataDir, (server) => findPerson(server, personKey(flags)))
      const rows = found.sources.map(({ source, environment, events }) => [source, environment, events])
      deps.stdout(formatTable({ columns: ['source', 'environment', 'events'], rows }))
      if (found.events > 0) deps.stderr(`${summaryOf(found)}\n`)
    })

  ofPerson('export', 'Write everything that is stored of a person, as lines of JSON')
    .option('--out <file>', 'a new file instead of standard output')
    .addHelpText('after', '\nExample:\n  almanac people export --user ada --out ada.ndjson')
    .action(async (flags: PersonFlags & { out?: string }) => {
      const { events, logLines } = await deps.withServer(flags.dataDir, (server) =>
        exportPerson(server, personKey(flags), flags.out, deps.stdout),
      )
      deps.stderr(`${counted(events, 'event')} and ${counted(logLines, 'raw line')}\n`)
    })

  ofPerson('erase', 'Erase everything that is stored of a person, for good')
    .option('--yes', 'do it; without this, only say what would be erased')
    .option('--wait', 'until the bytes are gone from the disk, some ten minutes')
    .addHelpText('after', '\nExample:\n  almanac people erase --user ada --yes')
    .action(async (flags: PersonFlags & { yes?: boolean; wait?: boolean }) => {
      await deps.withServer(flags.dataDir, (server) => erase(server, flags, deps))
    })

  command
    .command('erasures')
    .description('List the erasures and how far they are')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', '\nExample:\n  almanac people erasures')
    .action(async ({ dataDir }: { dataDir: string }) => {
      const erasures = await deps.withServer(dataDir, listErasures)
      const columns = ['id', 'asked for', 'state', 'events', 'raw lines', 'finished', 'problem']
      const rows = erasures.map((one) => [
        one.id,
        one.requestedAt,
        one.state,
        one.events,
        one.logLines,
        one.finishedAt ?? '',
        one.problem ?? '',
      ])
      deps.stdout(formatTable({ columns, rows }))
    })

  return command
}

function personKey({ user, anonymous, visitor }: PersonFlags): object {
  const given = Object.entries({ userId: user, anonymousId: anonymous, visitor }).filter(([, id]) => id !== undefined)
  if (given.length === 1) return Object.fromEntries(given)
  throw new AppError('invalid_request', 'Expected exactly one of --user, --anonymous and --visitor', {
    hint: 'Such as: almanac people find --user ada',
  })
}

async function findPerson(server: ServerAddress, key: object): Promise<PersonAnswer> {
  return JSON.parse(await callServer(server, 'POST', '/api/v1/people/find', key))
}

async function listErasures(server: ServerAddress): Promise<ErasureAnswer[]> {
  return JSON.parse(await callServer(server, 'GET', '/api/v1/erasures')).erasures
}

function summaryOf({ events, firstAt, lastAt, person }: PersonAnswer): string {
  const visitors = counted(person.visitors.length, 'visitor')
  return `${counted(events, 'event')} of ${visitors} from ${firstAt} to ${lastAt}`
}

interface ExportEnd {
  readonly events: number
  readonly logLines: number
}

async function exportPerson(
  server: ServerAddress,
  key: object,
  path: string | undefined,
  stdout: (text: string) => void,
): Promise<ExportEnd> {
  // What is in it is nobody else's business, and a file that is there already is not ours to replace.
  const file = path === undefined ? undefined : await open(path, 'wx', 0o600).catch(unwritable)
  try {
    const answer = await askServer(server, 'POST', '/api/v1/people/export', key)
    let tail = ''
    for await (const text of (answer.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
      if (file) await file.write(text)
      else stdout(text)
      tail = (tail + text).slice(-200)
    }
    return endOf(tail)
  } finally {
    await file?.close()
  }
}

function unwritable(cause: NodeJS.ErrnoException): never {
  throw new AppError('invalid_request', `The export can't be written: ${cause.message}`, {
    hint: 'Name a file that does not exist yet, in a folder that you may write to.',
    cause,
  })
}

function endOf(tail: string): ExportEnd {
  const lastLine = tail.trimEnd().split('\n').at(-1) ?? ''
  if (lastLine.startsWith('{"type":"end"')) return JSON.parse(lastLine)
  throw new AppError('query_failed', 'The export ended in the middle and is not whole', {
    hint: 'Look into logs/server.log of the data directory, then try again.',
  })
}

const ASK_EVERY_MS = 1000

async function erase(
  server: ServerAddress,
  flags: PersonFlags & { readonly yes?: boolean; readonly wait?: boolean },
  deps: CommandDeps,
): Promise<void> {
  const key = personKey(flags)
  if (!flags.yes) {
    const found = await findPerson(server, key)
    throw new AppError('invalid_request', `This erases ${summaryOf(found)}, raw data included, for good`, {
      hint: 'Say --yes to do it. To keep a copy: almanac people export.',
    })
  }
  const { erasure } = JSON.parse(await callServer(server, 'POST', '/api/v1/people/erase', key))
  deps.stderr(`Erasure ${erasure.id} has begun; it goes on whenever the server runs. See: almanac people erasures\n`)
  if (!flags.wait) return
  for (let state = ''; ; await delay(ASK_EVERY_MS)) {
    const now = (await listErasures(server)).find(({ id }) => id === erasure.id)
    const text = now === undefined ? 'lost' : (now.problem ?? now.state)
    if (text !== state) deps.stderr(`${text}\n`)
    state = text
    if (now === undefined || now.finishedAt !== null) return
  }
}
