import {
  PRIVACY_MODES,
  SOURCE_KINDS,
  type SourceKind,
  type SourceSettings,
} from '@almanac/core/sources/source-settings.ts'
import { Command, Option } from 'commander'
import type { SourceHealthAnswer } from '../../http/manage/sources/source-health-routes.ts'
import { callServer } from '../api-client.ts'
import { formatTable } from '../ask/format-rows.ts'
import type { CommandDeps } from '../command-deps.ts'
import { settingText, sourceChange } from './source-flags.ts'

interface SourceAnswer {
  readonly name: string
  readonly label: string
  readonly kind: SourceKind
  readonly settings: SourceSettings
  readonly createdAt: string
}

export function sourcesCommand(deps: CommandDeps): Command {
  const command = new Command('sources').description('Make, change and look at sources: what sends events')
  for (const part of [createCommand, listCommand, showCommand, setCommand, nameCommand]) command.addCommand(part(deps))
  return command
}

interface CreateFlags {
  readonly label?: string
  readonly kind?: string
  readonly privacy?: string
  readonly dataDir: string
}

function createCommand(deps: CommandDeps): Command {
  return new Command('create')
    .description('Make a source')
    .argument('<name>', 'for keys and filters: small letters, digits, - and _')
    .option('--label <text>', 'for people (default: the name)')
    .addOption(new Option('--kind <kind>', 'what it is (default: website)').choices(SOURCE_KINDS))
    .addOption(new Option('--privacy <mode>', 'how much of a person is kept (default: full)').choices(PRIVACY_MODES))
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', CREATE_HELP)
    .action(async (name: string, { label = name, kind, privacy, dataDir }: CreateFlags) => {
      const body = { name, label, ...(kind && { kind }), ...(privacy && { settings: { privacy } }) }
      await deps.withServer(dataDir, (server) => callServer(server, 'POST', '/api/v1/sources', body))
      deps.stderr(`Made. To send events: almanac keys create "${label}" --source ${name}\n`)
    })
}

const CREATE_HELP = `
Examples:
  almanac sources create website --label "Our website"
  almanac sources create shop --kind website --privacy cookieless
  almanac sources create backend --kind server`

function listCommand(deps: CommandDeps): Command {
  return new Command('list')
    .description('List the sources')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', '\nExample:\n  almanac sources list')
    .action(async ({ dataDir }: { dataDir: string }) => {
      const text = await deps.withServer(dataDir, (server) => callServer(server, 'GET', '/api/v1/sources'))
      const { sources }: { sources: SourceAnswer[] } = JSON.parse(text)
      const rows = sources.map(({ name, label, kind, createdAt }) => [name, label, kind, createdAt])
      deps.stdout(formatTable({ columns: ['name', 'label', 'kind', 'made'], rows }))
    })
}

function showCommand(deps: CommandDeps): Command {
  return new Command('show')
    .description('Show the settings of a source and how it is doing')
    .argument('<name>', 'the source')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', '\nExample:\n  almanac sources show website')
    .action(async (name: string, { dataDir }: { dataDir: string }) => {
      const path = pathOf(name)
      const [source, health] = await deps.withServer(dataDir, async (server) => [
        await callServer(server, 'GET', path),
        await callServer(server, 'GET', `${path}/health`),
      ])
      deps.stdout(formatTable({ columns: ['setting', 'value'], rows: settingRows(JSON.parse(source ?? '').source) }))
      deps.stdout(
        formatTable({ columns: ['events', 'last hour', 'today'], rows: healthRows(JSON.parse(health ?? '')) }),
      )
    })
}

function settingRows({ label, kind, settings, createdAt }: SourceAnswer): string[][] {
  const rows = Object.entries(settings).map(([name, value]) => [name, settingText(value)])
  return [['label', label], ['kind', kind], ['made', createdAt], ...rows]
}

function healthRows({ eventsPerSecond, lastEventAt, lastHour, today }: SourceHealthAnswer): (string | number)[][] {
  const row = (name: string, count: (totals: typeof today) => number) => [name, count(lastHour), count(today)]
  const reasonRows = (kind: 'rejected' | 'filtered') =>
    today[kind].map(({ reason }) =>
      row(`${kind}: ${reason}`, (totals) => totals[kind].find((one) => one.reason === reason)?.count ?? 0),
    )
  return [
    ['a second, now', eventsPerSecond, ''],
    ['the last one', lastEventAt ?? 'none yet', ''],
    row('accepted', ({ accepted }) => accepted),
    row('duplicates', ({ duplicates }) => duplicates),
    ...reasonRows('rejected'),
    ...reasonRows('filtered'),
  ]
}

function setCommand(deps: CommandDeps): Command {
  return new Command('set')
    .description('Change the settings of a source')
    .argument('<name>', 'the source')
    .argument('<settings...>', 'such as privacy=masked; lists with commas between')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', SET_HELP)
    .action(async (name: string, words: string[], { dataDir }: { dataDir: string }) => {
      const change = sourceChange(words)
      await deps.withServer(dataDir, (server) => callServer(server, 'PATCH', pathOf(name), change))
      deps.stderr('Changed. It holds for what comes from now on.\n')
    })
}

const SET_HELP = `
Examples:
  almanac sources set website privacy=cookieless respectGlobalPrivacyControl=true
  almanac sources set website allowedOrigins=www.example.com,*.example.org blockedPaths=/admin/*
  almanac sources set website blockedAddresses=192.0.2.0/24 eventsPerSecond=none timezone=Europe/Berlin`

const pathOf = (name: string) => `/api/v1/sources/${encodeURIComponent(name)}`

interface NameFlags {
  readonly protocol: string
  readonly environment: string
  readonly dataDir: string
}

function nameCommand(deps: CommandDeps): Command {
  return new Command('name')
    .description('Say what clients of another system call a source')
    .argument('<source>', 'the source')
    .argument('<name>', "the client's name of it: a site number, a domain, a measurement id")
    .requiredOption('--protocol <protocol>', 'whose name it is, such as matomo, plausible, umami or ga4')
    .option('--environment <name>', 'production or sandbox', 'production')
    .option('--data-dir <dir>', 'the data directory', deps.defaultDataDir)
    .addHelpText('after', '\nExample:\n  almanac sources name website 1 --protocol matomo')
    .action(async (source: string, name: string, { protocol, environment, dataDir }: NameFlags) => {
      const body = { protocol, name, source, environment }
      await deps.withServer(dataDir, (server) => callServer(server, 'POST', '/api/v1/source-names', body))
      deps.stderr(`Events that ${protocol} sends for ${name} belong to ${source}.\n`)
    })
}
