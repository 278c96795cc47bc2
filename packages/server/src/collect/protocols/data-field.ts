import { jsonOf } from '../read/json-text.ts'
import type { ProtocolRequest } from './protocol.ts'

/**
 * What a request of Mixpanel's kind holds, and of those that began as its copies: JSON as the body, or one JSON value a
 * line, or JSON in a field `data` of a form or of the query, most often in base64. Undefined when none can be read. Two who
 * ask about the same body share one reading.
 */
export function dataOf({ query, body }: Pick<ProtocolRequest, 'query' | 'body'>): unknown {
  if (body.length === 0) return packedJson(query.get('data') ?? '')
  if (!READ.has(body)) READ.set(body, readBody(body.toString()))
  return READ.get(body)
}

const READ = new WeakMap<Buffer, unknown>()

function readBody(text: string): unknown {
  if (isLikeJson(text)) return jsonOf(text) ?? jsonLines(text)
  return packedJson(new URLSearchParams(text).get('data') ?? text)
}

/** JSON as it is or in base64, where a plus sign that nobody escaped has become a space. */
export function packedJson(text: string): unknown {
  if (isLikeJson(text)) return jsonOf(text)
  return text === '' ? undefined : jsonOf(Buffer.from(text.trim().replaceAll(' ', '+'), 'base64'))
}

const isLikeJson = (text: string) => /^\s*[[{]/.test(text)

/** Only when each line is a value of its own. */
function jsonLines(text: string): readonly unknown[] | undefined {
  const values = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => jsonOf(line))
  return values.includes(undefined) ? undefined : values
}
