import type { CollectedEvent, RejectedLine } from '../../../collect/events/collected-event.ts'
import { type ContentIdScope, createContentIds } from '../../../collect/events/content-ids.ts'
import type { EventDraft } from '../../../collect/events/event-draft.ts'
import { clientEventId } from '../../../collect/events/event-id.ts'
import type { LogFormat } from '../../../collect/log-formats/log-format.ts'
import { maskAddresses } from '../../../collect/log-formats/mask-addresses.ts'
import { addPlace } from '../../../collect/place/add-place.ts'
import type { PlaceOf } from '../../../collect/place/places.ts'
import { admitEvent, type FilterReason } from '../../../collect/policy/admit.ts'
import { storableEvent, storableRaw, usableDraft } from '../../../collect/policy/privacy.ts'
import type { SourcePolicy } from '../../../collect/policy/source-policy.ts'
import type { RawLine } from '../../../collect/read/line-reader.ts'
import { MAX_LINE_BYTES } from '../../../collect/read/line-reader.ts'
import { createVisitors, utcDay } from '../../../collect/visitors/visitor.ts'

export interface LineEncoderOptions {
  readonly format: LogFormat
  readonly scope: ContentIdScope
  readonly identity: 'stable' | 'daily'
  /** Of the source: which lines it wants, what may be used of them, and what may be kept. */
  readonly policy: SourcePolicy
  /** Salts of days that were not asked for before. */
  readonly saltsOf: (utcDays: readonly string[]) => Promise<ReadonlyMap<string, Uint8Array>>
  /** Without it, no place is looked up. */
  readonly placeOf?: PlaceOf
  /** As it is to stand in quarantine. */
  readonly fileName: string
  readonly nowMs: number
}

export type EncodedLine = SentLine | FilteredLine

export interface SentLine {
  readonly line: RawLine
  /** A CollectedEvent or a RejectedLine. */
  readonly json: string
  /** Why it was rejected. */
  readonly reason: string | undefined
}

/** One that the source does not want. */
interface FilteredLine {
  readonly line: RawLine
  readonly drop: FilterReason
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
  const { format, scope, identity, policy, placeOf, fileName } = options
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

  function eventLine(line: RawLine, bytes: Buffer, draft: EventDraft): EncodedLine {
    const { messageId, at, url } = draft.event
    const isFromClient = messageId !== undefined
    // Also of a line that is left out: the ids of the others are the same whatever the filters.
    const id = isFromClient ? clientEventId(scope, messageId) : contentIds.idOf(bytes, line.offset)
    const admission = admitEvent(policy, { url, address: draft.address })
    if (admission !== 'admit') return { line, drop: admission.drop }
    const { event, address } = usableDraft(policy, draft)
    const { userId, anonymousId, userAgent } = event
    const visitor = visitors.visitorOf({ userId, anonymousId, source, address, userAgent, atMs: at })
    const collected: CollectedEvent = { id, idFrom: isFromClient ? 'client' : 'content', ...event, ...visitor }
    addPlace(collected, address, placeOf)
    return { line, json: JSON.stringify(storableEvent(policy, collected)), reason: undefined }
  }

  function encoded(parsed: ParsedRawLine): EncodedLine[] {
    return 'directive' in parsed ? [] : [encodedLine(parsed)]
  }

  function encodedLine(parsed: Exclude<ParsedRawLine, { readonly directive: true }>): EncodedLine {
    const { line } = parsed
    if ('draft' in parsed) return eventLine(line, parsed.bytes, parsed.draft)
    const reason = maskAddresses(parsed.rejected)
    return { line, json: rejectedJson(line, fileName, reason, policy), reason }
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

/** The line as it came, but for the addresses in it: nobody knows where in such a line the visitor's stands. */
function rejectedJson(
  { number, text, bytes, sizeBytes }: RawLine,
  file: string,
  reason: string,
  policy: SourcePolicy,
): string {
  const raw = bytes !== undefined && bytes.length > RAW_BYTES ? bytes.toString('utf8', 0, RAW_BYTES) : text
  const rejected: RejectedLine = {
    rejected: { reason, line: number, file, raw: storableRaw(policy, maskAddresses(raw)), sizeBytes },
  }
  return JSON.stringify(rejected)
}
