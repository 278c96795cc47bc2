import { Command, Option } from 'commander'
import { callServer } from '../api-client.ts'
import type { CommandDeps } from '../command-deps.ts'

interface UnlinkFlags {
  readonly user: string
  readonly device?: string
  readonly alias?: string
  readonly dataDir: string
}

export function identityCommand(deps: CommandDeps): Command {
  const command = new Command('identity').description('Correct who is who')
  command
    .command('unlink')
    .description('Part a device, or a former name, from the user that it was joined to; for good')
    .requiredOption('--user <id>', 'the user')
    .addOption(new Option('--device <id>', "the device's anonymous id").conflicts('alias'))
    .option('--alias <id>', 'the name that the user had before')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', '\nExample:\n  almanac identity unlink --user ada --device f3b1c2')
    .action(async ({ user, device, alias, dataDir }: UnlinkFlags) => {
      const body = { user, ...(device !== undefined && { device }), ...(alias !== undefined && { alias }) }
      await deps.withServer(dataDir, (server) => callServer(server, 'POST', '/api/v1/identity/unlink', body))
      deps.stderr('They are two again; the figures follow within seconds.\n')
    })
  return command
}
