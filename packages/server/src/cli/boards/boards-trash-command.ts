import { AppError } from '@almanac/core/errors.ts'
import type { Command } from 'commander'
import { callServer, type ServerAddress } from '../api-client.ts'
import { formatTable } from '../ask/format-rows.ts'
import type { CommandDeps } from '../command-deps.ts'

interface TrashedBoard {
  readonly id: string
  readonly slug: string
  readonly title: string
  readonly ownerName: string | null
  readonly deletedAt: string
  readonly deletedBy: string | null
}

interface DataDir {
  readonly dataDir: string
}

/** What lies in the trash, and how it comes back. */
export function addTrashCommands(command: Command, deps: CommandDeps): void {
  command
    .command('trash')
    .description('List the deleted boards that can still be brought back')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', '\nExample:\n  almanac boards trash')
    .action(async ({ dataDir }: DataDir) => {
      const { boards, keptDays } = await deps.withServer(dataDir, readTrash)
      deps.stdout(formatTable({ columns: COLUMNS, rows: boards.map(trashRow) }))
      if (boards.length > 0) deps.stderr(`Each is deleted for good ${keptDays} days after it was deleted.\n`)
    })

  command
    .command('restore')
    .description('Bring a board back from the trash, with its versions and links')
    .argument('<board>', 'its address, or its id from almanac boards trash')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', RESTORE_HELP)
    .action(async (board: string, { dataDir }: DataDir) => {
      const { slug, title } = await deps.withServer(dataDir, (server) => restore(server, board))
      deps.stdout(`${slug}\n`)
      deps.stderr(`The board "${title}" is back.\n`)
    })
}

async function restore(server: ServerAddress, board: string): Promise<{ slug: string; title: string }> {
  const { boards } = await readTrash(server)
  // The latest first: of several with one address it is the one that was deleted last.
  const found = boards.find(({ id, slug }) => id === board || slug === board)
  if (!found) {
    throw new AppError('not_found', `There is no board ${board} in the trash`, { hint: 'See: almanac boards trash' })
  }
  return JSON.parse(await callServer(server, 'POST', `/api/v1/trash/${found.id}/restore`))
}

async function readTrash(server: ServerAddress): Promise<{ boards: TrashedBoard[]; keptDays: number }> {
  return JSON.parse(await callServer(server, 'GET', '/api/v1/trash'))
}

const COLUMNS = ['address', 'title', 'owner', 'deleted', 'by', 'id']

function trashRow({ slug, title, ownerName, deletedAt, deletedBy, id }: TrashedBoard): string[] {
  return [slug, title, ownerName ?? '', deletedAt, deletedBy ?? '', id]
}

const RESTORE_HELP = `
Prints the end of its address: another one where its own is another board's by now. Of several boards that had the same address,
the one that was deleted last comes back.

Examples:
  almanac boards restore sales
  almanac boards restore 0b7a3d5e-1a5e-4a54-9f37-6f7d5e1c2b3a`
