import { Command, CommanderError } from 'commander'
import { biCommand } from './access/bi-command.ts'
import { keysCommand } from './access/keys-command.ts'
import { peopleCommand } from './access/people-command.ts'
import { cohortsCommand } from './ask/cohorts-command.ts'
import { explainCommand } from './ask/explain-command.ts'
import { queryCommand } from './ask/query-command.ts'
import { segmentsCommand } from './ask/segments-command.ts'
import { type SqlDeps, sqlCommand } from './ask/sql-command.ts'
import { annotateCommand } from './boards/annotate-command.ts'
import { boardsCommand } from './boards/boards-command.ts'
import { identityCommand } from './collect/identity-command.ts'
import { linksCommand } from './collect/links-command.ts'
import { metricsCommand } from './collect/metrics-command.ts'
import { sourcesCommand } from './collect/sources-command.ts'
import { uploadCommand } from './collect/upload-command.ts'
import { type DoctorDeps, doctorCommand } from './doctor/doctor-command.ts'
import { errorText, type Output } from './output.ts'
import { type CubesDeps, cubesCommand } from './run/cubes-command.ts'
import { type DemoDeps, demoCommand } from './run/demo-command.ts'
import { startCommand } from './run/start-command.ts'
import { visitsCommand } from './run/visits-command.ts'
import { workspaceCommand } from './run/workspace-command.ts'

export interface ProgramDeps extends CubesDeps, DemoDeps, DoctorDeps, SqlDeps {
  readonly loadConfig: DemoDeps['loadConfig']
  readonly importCommand: Command
  readonly version: string
}

const USAGE_EXIT_CODE = 2

/** Runs a command line and answers with its exit code: 0 right, 1 failed, 2 wrong usage; commands may set others. */
export async function runProgram(args: readonly string[], deps: Omit<ProgramDeps, 'setExitCode'>): Promise<number> {
  let exitCode = 0
  const setExitCode = (code: number) => {
    exitCode = code
  }
  try {
    await buildProgram({ ...deps, setExitCode }).parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE_EXIT_CODE
    deps.stderr(errorText(error))
    return 1
  }
}

/** All commands, not yet asked for anything. */
export function buildProgram(deps: ProgramDeps): Command {
  const program = new Command('almanac')
    .description('Analytics and business intelligence that you run yourself')
    .version(deps.version)
    .addHelpText('after', HELP)
  const commands = [
    startCommand(deps),
    demoCommand(deps),
    deps.importCommand,
    queryCommand(deps),
    explainCommand(deps),
    cohortsCommand(deps),
    sqlCommand(deps),
    biCommand(deps),
    segmentsCommand(deps),
    boardsCommand(deps),
    annotateCommand(deps),
    metricsCommand(deps),
    uploadCommand(deps),
    keysCommand(deps),
    sourcesCommand(deps),
    peopleCommand(deps),
    linksCommand(deps),
    identityCommand(deps),
    visitsCommand(deps),
    cubesCommand(deps),
    workspaceCommand(deps),
    doctorCommand(deps),
  ]
  for (const command of commands) program.addCommand(command)
  prepare(program, deps)
  return program
}

/** Commander would end the process itself; here errors are thrown and texts go where the caller wants them. */
function prepare(command: Command, { stdout, stderr }: Output): void {
  command
    .exitOverride()
    .configureOutput({ writeOut: stdout, writeErr: stderr })
    .showHelpAfterError('hint: --help shows all options')
  for (const child of command.commands) prepare(child, { stdout, stderr })
}

const HELP = `
Examples:
  almanac demo                                                   look around
  almanac start --data-dir /var/lib/almanac                      a server for real use
  almanac import access.log --format combined --source website   read a log file
  almanac query --measures hits,visitors --grain day --from 2015-05-17 --to 2015-05-21
  almanac doctor                                                 is everything all right`
