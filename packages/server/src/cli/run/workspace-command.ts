import { resolve } from 'node:path'
import { Command } from 'commander'
import type { Config } from '../../config/config.ts'
import { counted } from '../ask/format-rows.ts'
import type { Output } from '../output.ts'

export interface WorkspaceCommandDeps extends Output {
  readonly loadConfig: (options: object) => Config
  readonly setExitCode: (code: number) => void
}

export function workspaceCommand(deps: WorkspaceCommandDeps): Command {
  const command = new Command('workspace').description(
    'The folder with cubes, endpoints, boards and segments of your own',
  )
  command
    .command('check')
    .description('Load the files of a workspace and print everything that is wrong with them; needs no server')
    .argument('[dir]', 'the workspace (default: the one that a server would use)')
    .addHelpText('after', CHECK_HELP)
    .action((dir: string | undefined) => check(dir, deps))
  command
    .command('init')
    .description('Make a workspace, or what is missing of one')
    .argument('[dir]', 'the folder', '.')
    .addHelpText('after', INIT_HELP)
    .action((dir: string) => init(dir, deps))
  return command
}

async function check(dir: string | undefined, deps: WorkspaceCommandDeps): Promise<void> {
  const { READY_CUBES } = await import('@almanac/core/cubes/ready/ready-cubes.ts')
  const { workspaceFolder } = await import('../../workspace/files/workspace-folder.ts')
  const { loadWorkspace } = await import('../../workspace/load-workspace.ts')
  const { errorsIn } = await import('../../workspace/check-workspace.ts')
  const { workspaceErrorText } = await import('../../workspace/workspace-error.ts')
  const folder = dir === undefined ? workspaceFolder(deps.loadConfig({})) : resolve(dir)
  if (folder === undefined) {
    deps.stderr('There is no workspace: name one, or make one with "almanac workspace init DIR".\n')
    return
  }
  const loaded = await loadWorkspace(folder, READY_CUBES, { onOutput: deps.stderr })
  const errors = errorsIn(loaded)
  for (const error of errors) deps.stdout(`${workspaceErrorText(error)}\n`)
  if (errors.length > 0) {
    deps.stderr(`${counted(errors.length, 'error')} in ${folder}\n`)
    deps.setExitCode(1)
    return
  }
  for (const { file, defines } of loaded.files) {
    deps.stdout(`${file}: ${defines.map(({ kind, name }) => `${kind} ${name}`).join(', ')}\n`)
  }
  deps.stderr(`${counted(loaded.files.length, 'file')} without errors in ${folder}\n`)
}

async function init(dir: string, { stdout, stderr }: WorkspaceCommandDeps): Promise<void> {
  const { initWorkspace } = await import('../../workspace/init-workspace.ts')
  for (const file of await initWorkspace(resolve(dir))) stdout(`${file}\n`)
  stderr(`The workspace is ready. Start the server with: almanac start --workspace ${dir}\n`)
}

const CHECK_HELP = `
Prints one line for each error, with file and line, and ends with exit code 1 when there is any.

Example:
  almanac workspace check .`

const INIT_HELP = `
Files that are there stay as they are. After a checkout, it tells the editor where Almanac lies on this machine.

Example:
  almanac workspace init analytics && almanac workspace check analytics`
