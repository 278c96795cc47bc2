import { text as readText } from 'node:stream/consumers'
import { AppError } from '@almanac/core/errors.ts'
import type { Command } from 'commander'
import { callServer, type ServerAddress } from '../api-client.ts'
import { counted, formatTable } from '../ask/format-rows.ts'
import { instantOf } from '../ask/instant-of.ts'
import type { CommandDeps } from '../command-deps.ts'
import { printAddress } from '../given-address.ts'

export interface ShareDeps extends CommandDeps {
  readonly stdin: AsyncIterable<Buffer>
}

interface ShareLink {
  readonly id: string
  readonly label: string
  readonly hasPassword: boolean
  readonly allow: readonly string[]
  readonly createdBy: string | null
  readonly expiresAt: string | null
  readonly lastUsedAt: string | null
}

interface ShareFlags {
  readonly label?: string
  readonly allow?: readonly string[]
  readonly passwordStdin?: true
  readonly expiresAt?: string
  readonly timezone?: string
  readonly dataDir: string
}

/** Boards for people without an account. */
export function addShareCommands(command: Command, deps: ShareDeps): void {
  command
    .command('share')
    .description('Make a secret link to a board, for people without an account; its address is printed once')
    .argument('<slug>', 'from almanac boards list')
    .option('--label <text>', 'for whom it is')
    .option('--allow <names>', 'what readers may choose, with commas between: range, grain, compare, variables', names)
    .option('--password-stdin', 'readers have to give a password, which is read from standard input')
    .option('--expires-at <time>', 'when it ends', instantOf)
    .option('--timezone <name>', 'of days, where the board has none (default: UTC)')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', SHARE_HELP)
    .action(async (slug: string, { dataDir, passwordStdin, ...link }: ShareFlags) => {
      // A line is what people type and what echo writes.
      const password = passwordStdin && (await readText(deps.stdin)).replace(/\r?\n$/, '')
      const body = { ...link, ...(password !== undefined && { password }) }
      await deps.withServer(dataDir, async (server) => {
        const made = JSON.parse(await callServer(server, 'POST', linksPath(slug), body))
        printAddress(made, server, deps)
        deps.stderr(`It is not shown again. To end it: almanac boards unshare ${slug} ${made.link.id}\n`)
      })
    })

  command
    .command('links')
    .description('List the links of a board, also those whose time is over')
    .argument('<slug>', 'from almanac boards list')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', '\nExample:\n  almanac boards links sales')
    .action(async (slug: string, { dataDir }: { dataDir: string }) => {
      const links = await deps.withServer(dataDir, (server) => readLinks(server, slug))
      deps.stdout(formatTable({ columns: COLUMNS, rows: links.map(linkRow) }))
    })

  command
    .command('unshare')
    .description('End links of a board, also where they are open')
    .argument('<slug>', 'from almanac boards list')
    .argument('[ids...]', 'from almanac boards links')
    .option('--all', 'all of its links')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', UNSHARE_HELP)
    .action(async (slug: string, ids: readonly string[], { all, dataDir }: { all?: true; dataDir: string }) => {
      if (ids.length > 0 === (all === true)) {
        throw new AppError('invalid_request', 'Expected either ids of links or --all', {
          hint: `almanac boards links ${slug} lists the ids.`,
        })
      }
      const count = await deps.withServer(dataDir, (server) => endLinks(server, slug, all ? undefined : ids))
      deps.stderr(`${counted(count, 'link')} of the board ${slug} ended.\n`)
    })
}

async function readLinks(server: ServerAddress, slug: string): Promise<ShareLink[]> {
  return JSON.parse(await callServer(server, 'GET', linksPath(slug))).links
}

/** Answers with how many; without ids, all. */
async function endLinks(server: ServerAddress, slug: string, ids: readonly string[] | undefined): Promise<number> {
  const ending = new Set(ids ?? (await readLinks(server, slug)).map(({ id }) => id))
  for (const id of ending) await callServer(server, 'DELETE', `${linksPath(slug)}/${encodeURIComponent(id)}`)
  return ending.size
}

const linksPath = (slug: string) => `/api/v1/boards/${encodeURIComponent(slug)}/links`
const names = (text: string) => text.split(',').map((name) => name.trim())

const COLUMNS = ['id', 'for', 'password', 'may choose', 'made by', 'ends', 'last used']

function linkRow({ id, label, hasPassword, allow, createdBy, expiresAt, lastUsedAt }: ShareLink): string[] {
  const password = hasPassword ? 'yes' : 'no'
  return [id, label, password, allow.join(','), createdBy ?? '', expiresAt ?? 'never', lastUsedAt ?? 'never']
}

const SHARE_HELP = `
Whoever has the address sees the board as it is now, and nothing else. Times without a zone are of this machine's.

Examples:
  almanac boards share sales
  almanac boards share sales --label "For our investors" --allow range,compare --expires-at 2027-01-01
  echo "open sesame" | almanac boards share sales --password-stdin`

const UNSHARE_HELP = `
Examples:
  almanac boards unshare sales 0b7a3d5e-1a5e-4a54-9f37-6f7d5e1c2b3a
  almanac boards unshare sales --all`
