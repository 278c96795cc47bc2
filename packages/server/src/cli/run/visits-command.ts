import { setTimeout as sleep } from 'node:timers/promises'
import { Command } from 'commander'
import type { VisitsAnswer } from '../../http/manage/data/visits-routes.ts'
import { callServer, type ServerAddress } from '../api-client.ts'
import type { CommandDeps } from '../command-deps.ts'

export function visitsCommand(deps: CommandDeps): Command {
  const command = new Command('visits').description('Make visits anew')
  command
    .command('rebuild')
    .description('Make the visits anew from all stored events, and wait until it is done')
    .option('--source <name>', 'of this source only')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText(
      'after',
      '\nFigures stay right meanwhile. Stopped, it goes on in the background.\n\nExample:\n  almanac visits rebuild --source website',
    )
    .action(async ({ source, dataDir }: { source?: string; dataDir: string }) => {
      await deps.withServer(dataDir, async (server) => {
        await callServer(server, 'POST', '/api/v1/visits/rebuild', { ...(source !== undefined && { source }) })
        await untilRebuilt(server, deps)
      })
      deps.stderr('The visits are made anew.\n')
    })
  return command
}

const POLL_MS = 500

async function untilRebuilt(server: ServerAddress, { stderr }: CommandDeps): Promise<void> {
  for (let told = ''; ; await sleep(POLL_MS)) {
    const { rebuilds }: VisitsAnswer = JSON.parse(await callServer(server, 'GET', '/api/v1/visits'))
    const [first] = rebuilds
    if (!first) return
    const text = `${first.source}: part ${first.done + 1} of ${first.parts}\n`
    if (text !== told) stderr(text)
    told = text
  }
}
