import { HOST_AND_PORT, withoutPort } from './host-and-port.ts'
import { expected, type LogFormat } from './log-format.ts'
import { isoTime, sumOfSeconds } from './log-time.ts'
import { requestDraft } from './request-draft.ts'
import { readRequestLine, requestProperties } from './request-line.ts'
import { splitFields } from './split-fields.ts'

/** Classic Load Balancer of AWS. Its times in seconds are parts of one duration; -1 is a part that never came. */
export const elb: LogFormat = {
  label: 'AWS Classic Load Balancer',

  parse(line, { nowMs }) {
    const fields = splitFields(line)
    if (!fields || (fields.length !== 15 && fields.length !== 12)) {
      return expected('15 fields of a Classic Load Balancer', line, 0)
    }
    const [time = '', balancer, client = '', backend, ...rest] = fields
    const [toBackend, inBackend, toClient, status, backendStatus, received, sent, request = '', userAgent, ...tls] =
      rest
    if (!HOST_AND_PORT.test(client)) return expected('a client with its port in the third field', client, 0)
    return requestDraft({
      ...readRequestLine(request),
      at: isoTime(time, nowMs),
      address: withoutPort(client),
      status,
      bytes: sent,
      durationMs: sumOfSeconds([toBackend, inBackend, toClient]),
      userAgent,
      properties: {
        ...requestProperties(request),
        load_balancer: balancer,
        backend,
        backend_status: Number(backendStatus) || undefined,
        received_bytes: Number(received),
        tls_cipher: tls[0],
        tls_version: tls[1],
      },
    })
  },
}
