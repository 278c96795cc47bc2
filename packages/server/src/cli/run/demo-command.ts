import { Command } from 'commander'
import { refuseOtherData } from '../../demo/demo-state.ts'
import { demoWorkspace } from '../../demo/demo-workspace.ts'
import type { DemoOptions } from '../../demo/start-demo.ts'
import { announce, type StartDeps, type StartedServer } from './start-command.ts'

export interface DemoDeps extends StartDeps {
  /** Resolves when the history is in the tables; events go on coming until the signal ends them. */
  readonly startDemo: (options: DemoOptions) => Promise<void>
}

interface DemoFlags {
  readonly dataDir?: string
  readonly port?: string
}

export function demoCommand(deps: DemoDeps): Command {
  return new Command('demo')
    .description('Start the server with ninety days of a made-up company, and events that keep coming')
    .option('--data-dir <dir>', 'where the demo is kept (default: ALMANAC_DATA_DIR, or ./almanac-demo)')
    .option('--port <number>', 'port to listen on (default: 4680)')
    .addHelpText('after', HELP)
    .action((flags: DemoFlags) => runDemo(flags, deps))
}

async function runDemo({ dataDir, port }: DemoFlags, deps: DemoDeps): Promise<void> {
  const loaded = deps.loadConfig({ dataDir, port }, { dataDir: DEMO_DIR })
  // The variable may be set for a server of one's own.
  if (dataDir === undefined && loaded.dataDir !== DEMO_DIR) await refuseOtherData(loaded.dataDir)
  const config = { ...loaded, workspace: demoWorkspace(loaded) }
  const stopped = deps.untilStopped()
  const server = await deps.startServer(config)
  announce(server, config, deps)

  const stopping = new AbortController()
  const demo = deps.startDemo({
    dataDir: config.dataDir,
    server: { url: server.url, token: server.localToken },
    signal: stopping.signal,
    onProgress: ({ daysDone, daysTotal, events }) => {
      if (daysDone % 10 !== 0 && daysDone !== daysTotal) return
      deps.stderr(`Filling in the past: day ${daysDone} of ${daysTotal}, ${events.toLocaleString('en')} events\n`)
    },
    onTrouble: (error) =>
      deps.stderr(`A live event could not be sent: ${error instanceof Error ? error.message : error}\n`),
  })
  // What ends first: the user's patience, or the filling by an error.
  const filled = demo.then(() => deps.stderr(readyText(server)))
  try {
    await Promise.race([stopped, filled.then(() => stopped)])
  } finally {
    stopping.abort()
    await filled.catch(() => {})
    await server.stop()
  }
}

/** The address again: the first time, the lines of the filling have moved it out of sight. */
function readyText({ url, setupUrl }: StartedServer): string {
  const setup = setupUrl === undefined ? '' : `As long as there is no account, make the first one at ${setupUrl}\n`
  return `The demo is ready at ${url}, and events keep coming.\n${setup}`
}

const DEMO_DIR = './almanac-demo'
const HELP = `
The first start fills the data directory, which takes a little while; every other one is instant and keeps the data.
To start afresh, delete the folder.

Examples:
  almanac demo
  almanac demo --port 8080 --data-dir /tmp/demo`
