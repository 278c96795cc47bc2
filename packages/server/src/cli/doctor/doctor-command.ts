import { join } from 'node:path'
import { Command } from 'commander'
import type { Config } from '../../config/config.ts'
import type { WorkspaceAnswer } from '../../http/manage/data/workspace-routes.ts'
import type { Readiness } from '../../http/operate/health-routes.ts'
import type { StatusAnswer } from '../../http/operate/status-routes.ts'
import { verifyLog } from '../../log/verify-log.ts'
import type { ServerAddress } from '../api-client.ts'
import { callServer } from '../api-client.ts'
import type { CommandDeps } from '../command-deps.ts'
import { requireDataDirectory } from '../with-server.ts'
import { type Check, failureOf, type NamedFinding, ok, runChecks } from './check.ts'
import { checkPort, machineChecks } from './machine-checks.ts'
import { type ServerFacts, serverChecks } from './server-checks.ts'

export interface DoctorDeps extends CommandDeps {
  readonly loadConfig: (options: { readonly dataDir: string }) => Config
  readonly findServer: (dataDir: string) => Promise<ServerAddress | undefined>
  readonly setExitCode: (code: number) => void
}

export function doctorCommand(deps: DoctorDeps): Command {
  return new Command('doctor')
    .description('Check the machine, the engines and the data, and say what is wrong and what to do')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', HELP)
    .action(async ({ dataDir }: { dataDir: string }) => {
      requireDataDirectory(dataDir)
      const config = deps.loadConfig({ dataDir })
      const findings = await runChecks(machineChecks(config))
      findings.push(...(await checkServer(config, deps)))
      for (const finding of findings) deps.stdout(findingText(finding))
      if (findings.some(({ state }) => state === 'fail')) deps.setExitCode(1)
    })
}

/** Through the running server, or one that is started for it; a server that does not start is itself the finding. */
async function checkServer(config: Config, deps: DoctorDeps): Promise<NamedFinding[]> {
  const { dataDir, host, port } = config
  const running = await deps.findServer(dataDir)
  const server: Check =
    running === undefined
      ? { name: 'port', run: () => checkPort(host, port) }
      : { name: 'server', run: () => ok(`it runs at ${running.url}`) }
  try {
    return await deps.withServer(dataDir, async (address) => {
      return runChecks([server, ...serverChecks(await readFacts(address, dataDir))])
    })
  } catch (error) {
    return [...(await runChecks([server])), { name: 'server', ...failureOf(error) }]
  }
}

async function readFacts(server: ServerAddress, dataDir: string): Promise<ServerFacts> {
  const status: StatusAnswer = JSON.parse(await callServer(server, 'GET', '/api/v1/status'))
  const readyz = await fetch(new URL('/readyz', server.url))
  const { checks } = (await readyz.json()) as { checks: Readiness }
  const workspace: WorkspaceAnswer = JSON.parse(await callServer(server, 'GET', '/api/v1/workspace'))
  return { status, readiness: checks, workspace, verifyLog: () => verifyLog(join(dataDir, 'log')) }
}

function findingText({ name, state, words, whatToDo }: NamedFinding): string {
  const mark = { ok: 'ok  ', warn: 'warn', fail: 'FAIL' }[state]
  const line = `${mark}  ${name}: ${words}\n`
  return whatToDo === undefined || state === 'ok' ? line : `${line}      ${whatToDo}\n`
}

const HELP = `
Without a running server it starts one for the checks and stops it again. The exit code is 1 when something failed.

Example:
  almanac doctor --data-dir /var/lib/almanac`
