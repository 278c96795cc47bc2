import type { ForeignEvent } from '../../foreign-event.ts'
import { jsonOf } from '../../json-text.ts'
import { isRecord, timeMsOf } from '../loose-values.ts'
import type { SyslogMessage } from './syslog-message.ts'

/**
 * What a line of an app's log says. An app that prints `@[database.table] {json}` means an event; all other lines are kept
 * as they are. Nobody's address: the connection is the log router's own.
 */
export function logLineEvent(message: SyslogMessage): ForeignEvent | { readonly rejected: string } {
  const { text, timeMs } = message
  const tagged = TAGGED.exec(text)
  if (tagged) return taggedEvent(tagged[1] ?? '', tagged[2] ?? '', text.slice(tagged[0].length), message)
  const properties = { ...origin(message), ...message.data, message: text }
  return { name: 'log_line', timeMs, address: '', properties }
}

const TAGGED = /^@\[(\w{1,100})\.(\w{1,100})\]\s*/

/** The line's own `time` is when it happened; without one, when it was printed. */
function taggedEvent(
  database: string,
  table: string,
  text: string,
  { timeMs }: SyslogMessage,
): ForeignEvent | { readonly rejected: string } {
  const fields = jsonOf(text)
  if (!isRecord(fields)) return { rejected: `expected a JSON object after @[${database}.${table}]` }
  const { database: ownDatabase, ...rest } = fields
  const kept = ownDatabase === undefined ? rest : { ...rest, json_database: ownDatabase }
  return { name: table, timeMs: timeMsOf(fields.time) ?? timeMs, address: '', properties: { ...kept, database } }
}

/** Where a line comes from, as properties. */
export function origin({ host, app, process, severity, messageId }: SyslogMessage): Record<string, string> {
  const all = { host, app, process, message_id: messageId, severity: SEVERITIES[severity] }
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

const SEVERITIES = ['emergency', 'alert', 'critical', 'error', 'warning', 'notice', 'info', 'debug']
