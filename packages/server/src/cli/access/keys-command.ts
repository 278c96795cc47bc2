import { Command, InvalidArgumentError, Option } from 'commander'
import { ENVIRONMENTS, KEY_SCOPES, type KeyScope } from '../../accounts/keys/api-key.ts'
import { callServer } from '../api-client.ts'
import { formatTable } from '../ask/format-rows.ts'
import type { CommandDeps } from '../command-deps.ts'

interface KeyAnswer {
  readonly id: string
  readonly prefix: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly source: string | null
  readonly lastUsedAt: string | null
  readonly expiresAt: string | null
  readonly revokedAt: string | null
}

interface CreateFlags {
  readonly scopes: readonly KeyScope[]
  readonly source?: string
  readonly environment?: string
  readonly expiresAt?: string
  readonly dataDir: string
}

export function keysCommand(deps: CommandDeps): Command {
  const command = new Command('keys').description('Make, list and revoke API keys')

  command
    .command('create')
    .description('Make an API key; its secret is printed once')
    .argument('<name>', 'what it is for')
    .option('--scopes <scopes>', `with commas between: ${KEY_SCOPES.join(', ')}`, scopes, ['ingest'])
    .option('--source <name>', 'what a key with the scope ingest writes to')
    .addOption(new Option('--environment <name>', 'the only one it writes to').choices(ENVIRONMENTS))
    .option('--expires-at <instant>', 'such as 2027-01-01T00:00:00Z')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', CREATE_HELP)
    .action(async (name: string, { dataDir, ...flags }: CreateFlags) => {
      const text = await deps.withServer(dataDir, (server) =>
        callServer(server, 'POST', '/api/v1/keys', { name, ...flags }),
      )
      const { key, secret }: { key: KeyAnswer; secret: string } = JSON.parse(text)
      deps.stdout(`${secret}\n`)
      deps.stderr(`Keep it safe, it is not shown again. To take it back: almanac keys revoke ${key.id}\n`)
    })

  command
    .command('list')
    .description('List the API keys, revoked ones too')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', '\nExample:\n  almanac keys list')
    .action(async ({ dataDir }: { dataDir: string }) => {
      const text = await deps.withServer(dataDir, (server) => callServer(server, 'GET', '/api/v1/keys'))
      const { keys }: { keys: KeyAnswer[] } = JSON.parse(text)
      deps.stdout(formatTable({ columns: COLUMNS, rows: keys.map(keyRow) }))
    })

  command
    .command('revoke')
    .description('Take an API key back; it stops working within about a second')
    .argument('<id>', 'from almanac keys list')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', '\nExample:\n  almanac keys revoke 0b7a3d5e-1a5e-4a54-9f37-6f7d5e1c2b3a')
    .action(async (id: string, { dataDir }: { dataDir: string }) => {
      await deps.withServer(dataDir, (server) => callServer(server, 'DELETE', `/api/v1/keys/${encodeURIComponent(id)}`))
      deps.stderr(`The key ${id} is revoked.\n`)
    })

  return command
}

const COLUMNS = ['id', 'key', 'name', 'scopes', 'source', 'last used', 'state']

function keyRow({ id, prefix, name, scopes, source, lastUsedAt, expiresAt, revokedAt }: KeyAnswer): string[] {
  const state = revokedAt !== null ? `revoked ${revokedAt}` : expiresAt !== null ? `expires ${expiresAt}` : 'works'
  return [id, `alm_${prefix}_…`, name, scopes.join(','), source ?? '', lastUsedAt ?? 'never', state]
}

function scopes(text: string): string[] {
  const parts = text.split(',').map((part) => part.trim())
  const unknown = parts.find((part) => !KEY_SCOPES.some((scope) => scope === part))
  if (unknown !== undefined)
    throw new InvalidArgumentError(`Expected some of ${KEY_SCOPES.join(', ')}, got ${unknown}.`)
  return parts
}

const CREATE_HELP = `
Examples:
  almanac keys create "our website" --source website
  almanac keys create reports --scopes read --expires-at 2027-01-01T00:00:00Z`
