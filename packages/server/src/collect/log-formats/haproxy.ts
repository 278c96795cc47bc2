import { parseApacheTime } from './apache-time.ts'
import { withoutPort } from './host-and-port.ts'
import { expected, type LogFormat } from './log-format.ts'
import { requestDraft } from './request-draft.ts'
import { readRequestLine, requestProperties } from './request-line.ts'
import { splitFields } from './split-fields.ts'

/**
 * HAProxy's `option httplog` and `option httpslog`, with what syslog writes before it, in whatever form, or without. Its time has no zone and is taken for UTC.
 * Headers that HAProxy was told to capture stand in braces, without their names.
 */
export const haproxy: LogFormat = {
  label: "HAProxy's HTTP log format, times in UTC",

  parse(text, { nowMs }) {
    const line = text.slice(messageStart(text))
    const fields = splitFields(line, '[{')
    const [client = '', time = '', frontend, backendAndServer = '', timers = '', status, bytes, ...rest] = fields ?? []
    const isHttpLog = fields && fields.length >= LEAST_FIELDS && TIMERS.test(timers) && /:\d+$/.test(client)
    if (!isHttpLog) return expected("the fields of HAProxy's httplog", line, 0)
    const [, , termination, , , ...captured] = rest
    const tls = isTlsPart(captured) ? captured.splice(-2)[1] : undefined
    const request = captured.pop() ?? ''
    const slash = backendAndServer.indexOf('/')
    return requestDraft({
      ...readRequestLine(request),
      at: timeOf(time, nowMs),
      address: withoutPort(client.slice(0, client.lastIndexOf(':'))),
      status,
      // A plus sign: the session was not over yet.
      bytes: bytes?.replace(/^\+/, ''),
      durationMs: totalMs(timers),
      properties: {
        ...requestProperties(request),
        frontend: frontend?.replace(/~$/, ''),
        backend: backendAndServer.slice(0, slash === -1 ? undefined : slash),
        server: slash === -1 ? undefined : backendAndServer.slice(slash + 1),
        termination: termination === '----' ? undefined : termination,
        tls,
        captured_request_headers: captured[0],
        captured_response_headers: captured[1],
      },
    })
  },
}

const LEAST_FIELDS = 13
const TIMERS = /^[+-]?\d+(\/[+-]?\d+){4}$/

/** Syslog's headers are many; the client and the time that stands behind it in brackets are always of one form. */
function messageStart(line: string): number {
  const found = CLIENT_AND_TIME.exec(line)
  return found ? found.index + found[0].length - (found[1]?.length ?? 0) : 0
}

const CLIENT_AND_TIME = /(?:^| )(\S{1,100}:\d{1,5} \[\d\d\/[A-Z][a-z]{2}\/\d{4}:)/

/** What went wrong with TLS, and `host/version/cipher`, behind the request: a request always has a space. */
function isTlsPart(fields: readonly string[]): boolean {
  const [errors = '', session = ''] = fields.slice(-2)
  return fields.length > 2 && /^[^\s/]*(\/[^\s/]*){4}$/.test(errors) && /^[^\s/]*\/[^\s/]+\/[^\s/]+$/.test(session)
}

/** `06/Feb/2009:12:14:14.655` */
function timeOf(time: string, nowMs: number): number | string {
  const [seconds = '', fraction = ''] = time.split('.', 2)
  const at = parseApacheTime(`[${seconds} +0000]`, 1, nowMs)
  return typeof at === 'string' ? at : at + Number(`${fraction}000`.slice(0, 3) || 0)
}

function totalMs(timers: string): number | undefined {
  const total = Number(timers.slice(timers.lastIndexOf('/') + 1).replace('+', ''))
  return total >= 0 ? total : undefined
}
