import { withoutPort } from './host-and-port.ts'
import { jsonFields } from './json-fields.ts'
import { expected, type LogFormat } from './log-format.ts'
import { isoTime } from './log-time.ts'
import { requestDraft } from './request-draft.ts'

/** Traefik with `accessLog.format: json`. Headers are there when it was told to keep them. */
export const traefikJson: LogFormat = {
  label: 'JSON access log of Traefik',

  parse(line, { nowMs }) {
    const fields = jsonFields(line)
    const method = fields?.text('RequestMethod')
    const url = fields?.text('RequestPath')
    if (!fields || method === undefined || url === undefined) {
      return expected('a JSON object with RequestMethod and RequestPath', line, 0)
    }
    const time = fields.text('StartUTC', 'time', 'StartLocal') ?? ''
    const client = fields.text('ClientHost', 'ClientAddr')
    const nanoseconds = fields.number('Duration')
    return requestDraft({
      at: isoTime(time, nowMs),
      address: client === undefined ? undefined : withoutPort(client),
      method,
      url,
      host: fields.text('RequestHost', 'RequestAddr'),
      scheme: fields.text('RequestScheme'),
      status: fields.text('DownstreamStatus', 'OriginStatus'),
      bytes: fields.text('DownstreamContentSize'),
      durationMs: nanoseconds === undefined ? undefined : Math.round(nanoseconds / 1000) / 1000,
      referrer: fields.text('request_Referer'),
      userAgent: fields.text('request_User-Agent'),
      properties: {
        protocol: fields.text('RequestProtocol'),
        remote_user: fields.text('ClientUsername'),
        router: fields.text('RouterName'),
        service: fields.text('ServiceName'),
        service_url: fields.text('ServiceURL'),
        retries: fields.number('RetryAttempts'),
        origin_status: fields.number('OriginStatus'),
        tls_version: fields.text('TLSVersion'),
      },
    })
  },
}
