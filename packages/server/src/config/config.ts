import { AppError, type Issue } from '@almanac/core/errors.ts'
import type { z } from 'zod'
import { SETTINGS } from './settings.ts'

type SettingName = keyof typeof SETTINGS
type ValueOf<Name extends SettingName> = z.output<(typeof SETTINGS)[Name]['schema']>

/** Settings with a default are always there, the others may be `undefined`. */
export type Config = {
  readonly [Name in SettingName]: (typeof SETTINGS)[Name]['fallback'] extends string
    ? ValueOf<Name>
    : ValueOf<Name> | undefined
}
export type CliSettings = { readonly [Name in SettingName]?: string | number | undefined }

/**
 * Checks all settings at once: options of the command line first, then the environment, then the defaults, of which a command
 * may have its own. Throws `invalid_config` with every problem found. Below this function nothing reads the environment.
 */
export function loadConfig(env: NodeJS.ProcessEnv, options: CliSettings = {}, defaults: CliSettings = {}): Config {
  const issues: Issue[] = []
  const values = Object.entries(SETTINGS).map(([name, { variable, schema, fallback }]) => {
    const option = options[name as SettingName]
    const given = option ?? (env[variable] || (defaults[name as SettingName] ?? fallback))
    const text = given === undefined ? undefined : String(given)
    if (text === undefined) return [name, undefined]
    const result = schema.safeParse(text)
    if (!result.success) {
      const path = [option === undefined ? variable : optionName(name)]
      issues.push(...result.error.issues.map(({ message }) => ({ path, message })))
    }
    return [name, result.data]
  })
  const config: Config = Object.freeze(Object.fromEntries(values))
  issues.push(...pairIssues(config))
  if (issues.length > 0) throw configError(issues)
  return config
}

function pairIssues({ clickhouseUrl, clickhouseReaderUrl, cluster }: Config): Issue[] {
  const issues: Issue[] = []
  if ((clickhouseUrl === undefined) !== (clickhouseReaderUrl === undefined)) {
    const [missing, given] =
      clickhouseUrl === undefined
        ? (['clickhouseUrl', 'clickhouseReaderUrl'] as const)
        : (['clickhouseReaderUrl', 'clickhouseUrl'] as const)
    const path = [SETTINGS[missing].variable]
    issues.push({ path, message: `expected a value too, because ${SETTINGS[given].variable} is set` })
  }
  if (cluster && clickhouseUrl === undefined) {
    issues.push({ path: [SETTINGS.cluster.variable], message: 'expected ALMANAC_CLICKHOUSE_URL with a cluster' })
  }
  return issues
}

function configError(issues: readonly Issue[]): AppError {
  const list = issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  return new AppError('invalid_config', `The configuration is not valid: ${list.join('; ')}`, {
    issues,
    hint: 'docs/configuration.md lists all settings.',
  })
}

function optionName(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}
