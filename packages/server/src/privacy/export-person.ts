import type { ClickHouseClient } from '@clickhouse/client'
import { type LogFrame, openLogReader } from '../log/log-reader.ts'
import type { Person } from './person.ts'
import { readEvents } from './person-events.ts'
import { personLines } from './person-lines.ts'

export interface ExportDeps {
  readonly clickhouse: ClickHouseClient
  readonly log: { readonly id: string; readonly durableEnd: number }
  readonly logDirectory: string
}

/**
 * Everything that is stored of a person, as lines of JSON: `person`, then an `event` with all columns for each row, then a
 * `log_line` for each raw line with the header of its frame, and `end` with how many there were, without which the export is
 * not whole.
 */
export async function* exportPerson(deps: ExportDeps, person: Person, signal: AbortSignal): AsyncGenerator<string> {
  const counts = { events: 0, logLines: 0 }
  yield jsonLine({ type: 'person', ...person })
  for await (const row of readEvents(deps.clickhouse, person, signal)) {
    counts.events++
    yield `{"type":"event",${row.trim().slice(1)}\n`
  }
  for await (const line of readLines(deps, person, signal)) {
    counts.logLines++
    yield jsonLine({ type: 'log_line', ...line })
  }
  yield jsonLine({ type: 'end', ...counts })
}

const jsonLine = (value: object) => `${JSON.stringify(value)}\n`

interface RawLine {
  readonly position: number
  /** The number of the line in its frame. */
  readonly index: number
  /** As JSON where they are, else as text. */
  readonly header: unknown
  readonly line: unknown
}

/** Small: between two blocks others have their turn. */
const BLOCK_BYTES = 1024 * 1024

async function* readLines(
  { log, logDirectory }: ExportDeps,
  person: Person,
  signal: AbortSignal,
): AsyncGenerator<RawLine> {
  const upTo = log.durableEnd
  const { find } = personLines(person)
  for await (const { position, payload } of readFrames(logDirectory, upTo, signal)) {
    const lines = find(payload)
    if (lines.length === 0) continue
    const header = jsonOrText(payload.toString('utf8', 0, Math.max(0, payload.indexOf('\n'))))
    for (const { index, from, to } of lines) {
      yield { position, index, header, line: jsonOrText(payload.toString('utf8', from, to)) }
    }
  }
}

/** What looks damaged is looked at once more: an erasure may just be changing it. */
async function* readFrames(directory: string, upTo: number, signal: AbortSignal): AsyncGenerator<LogFrame> {
  let reader = openLogReader(directory, 0)
  try {
    for (let position = 0; position < upTo; ) {
      signal.throwIfAborted()
      let part = await reader.read({ upTo, maxBytes: BLOCK_BYTES })
      if (part.damage.length > 0) {
        await reader.close()
        reader = openLogReader(directory, position)
        part = await reader.read({ upTo, maxBytes: BLOCK_BYTES })
      }
      yield* part.frames
      position = part.next
    }
  } finally {
    await reader.close()
  }
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
