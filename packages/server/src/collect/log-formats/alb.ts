import { HOST_AND_PORT, withoutPort } from './host-and-port.ts'
import { expected, type LogFormat } from './log-format.ts'
import { isoTime, sumOfSeconds } from './log-time.ts'
import { requestDraft } from './request-draft.ts'
import { readRequestLine, requestProperties } from './request-line.ts'
import { splitFields } from './split-fields.ts'

/** Application Load Balancer of AWS. Fields were added at the end over the years, and more may come. */
export const alb: LogFormat = {
  label: 'AWS Application Load Balancer',

  parse(line, { nowMs }) {
    const fields = splitFields(line)
    if (!fields || fields.length < LEAST_FIELDS || !TYPES.has(fields[0] ?? '')) {
      return expected('the fields of an Application Load Balancer, beginning with http, https, h2, ws …', line, 0)
    }
    const [type, time = '', balancer, client = '', target, ...rest] = fields
    const [toTarget, inTarget, toClient, status, targetStatus, received, sent, request = '', userAgent, ...more] = rest
    const [cipher, tlsVersion, targetGroup, traceId, domain, , rule, , actions, redirectUrl, errorReason] = more
    if (!HOST_AND_PORT.test(client)) return expected('a client with its port in the fourth field', client, 0)
    return requestDraft({
      ...readRequestLine(request),
      at: isoTime(time, nowMs),
      address: withoutPort(client),
      status,
      bytes: sent,
      durationMs: sumOfSeconds([toTarget, inTarget, toClient]),
      userAgent,
      properties: {
        ...requestProperties(request),
        type,
        load_balancer: balancer,
        target,
        target_status: Number(targetStatus) || undefined,
        received_bytes: Number(received),
        tls_cipher: cipher,
        tls_version: tlsVersion,
        target_group: targetGroup,
        trace_id: traceId,
        domain,
        rule,
        actions,
        redirect_url: redirectUrl,
        error_reason: errorReason,
      },
    })
  },
}

const TYPES = new Set(['http', 'https', 'h2', 'grpcs', 'ws', 'wss'])
const LEAST_FIELDS = 17
