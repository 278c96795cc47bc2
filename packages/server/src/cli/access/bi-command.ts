import { Command } from 'commander'
import type { BiConnectionAnswer } from '../../http/ask/bi-routes.ts'
import { callServer } from '../api-client.ts'
import type { CommandDeps } from '../command-deps.ts'

export function biCommand(deps: CommandDeps): Command {
  const command = new Command('bi').description('Connect Tableau, Grafana, DBeaver and the like')
  command
    .command('connection')
    .description('Where BI tools find the figures, and with which user and password')
    .option('--json', 'as JSON')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', '\nExample:\n  almanac bi connection')
    .action(async ({ json, dataDir }: { json?: boolean; dataDir: string }) => {
      const [connection, secret] = await deps.withServer(dataDir, async (server) => [
        await callServer(server, 'GET', '/api/v1/bi/connection'),
        await callServer(server, 'GET', '/api/v1/bi/password'),
      ])
      const found: BiConnectionAnswer = JSON.parse(connection)
      const { password }: { password: string } = JSON.parse(secret)
      deps.stdout(json ? `${JSON.stringify({ ...found, password }, undefined, 2)}\n` : connectionText(found, password))
    })
  return command
}

function connectionText(connection: BiConnectionAnswer, password: string): string {
  const { host, port, isEncrypted, isEmbedded, database, user, views, problems } = connection
  const lines = [
    `host      ${host}`,
    `port      ${port} (ClickHouse, HTTP${isEncrypted ? 'S' : ''})`,
    `database  ${database}`,
    `user      ${user}`,
    `password  ${password}`,
    `views     ${views.length}, such as ${views[0] ?? 'none yet'}`,
    ...problems.map(({ view, reason }) => `not made  ${view}: ${reason}`),
  ]
  const tunnel = `ssh -N -L ${port}:127.0.0.1:${port} <this machine>`
  const hint = isEmbedded
    ? `\nOnly programs on this machine reach it. From another one, first open a tunnel:\n  ${tunnel}\n`
    : ''
  return `${lines.join('\n')}\n${hint}`
}
