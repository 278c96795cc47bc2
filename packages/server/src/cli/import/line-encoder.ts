import type { RejectedLine } from '../../collect/collected-event.ts'
import { type ContentIdScope, createContentIds } from '../../collect/content-ids.ts'
import type { EventDraft } from '../../collect/event-draft.ts'
import { clientEventId } from '../../collect/event-id.ts'
import type { RawLine } from '../../collect/line-reader.ts'
import { MAX_LINE_BYTES } from '../../collect/line-reader.ts'
import type { LogFormat } from '../../collect/log-formats/log-format.ts'
import { createVisitors, utcDay } from '../../collect/visitor.ts'

export interface LineEncoderOptions {
  readonly format: LogFormat
  readonly scope: ContentIdScope
  readonly identity: 'stable' | 'daily'
  /** Salts of days that were not asked for before. */
  readonly saltsOf: (utcDays: readonly string[]) => Promise<ReadonlyMap<string, Uint8Array>>
  /** As it is to stand in quarantine. */
  readonly fileName: string
  readonly nowMs: number
}

export interface EncodedLine {
  readonly line: RawLine
  /** A CollectedEvent or a RejectedLine. */
  readonly json: string
  /** Why it was rejected. */
  readonly reason: string | undefined
}

/** Makes of each line of a file what is sent to the log. It must see all lines in their order: ids depend on it. */
export interface LineEncoder {
  /** Without the lines that say something about the file itself. */
  encode(lines: readonly RawLine[]): Promise<EncodedLine[]>
  /** For lines that were sent before: only takes note that they were there. */
  count(lines: readonly RawLine[]): void
  /** Whether what a line means may depend on lines far before it: then those have to be handed to `notice`. */
  readonly hasDirectives: boolean
  /** For lines before those that are counted: only takes note of what they say about the file itself. */
  notice(lines: readonly RawLine[]): void
}

const RAW_BYTES = 64 * 1024

export function createLineEncoder(options: LineEncoderOptions): LineEncoder {
  const { format, scope, identity, fileName } = options
  const { source, environment, identityKey } = scope
  const parseLine = format.withDirectives?.() ?? format.parse
  const context = { nowMs: options.nowMs, environment }
  const contentIds = createContentIds(scope)
  const salts = new Map<string, Uint8Array>()
  const saltOf = (day: string) => salts.get(day)
  const visitors = createVisitors(identityKey, identity === 'stable' ? { kind: 'stable' } : { kind: 'daily', saltOf })

  function parse(line: RawLine): ParsedRawLine {
    if (line.bytes === undefined) {
      return { line, rejected: `expected a line of at most ${MAX_LINE_BYTES} bytes, got ${line.sizeBytes}` }
    }
    return { line, bytes: line.bytes, ...parseLine(line.text, context) }
  }

  async function fetchSalts(parsed: readonly ParsedRawLine[]): Promise<void> {
    const days = new Set<string>()
    for (const one of parsed) if ('draft' in one) days.add(utcDay(one.draft.event.at))
    const missing = [...days].filter((day) => !salts.has(day))
    if (missing.length === 0) return
    for (const [day, salt] of await options.saltsOf(missing)) salts.set(day, salt)
  }

  function eventJson(line: RawLine, bytes: Buffer, { event, address }: EventDraft): string {
    const { messageId, userId, anonymousId, userAgent, at } = event
    const isFromClient = messageId !== undefined
    const id = isFromClient ? clientEventId(scope, messageId) : contentIds.idOf(bytes, line.offset)
    const visitor = visitors.visitorOf({ userId, anonymousId, source, address, userAgent, atMs: at })
    return JSON.stringify({ id, idFrom: isFromClient ? 'client' : 'content', ...event, ...visitor })
  }

  function encoded(parsed: ParsedRawLine): EncodedLine[] {
    return 'directive' in parsed ? [] : [encodedLine(parsed)]
  }

  function encodedLine(parsed: Exclude<ParsedRawLine, { readonly directive: true }>): EncodedLine {
    const { line } = parsed
    if ('draft' in parsed) return { line, json: eventJson(line, parsed.bytes, parsed.draft), reason: undefined }
    return { line, json: rejectedJson(line, fileName, parsed.rejected), reason: parsed.rejected }
  }

  return {
    async encode(lines) {
      const parsed = lines.map(parse)
      if (identity === 'daily') await fetchSalts(parsed)
      return parsed.flatMap(encoded)
    },
    count(lines) {
      for (const line of lines) {
        const parsed = parse(line)
        const takesContentId = 'draft' in parsed && parsed.draft.event.messageId === undefined
        if (takesContentId) contentIds.idOf(parsed.bytes, line.offset)
      }
    },
    hasDirectives: format.withDirectives !== undefined,
    notice(lines) {
      for (const line of lines) if (line.text.startsWith('#')) parse(line)
    },
  }
}

type ParsedRawLine =
  | { readonly line: RawLine; readonly bytes: Buffer; readonly draft: EventDraft }
  | { readonly line: RawLine; readonly rejected: string }
  | { readonly line: RawLine; readonly directive: true }

function rejectedJson({ number, text, bytes, sizeBytes }: RawLine, file: string, reason: string): string {
  const raw = bytes !== undefined && bytes.length > RAW_BYTES ? bytes.toString('utf8', 0, RAW_BYTES) : text
  const rejected: RejectedLine = { rejected: { reason, line: number, file, raw, sizeBytes } }
  return JSON.stringify(rejected)
}
