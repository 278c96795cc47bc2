import type { BoardScope } from '../../boards/widget-query.ts'
import type { ZonedRange } from '../../time/range-preset.ts'

/** What a board gives to a statement, where the statement asks for it: `{name:Type}`. */
export interface BoardParameters extends ZonedRange, Pick<BoardScope, 'timezone' | 'grain'> {
  /** By the names of the variables: what is chosen. Nothing is all values, which the statement has to make of it. */
  readonly chosen: Readonly<Record<string, readonly string[]>>
}

type Own = Readonly<Record<string, unknown>>

/**
 * A value for every parameter that the statement names: the board's where it has one of that name, else the statement's own.
 * The engine binds them; a name without a value is left out, and the engine says which one it is.
 */
export function statementParameters(sql: string, own: Own, board: BoardParameters): Record<string, unknown> {
  const values = [...parametersOf(sql)].map(([name, type]) => [
    name,
    boardValue(name, type, board) ?? ownValue(name, own),
  ])
  return Object.fromEntries(values.filter(([, value]) => value !== undefined))
}

/** Names with their types. What stands in a comment or a text is found too, and is one value too many that nobody reads. */
export function parametersOf(sql: string): ReadonlyMap<string, string> {
  return new Map(
    [...sql.matchAll(/\{\s*([A-Za-z_]\w*)\s*:\s*([^{}]+?)\s*\}/g)].map(([, name = '', type = '']) => [name, type]),
  )
}

function boardValue(name: string, type: string, { from, to, timezone, grain, chosen }: BoardParameters): unknown {
  switch (name) {
    case 'from':
      return momentValue(from, type)
    case 'to':
      return momentValue(to, type)
    case 'timezone':
      return timezone
    case 'grain':
      return grain
    default:
      if (!Object.hasOwn(chosen, name)) return undefined
      return type.startsWith('Array') ? [...(chosen[name] ?? [])] : (chosen[name]?.[0] ?? '')
  }
}

const ownValue = (name: string, own: Own) => (Object.hasOwn(own, name) ? own[name] : undefined)

/** Times as seconds since 1970: read as text, an hour that comes twice would be either of the two. */
function momentValue(moment: Temporal.ZonedDateTime, type: string): unknown {
  const seconds = Math.floor(moment.epochMilliseconds / 1000)
  if (type.startsWith('DateTime64')) return `${seconds}.${String(moment.millisecond).padStart(3, '0')}`
  if (type.startsWith('DateTime') || /^U?Int|^Float/.test(type)) return seconds
  return type.startsWith('Date') ? moment.toPlainDate().toString() : moment.toString({ timeZoneName: 'never' })
}
