import { readFile } from 'node:fs/promises'
import { AppError } from '@almanac/core/errors.ts'
import { Command } from 'commander'
import { callServer } from '../api-client.ts'
import { formatTable } from '../ask/format-rows.ts'
import { writeWhole } from '../write-whole.ts'
import { addShareCommands, type ShareDeps } from './boards-share-command.ts'
import { addTrashCommands } from './boards-trash-command.ts'

interface BoardAnswer {
  readonly slug: string
  readonly title: string
  readonly origin: string
  readonly visibility: string
  readonly ownerName: string | null
  readonly updatedAt: string | null
}

export function boardsCommand(deps: ShareDeps): Command {
  const command = new Command('boards').description('Dashboards: list, share, delete and move them as TypeScript')

  command
    .command('list')
    .description('List the boards; private ones of people are not among them')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', '\nExample:\n  almanac boards list')
    .action(async ({ dataDir }: DataDir) => {
      const text = await deps.withServer(dataDir, (server) => callServer(server, 'GET', '/api/v1/boards'))
      const { boards }: { boards: BoardAnswer[] } = JSON.parse(text)
      deps.stdout(formatTable({ columns: COLUMNS, rows: boards.map(boardRow) }))
    })

  command
    .command('export')
    .description('Write a board as TypeScript, for the folder boards of a workspace')
    .argument('<slug>', 'from almanac boards list')
    .option('--out <file>', 'a file (default: standard output)')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', EXPORT_HELP)
    .action(async (slug: string, { out, dataDir }: DataDir & { readonly out?: string }) => {
      const code = await deps.withServer(dataDir, (server) => callServer(server, 'GET', `${pathOf(slug)}/code`))
      if (out === undefined) return deps.stdout(code)
      await writeWhole(out, [code])
      deps.stderr(`The board ${slug} is in ${out}.\n`)
    })

  command
    .command('import')
    .description('Make a board out of a file such as export writes; the file is read as data and never run')
    .argument('<file>', 'TypeScript')
    .option('--slug <slug>', 'the end of its address (default: made of the title)')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', IMPORT_HELP)
    .action(async (file: string, { slug, dataDir }: DataDir & { readonly slug?: string }) => {
      const body = { code: await codeIn(file), ...(slug !== undefined && { slug }) }
      const text = await deps.withServer(dataDir, (server) => callServer(server, 'POST', '/api/v1/boards/import', body))
      const made: BoardAnswer = JSON.parse(text)
      deps.stdout(`${made.slug}\n`)
      deps.stderr(`The board "${made.title}" is made.\n`)
    })

  command
    .command('delete')
    .description('Delete a board: it goes to the trash, from which it can be brought back for a while')
    .argument('<slug>', 'from almanac boards list')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', '\nExample:\n  almanac boards delete sales-copy')
    .action(async (slug: string, { dataDir }: DataDir) => {
      await deps.withServer(dataDir, (server) => callServer(server, 'DELETE', pathOf(slug)))
      deps.stderr(`The board ${slug} is in the trash. To bring it back: almanac boards restore ${slug}\n`)
    })

  addTrashCommands(command, deps)
  addShareCommands(command, deps)
  return command
}

interface DataDir {
  readonly dataDir: string
}

const pathOf = (slug: string) => `/api/v1/boards/${encodeURIComponent(slug)}`

const COLUMNS = ['address', 'title', 'from', 'seen by', 'owner', 'saved']

function boardRow({ slug, title, origin, visibility, ownerName, updatedAt }: BoardAnswer): string[] {
  return [slug, title, ORIGINS[origin] ?? origin, visibility, ownerName ?? '', updatedAt ?? '']
}

const ORIGINS: Readonly<Record<string, string>> = { made: 'here', workspace: 'workspace', ready: 'Almanac' }

async function codeIn(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new AppError('not_found', `${file} cannot be read: ${(cause as Error).message}`, { cause })
  }
}

const EXPORT_HELP = `
Examples:
  almanac boards export sales --out analytics/boards/sales.ts
  almanac boards export sales | diff analytics/boards/sales.ts -`

const IMPORT_HELP = `
Prints the end of its address. A board of the same title gets an address of its own; none is replaced.

Example:
  almanac boards import sales.ts --slug sales-2027`
