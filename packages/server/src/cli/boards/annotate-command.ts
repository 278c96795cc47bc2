import { Command } from 'commander'
import { callServer } from '../api-client.ts'
import { instantOf } from '../ask/instant-of.ts'
import type { CommandDeps } from '../command-deps.ts'

interface Flags {
  readonly at?: string
  readonly until?: string
  readonly tags?: readonly string[]
  readonly text?: string
  readonly board?: string
  readonly dataDir: string
}

export function annotateCommand(deps: CommandDeps): Command {
  return new Command('annotate')
    .description('Say on all charts that something happened: a deploy, a campaign')
    .argument('<title>', 'what happened')
    .option('--at <time>', 'when it happened, or began (default: now)', instantOf)
    .option('--until <time>', 'when it was over', instantOf)
    .option('--tags <tags>', 'with commas between', (text) => text.split(',').map((tag) => tag.trim()))
    .option('--text <text>', 'more about it')
    .option('--board <slug>', 'the only board that shows it (default: all)')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', HELP)
    .action(async (title: string, { dataDir, ...fields }: Flags) => {
      const body = { title, ...fields }
      const text = await deps.withServer(dataDir, (server) => callServer(server, 'POST', '/api/v1/annotations', body))
      const { id, at }: { id: string; at: string } = JSON.parse(text)
      deps.stdout(`${id}\n`)
      deps.stderr(`Noted at ${at}.\n`)
    })
}

const HELP = `
Prints the id of the annotation. Times without a zone are of this machine's.

Examples:
  almanac annotate "Deploy 1.4" --tags deploy
  almanac annotate "Spring sale" --at 2026-03-01 --until 2026-03-15 --tags campaign,sale --board revenue`
