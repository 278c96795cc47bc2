import type { ForeignEvent } from '../../events/foreign-event.ts'
import { requestKind } from '../../log-formats/request-kind.ts'
import { numberOf } from '../loose-values.ts'
import { origin } from './log-line-event.ts'
import type { SyslogMessage } from './syslog-message.ts'

/**
 * What Heroku itself says among an app's lines: its router's requests, and that it had to drop messages. Undefined for all
 * else.
 */
export function herokuEvent(message: SyslogMessage): ForeignEvent | undefined {
  if (message.app !== 'heroku') return undefined
  if (message.process === 'router') return routerEvent(message)
  return lossEvent(message)
}

/**
 * `at=info method=GET path="/x" host=… fwd="198.51.100.7" connect=1ms service=18ms status=200 bytes=13`: a request, named
 * and told apart as the lines of a web server's log are.
 */
function routerEvent(message: SyslogMessage): ForeignEvent | undefined {
  const { method, path, host, fwd, service, status, bytes, protocol, ...rest } = pairsOf(message.text)
  if (method === undefined || path === undefined) return undefined
  const kind = requestKind(method, path, numberOf(status))
  return {
    name: kind === 'page' ? 'page_view' : 'request',
    timeMs: message.timeMs,
    url: host === undefined ? path : `${protocol === 'http' ? 'http' : 'https'}://${host}${path}`,
    method,
    status: numberOf(status),
    bytes: numberOf(bytes),
    // Each proxy on the way adds itself behind, so the first is the visitor.
    address: fwd?.split(',')[0]?.trim() ?? '',
    durationMs: milliseconds(service),
    properties: { ...rest, process: 'router', ...(protocol && { protocol }), ...(kind !== 'page' && { kind }) },
  }
}

/** `Error L10 (output buffer overflow): 491 messages dropped since 2012-…`, and `drain 'd.x' dropped 491 messages since …`. */
function lossEvent(message: SyslogMessage): ForeignEvent | undefined {
  const [, code = ''] = /^Error (L1\d)\b/.exec(message.text) ?? []
  const [, count] = /(\d{1,15}) messages?\b/.exec(message.text) ?? []
  if (code === '' || count === undefined) return undefined
  const [, since = ''] = /since (\S+?)\.?$/.exec(message.text) ?? []
  const properties = { ...origin(message), code, count: Number(count), ...(since && { since }), message: message.text }
  return { name: 'log_loss', timeMs: message.timeMs, address: '', properties }
}

function pairsOf(text: string): Record<string, string | undefined> {
  const pairs = [...text.matchAll(/(?:^| )([\w#]{1,64})=(?:"([^"]*)"|([^" ]*))/g)]
  return Object.fromEntries(pairs.map(([, key = '', quoted, plain]) => [key, quoted ?? plain ?? '']))
}

function milliseconds(text: string | undefined): number | undefined {
  return numberOf(text?.replace(/ms$/, ''))
}
