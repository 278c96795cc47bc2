import { withoutPort } from './host-and-port.ts'
import { jsonFields } from './json-fields.ts'
import { expected, type LogFormat } from './log-format.ts'
import { isoTime, unixTime } from './log-time.ts'
import { requestDraft } from './request-draft.ts'

/** Access logs of Caddy 2: an entry with the request in an object of its own. */
export const caddyJson: LogFormat = {
  label: 'JSON access log of Caddy',

  parse(line, { nowMs }) {
    const fields = jsonFields(line)
    const request = fields?.record('request')
    const method = request?.text('method')
    const url = request?.text('uri')
    if (!fields || !request || method === undefined || url === undefined) {
      return expected('a JSON object with a request that has a method and a uri', line, 0)
    }
    const time = fields.text('ts') ?? ''
    const headers = request.record('headers')
    const seconds = fields.number('duration')
    const remoteAddress = request.text('client_ip', 'remote_ip', 'remote_addr')
    return requestDraft({
      at: /^[\d.]+$/.test(time)
        ? unixTime(time, nowMs)
        : isoTime(time.replace(/^(\d{4})\/(\d\d)\/(\d\d)/, '$1-$2-$3'), nowMs),
      address: remoteAddress === undefined ? undefined : withoutPort(remoteAddress),
      method,
      url,
      host: request.text('host'),
      scheme: request.has('tls') ? 'https' : 'http',
      status: fields.text('status'),
      bytes: fields.text('size'),
      durationMs: seconds === undefined ? undefined : Math.round(seconds * 1e6) / 1000,
      referrer: headers?.text('Referer'),
      userAgent: headers?.text('User-Agent'),
      properties: {
        protocol: request.text('proto'),
        remote_user: fields.text('user_id'),
        logger: fields.text('logger'),
        bytes_read: fields.number('bytes_read'),
      },
    })
  },
}
