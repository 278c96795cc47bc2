import type { ByteRange } from '../log/redact/redact.ts'
import { isRedacted } from '../log/redact/redaction-journal.ts'
import { namesOf, type Person } from './person.ts'

/**
 * Which lines of the log are about one person: every event that names them by user id, by anonymous id, by visitor, or as
 * the one that an alias gives up, and every rejected line that has their id in it as a value of its own. Other people's
 * events that happen to hold the id, in an address or a property, are not theirs.
 *
 * This finds what no table can tell: repetitions that were counted once, and lines that ingest could not read.
 */
export interface PersonLines {
  /** In a frame's payload. The first line, the header, is never one of them. */
  find(payload: Buffer): LineRange[]
  /** In bytes of which only parts are whole lines. */
  findInDamage(bytes: Buffer): ByteRange[]
  /** Whether a text that could not be understood has one of the person's ids in it. */
  isMentionedIn(text: string): boolean
}

export interface LineRange extends ByteRange {
  /** Of the line in its frame, as in `log_index`. */
  readonly index: number
}

export function personLines(person: Person): PersonLines {
  const names = namesOf(person)
  const visitors = new Set(person.visitors)
  const mention = mentionPattern(names)
  const mayHold = quickCheck(names, person.visitors)
  const isMentionedIn = (text: string) => mention?.test(text) ?? false
  const isTheirs = (line: string) => {
    const parsed = jsonOrUndefined(line) as LineFields | undefined
    if (typeof parsed !== 'object' || parsed === null) return isMentionedIn(line)
    if (parsed.rejected) return isMentionedIn(String(parsed.rejected.raw))
    if (visitors.has(parsed.visitor as string)) return true
    const { userId, anonymousId } = person
    if (userId !== undefined && parsed.userId === userId) return true
    if (anonymousId !== undefined && parsed.anonymousId === anonymousId) return true
    const previous = parsed.properties?.previous_id
    return previous !== undefined && names.includes(String(previous))
  }

  return {
    isMentionedIn,
    find: (payload) => {
      if (!mayHold(payload)) return []
      return linesOf(payload).filter(({ index, from, to }) => {
        if (index === 0 || from === to) return false
        const line = payload.subarray(from, to)
        return mayHold(line) && !isRedacted(line.toString('latin1', 0, 20)) && isTheirs(line.toString())
      })
    },
    findInDamage: (bytes) => {
      if (!mayHold(bytes)) return []
      const ofVisitor = person.visitors.map((visitor) => `"visitor":"${visitor}"`)
      return linesOf(bytes).filter(({ from, to }) => {
        const line = bytes.toString('utf8', from, to)
        return isMentionedIn(line) || ofVisitor.some((text) => line.includes(text))
      })
    },
  }
}

interface LineFields {
  readonly rejected?: { readonly raw?: unknown }
  readonly visitor?: unknown
  readonly userId?: unknown
  readonly anonymousId?: unknown
  readonly properties?: { readonly previous_id?: unknown }
}

function linesOf(bytes: Buffer): LineRange[] {
  const lines: LineRange[] = []
  for (let from = 0; from <= bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, from)
    const to = newline < 0 ? bytes.length : newline
    lines.push({ index: lines.length, from, to })
    from = to + 1
  }
  return lines
}

const NEWLINE = 0x0a

/** Characters that no encoder of JSON escapes. Others have to be looked for in parsed text. */
const PLAIN = /^[A-Za-z0-9_.@:-]+$/

/** Most of the log is about others, and says so without being parsed. "No" is certain. */
function quickCheck(names: readonly string[], visitors: readonly string[]): (bytes: Buffer) => boolean {
  if (!names.every((name) => PLAIN.test(name))) return () => true
  // A client may write even a letter as an escape.
  const escaped = names.length > 0 ? ['\\u00'] : []
  const texts = [...names, ...names.map(encodeURIComponent), ...visitors.map((visitor) => `"${visitor}"`), ...escaped]
  const needles = [...new Set(texts)].map((text) => Buffer.from(text))
  return (bytes) => needles.some((needle) => bytes.includes(needle))
}

/** An id as a whole value: in quotation marks, in a query string, or between blanks, as log files have it. */
function mentionPattern(names: readonly string[]): RegExp | undefined {
  const spellings = names.flatMap((name) => [name, encodeURIComponent(name), JSON.stringify(name).slice(1, -1)])
  const alternatives = [...new Set(spellings)].filter((text) => text !== '').map((text) => RegExp.escape(text))
  if (alternatives.length === 0) return undefined
  return new RegExp(`(?:(?<![\\w.@%+-])|(?<=%22))(?:${alternatives.join('|')})(?=%22|$|\\.(?!\\w)|[^\\w.@%+-])`, 'u')
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
