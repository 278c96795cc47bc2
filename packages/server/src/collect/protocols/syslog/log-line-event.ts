import type { ForeignEvent } from '../../events/foreign-event.ts'
import { maskAddresses } from '../../log-formats/mask-addresses.ts'
import { jsonOf } from '../../read/json-text.ts'
import { isRecord, numberOf, timeMsOf } from '../loose-values.ts'
import type { SyslogMessage } from './syslog-message.ts'

/**
 * What a line of an app's log says. An app that prints `@[database.table] {json}` means a row of a table; all other lines
 * are kept but for the ends of addresses in them. Nobody's address: the connection is the log router's own.
 */
export function logLineEvent(message: SyslogMessage): ForeignEvent | { readonly rejected: string } {
  const { text, timeMs } = message
  const tagged = TAGGED.exec(text)
  if (tagged) return rowEvent(tagged[1] ?? '', text.slice(tagged[0].length), message)
  // Apps print whom they have served: "Started GET / for 198.51.100.7".
  const properties = { ...origin(message), ...masked(message.data), message: maskAddresses(text) }
  return { name: 'log_line', timeMs, address: '', properties }
}

function masked(data: SyslogMessage['data'] = {}): SyslogMessage['data'] {
  const values = (element: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(element).map(([name, value]) => [name, maskAddresses(value)]))
  return Object.fromEntries(Object.entries(data).map(([name, element]) => [name, values(element)]))
}

/** As `app.platform`, marks the events that are rows of tables (`log-tables/`). */
export const LOG_PLATFORM = 'log'

const TAGGED = /^@\[(\w{1,99}\.\w{1,99})\]\s*/

/** The line's own `time` is when it happened; without one that can be read, when it was printed. */
function rowEvent(
  name: string,
  text: string,
  { timeMs: printedMs }: SyslogMessage,
): ForeignEvent | { readonly rejected: string } {
  const fields = jsonOf(text)
  if (!isRecord(fields)) return { rejected: `expected a JSON object after @[${name}]` }
  const { time, ...others } = fields
  const timeMs = rowTimeMs(time)
  const properties = timeMs === undefined ? fields : others
  return { name, timeMs: timeMs ?? printedMs, address: '', app: { platform: LOG_PLATFORM }, properties }
}

/**
 * Undefined for what is more likely something else of that name, such as a duration: a small number, or text that is no
 * date. A date without a zone is UTC, as on the machines that print it.
 */
function rowTimeMs(value: unknown): number | undefined {
  const [, date, zone] = typeof value === 'string' ? (DATE.exec(value) ?? []) : []
  const timeMs = date === undefined ? timeMsOf(numberOf(value)) : Date.parse(`${date.replace(' ', 'T')}${zone ?? 'Z'}`)
  return timeMs !== undefined && timeMs > EARLIEST_MS ? timeMs : undefined
}

const DATE = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:\d\d)?$/
const EARLIEST_MS = Date.UTC(1990, 0, 1)

/** Where a line comes from, as properties. */
export function origin({ host, app, process, severity, messageId }: SyslogMessage): Record<string, string> {
  const all = { host, app, process, message_id: messageId, severity: SEVERITIES[severity] }
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

const SEVERITIES = ['emergency', 'alert', 'critical', 'error', 'warning', 'notice', 'info', 'debug']
