import { resolve } from 'node:path'
import { AppError } from '@almanac/core/errors.ts'
import { Command, Option } from 'commander'
import type { CliSettings, Config } from '../../config/config.ts'
import type { Output } from '../output.ts'
import type { TemporaryServerMessage } from '../with-server.ts'

/** A server that runs in this process. */
export interface StartedServer {
  readonly url: string
  readonly setupUrl: string | undefined
  readonly localToken: string
  stop(): Promise<void>
}

export interface StartDeps extends Output {
  readonly loadConfig: (options: CliSettings, defaults?: CliSettings) => Config
  readonly startServer: (config: Config) => Promise<StartedServer>
  /** Resolves when somebody asks the process to stop. */
  readonly untilStopped: () => Promise<void>
  /** Set in a process that was started by another one for a single command. */
  readonly parent?: Parent | undefined
}

export interface Parent {
  readonly tell: (message: TemporaryServerMessage) => void
  readonly untilGone: () => Promise<void>
}

interface StartFlags {
  readonly dataDir?: string
  readonly port?: string
  readonly host?: string
  readonly workspace?: string
  readonly temporary?: boolean
}

export function startCommand(deps: StartDeps): Command {
  return new Command('start')
    .description('Start the server and keep it running until Ctrl-C')
    .option('--data-dir <dir>', 'where everything is kept; made when it does not exist (default: ./almanac-data)')
    .option('--port <number>', 'port to listen on; 0 takes a free one (default: 4680)')
    .option('--host <address>', 'address to listen on; 0.0.0.0 opens it to the network (default: 127.0.0.1)')
    .option(
      '--workspace <dir>',
      'folder with cubes and endpoints of your own (default: workspace/ in the data directory)',
    )
    .addOption(new Option('--temporary').hideHelp())
    .addHelpText('after', HELP)
    .action((flags: StartFlags) => (flags.temporary ? serveParent(flags, deps) : serve(flags, deps)))
}

async function serve({ dataDir, port, host, workspace }: StartFlags, deps: StartDeps): Promise<void> {
  const config = deps.loadConfig({ dataDir, port, host, workspace })
  const stopped = deps.untilStopped()
  const server = await deps.startServer(config)
  announce(server, config, deps)
  await stopped
  deps.stderr('Stopping…\n')
  await server.stop()
}

export function announce({ url, setupUrl }: StartedServer, { dataDir }: Config, { stdout }: Output): void {
  stdout(`Almanac runs at ${url}\n`)
  if (setupUrl !== undefined) stdout(`Make the first account at ${setupUrl}\n`)
  stdout(`Data directory: ${resolve(dataDir)}\nStop with Ctrl-C.\n`)
}

async function serveParent({ dataDir }: StartFlags, { parent, loadConfig, startServer }: StartDeps): Promise<void> {
  if (parent === undefined) throw new AppError('unsupported', '--temporary is for servers that a command starts')
  try {
    const server = await startServer({ ...loadConfig({ dataDir, port: 0, host: '127.0.0.1' }), publicUrl: undefined })
    const gone = parent.untilGone()
    parent.tell({ url: server.url, token: server.localToken })
    await gone
    await server.stop()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { code, message, hint } = error
    parent.tell({ error: { code, message, ...(hint !== undefined && { hint }) } })
  }
}

const HELP = `
The first start makes the databases and prints an address for making the first account. All settings, also as
environment variables, are in docs/configuration.md.

Examples:
  almanac start
  almanac start --data-dir /var/lib/almanac --port 8080`
