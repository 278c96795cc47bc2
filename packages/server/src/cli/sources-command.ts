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

  return command
}
