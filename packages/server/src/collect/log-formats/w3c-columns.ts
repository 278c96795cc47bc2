import type { ParseContext, ParsedLine, ParseLine } from './log-format.ts'
import { isoTime } from './log-time.ts'
import { requestDraft } from './request-draft.ts'

/**
 * Formats whose columns are named in the file: `#Fields: date time c-ip cs-method …`. A server that is started again, with
 * other settings perhaps, names them again in the middle of a file.
 */
export interface ColumnDialect {
  readonly valuesOf: (line: string) => readonly string[] | undefined
  /** Undoes how the values hide spaces. */
  readonly textOf: (value: string) => string
  /** `time-taken` in milliseconds. */
  readonly durationMs: (value: string) => number | undefined
}

interface Header {
  readonly names: readonly string[]
  /** Of `#Date`, for lines that tell the time of the day only. */
  readonly day: string
}

const NO_HEADER: Header = { names: [], day: '' }

export function columnParser(dialect: ColumnDialect): ParseLine {
  let header = NO_HEADER
  return (line, context) => {
    if (line.startsWith('#')) {
      header = withDirective(header, line)
      return { directive: true }
    }
    return parseRow(line, header, dialect, context)
  }
}

function withDirective(header: Header, line: string): Header {
  const colon = line.indexOf(':')
  const name = line.slice(1, Math.max(1, colon))
  const value = line.slice(colon + 1, colon + 1 + MAX_DIRECTIVE).trim()
  if (name === 'Fields') return { ...header, names: value.split(/\s+/) }
  return name === 'Date' ? { ...header, day: value.slice(0, 10) } : header
}

const MAX_DIRECTIVE = 10_000

function parseRow(line: string, header: Header, dialect: ColumnDialect, { nowMs }: ParseContext): ParsedLine {
  const { names, day } = header
  if (names.length === 0)
    return { rejected: 'expected a line #Fields: that names the columns before the first request' }
  const values = dialect.valuesOf(line)
  if (values?.length !== names.length) {
    return { rejected: `expected ${names.length} columns, as #Fields says, got ${values?.length ?? 'an open quote'}` }
  }
  const columns = new Map(names.map((name, index) => [name, values[index] ?? '-']))
  /** Also takes it away: what is left are the properties. */
  const take = (name: string) => {
    const value = columns.get(name)
    columns.delete(name)
    return value === '-' || value === '' ? undefined : value
  }
  const text = (name: string) => {
    const value = take(name)
    return value === undefined ? undefined : dialect.textOf(value)
  }

  // It opens people's sessions, and says nothing that is counted.
  columns.delete('cs(Cookie)')
  const at = isoTime(`${take('date') ?? day} ${take('time') ?? ''}`, nowMs)
  const query = take('cs-uri-query')
  const stem = take('cs-uri') ?? take('cs-uri-stem')
  const port = columns.get('s-port')
  const scheme = take('cs-protocol') ?? (port === '443' ? 'https' : 'http')
  const ownHost = take('cs-host') ?? take('cs(Host)')
  const duration = take('time-taken')
  const fields = {
    at,
    address: take('c-ip'),
    method: take('cs-method'),
    url: stem === undefined || query === undefined ? stem : `${stem}?${query}`,
    host: take('x-host-header') ?? ownHost,
    scheme,
    status: take('sc-status'),
    bytes: take('sc-bytes'),
    durationMs: duration === undefined ? undefined : dialect.durationMs(duration),
    referrer: text('cs(Referer)') ?? text('cs(Referrer)'),
    userAgent: text('cs(User-Agent)'),
    properties: { protocol: take('cs-version') ?? take('cs-protocol-version'), remote_user: take('cs-username') },
  }
  const rest = [...columns].map(([name, value]) => [propertyName(name), value] as const)
  return requestDraft({ ...fields, properties: { ...fields.properties, ...Object.fromEntries(rest) } })
}

/** `sc-win32-status` → `sc_win32_status`, `cs(Accept)` → `cs_accept` */
function propertyName(column: string): string {
  return column.toLowerCase().replace(/\W+/g, '_').replace(/_$/, '')
}
