import { parseApacheTime } from './apache-time.ts'
import { jsonFields } from './json-fields.ts'
import { expected, type LogFormat } from './log-format.ts'
import { isoTime, unixTime } from './log-time.ts'
import { requestDraft } from './request-draft.ts'
import { readRequestLine } from './request-line.ts'

/**
 * JSON that nginx was told to write with `log_format … escape=json`. Everybody chooses the names, mostly those of nginx's
 * own variables; the common other ones are understood too.
 */
export const nginxJson: LogFormat = {
  label: "JSON by nginx's log_format, with the names of its variables",

  parse(line, { nowMs }) {
    const fields = jsonFields(line)
    if (!fields) return expected('a JSON object', line, 0)
    const iso = fields.text('time_iso8601', '@timestamp', 'timestamp', 'time', 'date', 'ts')
    const unix = fields.text('msec')
    const local = fields.text('time_local')
    const request = readRequestLine(fields.text('request') ?? '')
    const method = fields.text('request_method', 'method') ?? request.method
    const stem = fields.text('request_uri', 'uri', 'url', 'path')
    const query = fields.text('args', 'query_string')
    const seconds = fields.number('request_time')
    const bytes = fields.text('body_bytes_sent', 'bytes_sent', 'bytes', 'size')
    const forwarded = fields.text('http_x_forwarded_for', 'x_forwarded_for')
    if ((method === undefined || (stem ?? request.url) === undefined) && request.request === undefined) {
      return expected('a request, or a request_method and a request_uri', line, 0)
    }
    return requestDraft({
      at: timeOf(iso ?? unix, local, nowMs),
      address: forwarded?.split(',')[0]?.trim() ?? fields.text('remote_addr', 'client_ip', 'client', 'remote_ip', 'ip'),
      method,
      url: withQuery(stem, query) ?? request.url,
      host: fields.text('http_host', 'host', 'server_name', 'vhost'),
      scheme: fields.text('scheme'),
      status: fields.text('status'),
      bytes,
      durationMs: seconds === undefined ? undefined : Math.round(seconds * 1e6) / 1000,
      referrer: fields.text('http_referer', 'http_referrer', 'referer', 'referrer'),
      userAgent: fields.text('http_user_agent', 'user_agent', 'agent'),
      properties: {
        protocol: fields.text('server_protocol', 'protocol') ?? request.protocol,
        request: request.request,
        remote_user: fields.text('remote_user'),
        ...withoutCookies(fields.rest()),
      },
    })
  },
}

function timeOf(time: string | undefined, local: string | undefined, nowMs: number): number | string {
  if (time !== undefined) return /^[\d.]+$/.test(time) ? unixTime(time, nowMs) : isoTime(time, nowMs)
  return local === undefined ? 'expected a time, such as time_iso8601' : parseApacheTime(`[${local}]`, 1, nowMs)
}

function withQuery(stem: string | undefined, query: string | undefined): string | undefined {
  return stem === undefined || query === undefined || stem.includes('?') ? stem : `${stem}?${query}`
}

/** They open people's sessions, and say nothing that is counted. */
function withoutCookies(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !/cookie|authorization/i.test(name)))
}
