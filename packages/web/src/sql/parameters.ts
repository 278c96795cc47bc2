import { parametersOf, statementParameters } from '@almanac/core/charts/sql/statement-parameters.ts'
import { clockText, momentValue } from './moment-values.ts'

/** What a statement asks for by `{name:Type}`, as fields, and what is typed into them as values. */
export interface Parameter {
  readonly name: string
  readonly type: string
}

/** What a dashboard gives to a statement by itself. */
const BOARD_PARAMETERS = ['from', 'to', 'timezone', 'grain'] as const

/** Comments and texts ask for nothing. */
export function parametersIn(sql: string): Parameter[] {
  return [...parametersOf(withoutTexts(sql))].map(([name, type]) => ({ name, type }))
}

/** The moments and the zone of a dashboard, as the statement would get them there, for its fields. */
export function boardValues(sql: string, now: Temporal.ZonedDateTime, days = 28): Readonly<Record<string, string>> {
  const to = now.startOfDay().add({ days: 1 })
  const board = {
    from: to.subtract({ days }),
    to,
    timezone: now.timeZoneId,
    grain: 'day' as const,
    chosen: {},
  }
  const values = statementParameters(sql, {}, board)
  return Object.fromEntries(
    parametersIn(sql).flatMap(({ name, type }) =>
      Object.hasOwn(values, name) ? [[name, clockText(type, String(values[name]), now.timeZoneId)]] : [],
    ),
  )
}

/**
 * As the API takes them: lists for arrays, seconds for times of the reader's clock, and texts for everything else, which the
 * engine reads by the type. An empty field of a type that may be nothing is nothing.
 */
export function sentValues(
  parameters: readonly Parameter[],
  typed: Readonly<Record<string, string>>,
  timezone: string,
): Record<string, string | null | readonly string[]> {
  return Object.fromEntries(
    parameters.flatMap(({ name, type }) => {
      const text = Object.hasOwn(typed, name) ? typed[name] : undefined
      return text === undefined ? [] : [[name, sentValue(type, text, timezone)] as const]
    }),
  )
}

function sentValue(type: string, text: string, timezone: string): string | null | readonly string[] {
  if (type.startsWith('Array(')) return listOf(text)
  return text === '' && type.startsWith('Nullable(') ? null : momentValue(type, text, timezone)
}

/** `a, "b, c"` are two. */
export function listOf(text: string): string[] {
  const found = [...text.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(?:,|$)/g)].flatMap(
    ([whole, quoted, plain = '']) => {
      if (whole === '') return []
      return quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"')
    },
  )
  return found.filter((one, i) => one !== '' || i < found.length - 1)
}

/** Values that were saved with a statement, as they are typed into its fields. */
export function typedValues(
  sql: string,
  saved: Readonly<Record<string, unknown>>,
  timezone: string,
): Record<string, string> {
  const types = new Map(parametersIn(sql).map(({ name, type }) => [name, type]))
  return Object.fromEntries(
    Object.entries(saved).map(([name, value]) => [
      name,
      Array.isArray(value)
        ? value.map((one) => listed(String(one))).join(', ')
        : clockText(types.get(name) ?? '', String(value), timezone),
    ]),
  )
}

/** So that `listOf` reads it as one. */
const listed = (text: string) => (/^$|[",]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** Those that are missing a value, so that nothing is sent in vain. */
export function missingValues(parameters: readonly Parameter[], typed: Readonly<Record<string, string>>): string[] {
  return parameters.flatMap(({ name, type }) => {
    if (Object.hasOwn(typed, name) && typed[name] !== '') return []
    return /^(Nullable\(|Array\(|String|FixedString|LowCardinality\(String)/.test(type) && Object.hasOwn(typed, name)
      ? []
      : [name]
  })
}

/** For a widget: what the dashboard gives is left to it. */
export function ownValues(
  parameters: readonly Parameter[],
  typed: Readonly<Record<string, string>>,
  timezone: string,
): Record<string, string | string[]> {
  const own = parameters.filter(({ name }) => !(BOARD_PARAMETERS as readonly string[]).includes(name))
  return Object.fromEntries(
    Object.entries(sentValues(own, typed, timezone)).flatMap(([name, value]) =>
      value === null ? [] : [[name, typeof value === 'string' ? value : [...value]] as const],
    ),
  )
}

function withoutTexts(sql: string): string {
  return sql.replaceAll(/'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|--[^\n]*|\/\*[\s\S]*?\*\//g, ' ')
}
