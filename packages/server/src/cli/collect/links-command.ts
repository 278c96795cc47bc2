import { Command, InvalidArgumentError, Option } from 'commander'
import { ENVIRONMENTS } from '../../accounts/keys/api-key.ts'
import { callServer } from '../api-client.ts'
import { formatTable } from '../ask/format-rows.ts'
import type { CommandDeps } from '../command-deps.ts'

interface LinkAnswer {
  readonly code: string
  readonly url: string
  readonly target: string
  readonly source: string
  readonly environment: string
  readonly network: string
  readonly campaign: string
  readonly adgroup: string
  readonly creative: string
  readonly clicks: number
  readonly uniqueClicks: number
  readonly installs: number
  readonly archivedAt: string | null
}

interface CreateFlags {
  readonly source: string
  readonly parameter?: Readonly<Record<string, string>>
  readonly dataDir: string
}

interface SetFlags {
  readonly parameter?: Readonly<Record<string, string>>
  readonly restore?: true
  readonly dataDir: string
}

interface ListFlags {
  readonly source?: string
  readonly from?: string
  readonly to?: string
  readonly archived?: true
  readonly dataDir: string
}

export function linksCommand(deps: CommandDeps): Command {
  const command = new Command('links').description('Make and list tracking links, which count clicks and installs')

  command
    .command('create')
    .description('Make a tracking link; its address is printed')
    .argument('<target>', 'where it leads: https://…, with placeholders such as {click_id}')
    .requiredOption('--source <name>', 'what its clicks belong to')
    .addOption(new Option('--environment <name>', 'production or sandbox').choices(ENVIRONMENTS))
    .option('--code <code>', 'the end of its address (default: one is made)')
    .option('--label <text>', 'for people')
    .option('--network <name>', 'the first level of the channel')
    .option('--campaign <name>', 'the second; {name} is left to the ad network, for it to fill in')
    .option('--adgroup <name>', 'the third')
    .option('--creative <name>', 'the fourth')
    .option('--parameter <name=value>', 'a property of its clicks; may be given several times', parameter)
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', CREATE_HELP)
    .action(async (target: string, { dataDir, parameter, ...flags }: CreateFlags) => {
      const body = { target, ...flags, ...(parameter && { parameters: parameter }) }
      const text = await deps.withServer(dataDir, (server) => callServer(server, 'POST', '/api/v1/links', body))
      const { link }: { link: LinkAnswer } = JSON.parse(text)
      deps.stdout(`${link.url}\n`)
    })

  command
    .command('list')
    .description('List the tracking links with their clicks and installs')
    .option('--source <name>', 'only of this source')
    .option('--from <time>', 'clicks and installs from this day (UTC) or instant on')
    .option('--to <time>', 'and before this one')
    .option('--archived', 'archived ones too')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', '\nExample:\n  almanac links list --source game --from 2026-05-01 --to 2026-06-01')
    .action(async ({ dataDir, archived, ...filter }: ListFlags) => {
      const query = new URLSearchParams({ ...filter, ...(archived && { archived: 'true' }) })
      const path = `/api/v1/links?${query}`
      const text = await deps.withServer(dataDir, (server) => callServer(server, 'GET', path))
      const { links }: { links: LinkAnswer[] } = JSON.parse(text)
      deps.stdout(formatTable({ columns: COLUMNS, rows: links.map(linkRow) }))
    })

  command
    .command('set')
    .description('Change a tracking link; its address and what it has counted stay')
    .argument('<code>', 'from almanac links list')
    .option('--target <address>', 'where it leads from now on')
    .option('--label <text>', 'for people')
    .option('--network <name>', 'the first level of the channel')
    .option('--campaign <name>', 'the second')
    .option('--adgroup <name>', 'the third')
    .option('--creative <name>', 'the fourth')
    .option('--parameter <name=value>', 'all properties of its clicks from now on; may be repeated', parameter)
    .option('--restore', 'an archived link works again')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText(
      'after',
      '\nExample:\n  almanac links set spring-sale --target https://example.com/summer --campaign Summer',
    )
    .action(async (code: string, { dataDir, parameter, restore, ...flags }: SetFlags) => {
      const body = { ...flags, ...(parameter && { parameters: parameter }), ...(restore && { archived: false }) }
      await deps.withServer(dataDir, (server) => callServer(server, 'PATCH', pathOf(code), body))
      deps.stderr(`The link ${code} is changed.\n`)
    })

  command
    .command('archive')
    .description('Take a tracking link back: its address leads nowhere from then on, its figures stay')
    .argument('<code>', 'from almanac links list')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', '\nExample:\n  almanac links archive spring-sale')
    .action(async (code: string, { dataDir }: { dataDir: string }) => {
      await deps.withServer(dataDir, (server) => callServer(server, 'DELETE', pathOf(code)))
      deps.stderr(`The link ${code} is archived.\n`)
    })

  return command
}

const pathOf = (code: string) => `/api/v1/links/${encodeURIComponent(code)}`

const COLUMNS = ['code', 'address', 'source', 'channel', 'clicks', 'unique', 'installs', 'state']

function linkRow(link: LinkAnswer): (string | number)[] {
  const { code, url, source, environment, clicks, uniqueClicks, installs, archivedAt } = link
  const channel = [link.network, link.campaign, link.adgroup, link.creative].join('::').replace(/:+$/, '')
  const of = environment === 'production' ? source : `${source} (${environment})`
  const state = archivedAt === null ? 'works' : `archived ${archivedAt}`
  return [code, url, of, channel, clicks, uniqueClicks, installs, state]
}

function parameter(text: string, earlier: Readonly<Record<string, string>> = {}): Record<string, string> {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError(`Expected a name, = and a value, got ${text}.`)
  return { ...earlier, [text.slice(0, at)]: text.slice(at + 1) }
}

const CREATE_HELP = `
Examples:
  almanac links create "https://play.google.com/store/apps/details?id=com.example.game" --source game --network Newsletter
  almanac links create "https://example.com/app?click={click_id}" --source game --network Ads --campaign "{campaign_name}"`
