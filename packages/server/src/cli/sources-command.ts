import { Command } from 'commander'
import { callServer } from './api-client.ts'
import type { CommandDeps } from './command-deps.ts'
import { formatTable } from './format-rows.ts'

interface SourceAnswer {
  readonly name: string
  readonly label: string
  readonly createdAt: string
}

export function sourcesCommand(deps: CommandDeps): Command {
  const command = new Command('sources').description('Make and list sources: what sends events')

  command
    .command('create')
    .description('Make a source')
    .argument('<name>', 'for keys and filters: small letters, digits, - and _')
    .option('--label <text>', 'for people (default: the name)')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', '\nExample:\n  almanac sources create website --label "Our website"')
    .action(async (name: string, { label = name, dataDir }: { label?: string; dataDir: string }) => {
      await deps.withServer(dataDir, (server) => callServer(server, 'POST', '/api/v1/sources', { name, label }))
      deps.stderr(`Made. To send events: almanac keys create "${label}" --source ${name}\n`)
    })

  command
    .command('list')
    .description('List the sources')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', '\nExample:\n  almanac sources list')
    .action(async ({ dataDir }: { dataDir: string }) => {
      const text = await deps.withServer(dataDir, (server) => callServer(server, 'GET', '/api/v1/sources'))
      const { sources }: { sources: SourceAnswer[] } = JSON.parse(text)
      const rows = sources.map(({ name, label, createdAt }) => [name, label, createdAt])
      deps.stdout(formatTable({ columns: ['name', 'label', 'made'], rows }))
    })

  command
    .command('name')
    .description('Say what clients of another system call a source')
    .argument('<source>', 'the source')
    .argument('<name>', "the client's name of it: a site number, a domain, a measurement id")
    .requiredOption('--protocol <protocol>', 'whose name it is, such as matomo, plausible, umami or ga4')
    .option('--environment <name>', 'production or sandbox', 'production')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', '\nExample:\n  almanac sources name website 1 --protocol matomo')
    .action(async (source: string, name: string, { protocol, environment, dataDir }: NameFlags) => {
      const body = { protocol, name, source, environment }
      await deps.withServer(dataDir, (server) => callServer(server, 'POST', '/api/v1/source-names', body))
      deps.stderr(`Events that ${protocol} sends for ${name} belong to ${source}.\n`)
    })

  return command
}

interface NameFlags {
  readonly protocol: string
  readonly environment: string
  readonly dataDir: string
}
