import { Command } from 'commander'
import type { Config } from '../config/config.ts'
import { runUntilStopped, type StartDeps, type StartedServer } from './start-command.ts'

export interface DemoDeps extends StartDeps {
  /** Starts the server, fills it on the first start, and keeps a trickle of events coming until it is stopped. */
  readonly startDemo: (config: Config, say: (text: string) => void) => Promise<StartedServer>
}

interface DemoFlags {
  readonly dataDir: string
  readonly port?: string
}

export function demoCommand(deps: DemoDeps): Command {
  return new Command('demo')
    .description('Start the server with ninety days of a made-up company, and events that keep coming')
    .option('--data-dir <dir>', 'where the demo is kept', './almanac-demo')
    .option('--port <number>', 'port to listen on (default: 4680)')
    .addHelpText('after', HELP)
    .action(async ({ dataDir, port }: DemoFlags) => {
      const config = deps.loadConfig({ dataDir, port })
      await runUntilStopped(await deps.startDemo(config, deps.stderr), config, deps)
    })
}

const HELP = `
The first start fills the data directory, which takes a little while; every other one is instant and keeps the data.
To start afresh, delete the folder.

Examples:
  almanac demo
  almanac demo --port 8080 --data-dir /tmp/demo`
