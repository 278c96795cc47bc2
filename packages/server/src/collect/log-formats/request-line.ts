import { unescapeField } from './quoted-field.ts'

/** What `METHOD target [protocol]` says; `request` is the text when it is nothing of that form. */
export interface RequestLine {
  readonly method?: string
  readonly url?: string
  readonly protocol?: string
  readonly request?: string
}

/** As web servers write it between quotes: escapes are undone. */
export function readRequestLine(raw: string): RequestLine {
  const request = unescapeField(raw)
  const methodEnd = request.indexOf(' ')
  if (methodEnd > 0 && METHOD.test(request.slice(0, methodEnd))) {
    const protocolStart = request.lastIndexOf(' ') + 1
    const hasProtocol = protocolStart > methodEnd + 1 && request.startsWith('HTTP/', protocolStart)
    const url = request.slice(methodEnd + 1, hasProtocol ? protocolStart - 1 : request.length)
    // Without a protocol it is HTTP/0.9, whose target cannot hold spaces.
    if (url !== '' && (hasProtocol || !url.includes(' '))) {
      const method = request.slice(0, methodEnd)
      return hasProtocol ? { method, url, protocol: request.slice(protocolStart) } : { method, url }
    }
  }
  return request === '-' || request === '' ? {} : { request }
}

const METHOD = /^[A-Za-z][A-Za-z_-]{0,31}$/

/** What a request line says besides method and URL. */
export function requestProperties(raw: string): Record<string, unknown> {
  const { protocol, request } = readRequestLine(raw)
  return { protocol, request }
}
