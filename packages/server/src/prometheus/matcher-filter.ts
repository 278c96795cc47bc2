import type { Dimension } from '@almanac/core/cubes/cube.ts'
import { typeOf } from '@almanac/core/cubes/sql/dimension-sql.ts'
import { AppError } from '@almanac/core/errors.ts'
import type { QueryFilter } from '@almanac/core/query/filter.ts'
import type { Matcher } from './promql.ts'

/**
 * A matcher as a filter. In Prometheus an absent label and an empty one are the same, as an empty value of a dimension is
 * here. Undefined for a matcher that everything passes. Throws AppError `invalid_query`.
 */
export function matcherFilter({ label, op, value }: Matcher, dimension: Dimension): QueryFilter | undefined {
  const isText = typeOf(dimension) === 'string'
  switch (op) {
    case '=':
      return equal(label, [value], isText)
    case '!=':
      return negated(equal(label, [value], isText))
    case '=~':
      return matching(label, value, isText)
    case '!~': {
      const filter = matching(label, value, isText)
      if (filter === undefined)
        throw new AppError('invalid_query', `nothing has a ${label} that is not like "${value}"`)
      return negated(filter)
    }
  }
}

const negated = (filter: QueryFilter): QueryFilter => ({ not: filter })

function equal(dimension: string, values: readonly string[], isText: boolean): QueryFilter {
  if (isText || values.every((value) => value !== '')) return { dimension, op: 'in', values: [...values] }
  throw new AppError('invalid_query', `"${dimension}" holds no text, and is never empty`)
}

/** A regular expression that says what filters can say: texts, any of several, and what they begin or end with. */
function matching(label: string, pattern: string, isText: boolean): QueryFilter | undefined {
  const alternatives = alternativesOf(label, pattern).map((alternative) => readAlternative(label, alternative))
  if (alternatives.some(({ before, after, text }) => (before === '.*' || after === '.*') && text === ''))
    return undefined
  const exact = alternatives.filter(({ before, after }) => before === '' && after === '').map(({ text }) => text)
  const others = alternatives.filter(({ before, after }) => before !== '' || after !== '')
  if (!isText && others.length > 0) {
    if (others.some(({ text }) => text !== '')) {
      throw new AppError(
        'invalid_query',
        `"${label}" holds no text: expected whole values with | between, got "${pattern}"`,
      )
    }
    return undefined
  }
  const filters = [
    ...(exact.length > 0 ? [equal(label, exact, isText)] : []),
    ...others.map((one) => alike(label, one)),
  ]
  return filters.length === 1 ? filters[0] : { or: filters }
}

interface Alternative {
  readonly before: '' | '.*' | '.+'
  readonly text: string
  readonly after: '' | '.*' | '.+'
}

function alike(dimension: string, { before, text, after }: Alternative): QueryFilter {
  if (text === '') return { dimension, op: 'not_empty' }
  const op = before !== '' && after !== '' ? 'contains' : after === '' ? 'ends_with' : 'starts_with'
  const filter: QueryFilter = { dimension, op, values: [text] }
  const isLonger = before === '.+' || after === '.+'
  return isLonger ? { and: [filter, { dimension, op: 'not_in', values: [text] }] } : filter
}

/** Split at `|`; brackets may stand around all of it, as Grafana writes several values of a variable. */
function alternativesOf(label: string, pattern: string): string[] {
  const inner = /^\((?:\?:)?([^()]*)\)$/.exec(pattern)?.[1] ?? pattern
  const parts = inner.match(/(?:\\[\s\S]|[^|\\])+|\|/g)
  if (parts === null) return ['']
  const found: string[] = ['']
  for (const part of parts) {
    if (part === '|') found.push('')
    else found[found.length - 1] += part
  }
  if (inner.endsWith('\\') && !/(?:^|[^\\])(?:\\\\)+$/.test(inner)) throw notUnderstood(label, pattern)
  return found
}

function readAlternative(label: string, pattern: string): Alternative {
  const groups = /^(?<before>\.[*+])?(?<text>(?:\\[\s\S]|[^\\.*+?()[\]{}^$])*)(?<after>\.[*+])?$/.exec(pattern)?.groups
  if (groups === undefined) throw notUnderstood(label, pattern)
  const text = (groups.text ?? '').replaceAll(/\\([\s\S])/g, (_, escaped: string) => {
    if (/[\w\s]/.test(escaped)) throw notUnderstood(label, pattern)
    return escaped
  })
  const before = groups.before as Alternative['before'] | undefined
  const after = groups.after as Alternative['after'] | undefined
  return { before: before ?? '', text, after: after ?? '' }
}

function notUnderstood(label: string, pattern: string): AppError {
  return new AppError('invalid_query', `the regular expression "${pattern}" for ${label} is not answered here`, {
    hint: 'Expected texts with | between them, each with .* or .+ before or behind it at most.',
  })
}
