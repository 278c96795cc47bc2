import type { ApiError } from '../../api/api-error.ts'

/** Where in the statement an error is, as offsets of its characters; `to` is not included. */
export interface ErrorPlace {
  readonly from: number
  readonly to: number
}

/** The place that the engine names, or that of the name that it does not know; `undefined` where it says neither. */
export function errorPlace(error: Pick<ApiError, 'issues' | 'message'>, sql: string): ErrorPlace | undefined {
  for (const { path } of error.issues) {
    const [where, line, column] = path
    if (where === 'sql' && typeof line === 'number' && typeof column === 'number') return placeAt(sql, line, column)
    if (where === 'parameters' && typeof line === 'string')
      return placeOf(sql, new RegExp(`\\{\\s*${escaped(line)}\\s*:`))
  }
  const name = UNKNOWN.exec(error.message)?.[1]
  return name === undefined ? undefined : placeOf(sql, new RegExp(`(?<![\\w])${escaped(name)}(?![\\w])`))
}

const UNKNOWN =
  /(?:[Uu]nknown (?:table )?(?:expression )?(?:or function )?(?:identifier|identifiers|table|function|expression)[^`'"]*|[Ff]unction with name )[`'"]([^`'"]+)[`'"]/

function placeAt(sql: string, line: number, column: number): ErrorPlace {
  const before = sql.split('\n').slice(0, line - 1)
  const start = before.reduce((sum, text) => sum + text.length + 1, 0) + column - 1
  const from = Math.max(0, Math.min(start, sql.length))
  const word = /^(\w+|\S)/.exec(sql.slice(from))?.[0] ?? ''
  // At the end there is nothing to mark but what stands before.
  return word === '' ? { from: Math.max(0, from - 1), to: from } : { from, to: from + word.length }
}

function placeOf(sql: string, pattern: RegExp): ErrorPlace | undefined {
  const found = pattern.exec(sql)
  return found ? { from: found.index, to: found.index + found[0].length } : undefined
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
