import type { Frame } from '@almanac/core/charts/frame.ts'
import type { Value } from '@almanac/core/query/query.ts'
import type { Annotation } from '../../api/annotations.ts'

const FROM_QUERY = 'query:'

/**
 * Annotations out of a board's statement: rows with `at`, `title` and, if wanted, `until`. A row without a time says nothing. The
 * only column of time may have any name, as frames call it `time`.
 */
export function queryAnnotations(name: string, { rows }: Pick<Frame, 'rows'>): Annotation[] {
  return rows.flatMap((row, index) => {
    const at = instant(row.at ?? row.time)
    if (at === undefined) return []
    const title = row.title === null || row.title === undefined ? name : String(row.title)
    return [
      {
        id: `${FROM_QUERY}${name}:${index}`,
        at,
        until: instant(row.until) ?? null,
        title,
        text: '',
        tags: [],
        board: null,
        by: null,
      },
    ]
  })
}

/** By a person or a program, not by the board's statement: it can be changed and deleted. */
export function isEntered({ id }: Pick<Annotation, 'id'>): boolean {
  return !id.startsWith(FROM_QUERY)
}

function instant(value: Value | undefined): string | undefined {
  if (typeof value !== 'string') return undefined
  try {
    return Temporal.Instant.from(value).toString()
  } catch {
    return undefined
  }
}
