import { setFlagsFromString } from 'node:v8'
import { AppError } from '@almanac/core/errors.ts'
import { parseApacheTime } from './apache-time.ts'
import { excerpt, type LogFormat } from './log-format.ts'
import { isoTime, unixTime } from './log-time.ts'
import { requestDraft } from './request-draft.ts'
import { readRequestLine } from './request-line.ts'

/**
 * A format of the user's own: a regular expression with named groups. A careless one (`(a+)+$`) takes the usual engine
 * longer than a life for a line of fifty characters, and lines of logs are written by strangers. So only expressions are
 * taken that V8 can also execute in linear time (no look-ahead, no back-reference), and it is told to do so as soon as it
 * has turned back often on a line. Longer lines than 64 KiB are not tried.
 */
export function patternFormat(pattern: string): LogFormat {
  const expression = compiled(pattern)
  return {
    label: 'the regular expression',
    parse(line, { nowMs }) {
      if (line.length > MAX_LINE)
        return { rejected: `expected a line of at most ${MAX_LINE} characters, got ${line.length}` }
      const groups = expression.exec(line)?.groups
      if (!groups)
        return { rejected: `expected a line that the expression matches, got ${JSON.stringify(excerpt(line))}` }
      const { time, address, method, url, host, scheme, status, bytes, seconds, referrer, ...other } = groups
      const { request, user_agent: userAgent, duration_ms: milliseconds, ...properties } = other
      const { request: unread, ...requestLine } = readRequestLine(request ?? '')
      return requestDraft({
        at: timeOf(time ?? '', nowMs),
        address,
        method: method ?? requestLine.method,
        url: url ?? requestLine.url,
        host,
        scheme,
        status,
        bytes,
        durationMs: durationOf(milliseconds, seconds),
        referrer,
        userAgent,
        properties: { protocol: requestLine.protocol, request: unread, ...properties },
      })
    },
  }
}

const MAX_LINE = 65_536

function compiled(pattern: string): RegExp {
  // For this process, the command line's: its own expressions are none that would turn back so often.
  setFlagsFromString('--enable-experimental-regexp-engine')
  setFlagsFromString('--enable-experimental-regexp-engine-on-excessive-backtracks')
  setFlagsFromString('--regexp-backtracks-before-fallback=50000')
  try {
    // Throws when it is wrong, or when the linear engine cannot do it.
    new RegExp(pattern, 'l')
  } catch (cause) {
    throw new AppError('invalid_request', `The regular expression cannot be used: ${(cause as Error).message}`, {
      hint: 'It must work without look-ahead, back-references and counts above 16, so that no line can make it slow.',
      cause,
    })
  }
  const expression = new RegExp(pattern)
  if (!/\(\?<time>/.test(pattern)) {
    throw new AppError('invalid_request', 'The regular expression has no group named time', {
      hint: `Name the groups, such as ${String.raw`(?<address>\S+) \[(?<time>[^\]]+)\] "(?<request>[^"]*)" (?<status>\d+)`}`,
    })
  }
  return expression
}

/** By its look: `17/May/2015:10:05:03 +0000`, a number since 1970, or ISO 8601. */
function timeOf(time: string, nowMs: number): number | string {
  if (/^\d\d\/[A-Z]/.test(time)) return parseApacheTime(`[${time}]`, 1, nowMs)
  return /^\d+(\.\d+)?$/.test(time) ? unixTime(time, nowMs) : isoTime(time, nowMs)
}

function durationOf(milliseconds: string | undefined, seconds: string | undefined): number | undefined {
  const amount = Number(milliseconds ?? seconds ?? Number.NaN) * (milliseconds === undefined ? 1000 : 1)
  return Number.isFinite(amount) ? amount : undefined
}
