import { parseApacheTime } from './apache-time.ts'
import { expected, type LogFormat } from './log-format.ts'
import { requestDraft } from './request-draft.ts'
import { readRequestLine, requestProperties } from './request-line.ts'
import { splitFields } from './split-fields.ts'

/** Server access logs of Amazon S3. Fields were added at the end over the years, and more may come. */
export const s3: LogFormat = {
  label: 'Amazon S3 server access log',

  parse(line, { nowMs }) {
    const fields = splitFields(line, '[')
    const [owner = '', bucket, time = '', address, requester, requestId, operation = '', key, ...rest] = fields ?? []
    if (!fields || fields.length < LEAST_FIELDS || !OPERATION.test(operation)) {
      return expected('the fields of an S3 access log, with an operation such as REST.GET.OBJECT', line, 0)
    }
    const [request = '', status, errorCode, bytes, objectSize, totalMs, turnAroundMs, referrer, userAgent, ...more] =
      rest
    const [versionId, , , , , host, tlsVersion] = more
    return requestDraft({
      ...readRequestLine(request),
      at: parseApacheTime(`[${time}]`, 1, nowMs),
      address,
      status,
      bytes,
      durationMs: wholeNumber(totalMs),
      referrer,
      userAgent,
      properties: {
        ...requestProperties(request),
        bucket,
        bucket_owner: owner,
        requester,
        request_id: requestId,
        operation,
        key,
        error_code: errorCode,
        object_size: wholeNumber(objectSize),
        turn_around_ms: wholeNumber(turnAroundMs),
        version_id: versionId,
        host,
        tls_version: tlsVersion,
      },
    })
  },
}

const LEAST_FIELDS = 17
const OPERATION = /^(REST|SOAP|WEBSITE|BATCH|S3)\.[\w.]+$/

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}
