import type { FrameHeader } from '../../collect/events/collected-event.ts'

/** A frame of the log: the header, then one line for each event that is JSON already. */
export function encodeFrame(header: FrameHeader, lines: readonly string[]): string {
  const { v, source, environment, receivedAt, keyId, importId, kind, site } = header
  return `${JSON.stringify({ v, source, environment, receivedAt, keyId, importId, kind, site })}\n${lines.join('\n')}`
}

/** The same of one event, for which most of the header is the same each time. */
export function lineFrame(header: LineHeader, line: string): string {
  const { receivedAt } = header
  if (!isLikeLast(header)) {
    const { source, environment, keyId, kind, site } = header
    const text = JSON.stringify({ v: 1, source, environment, receivedAt: 0, keyId, kind, site })
    const at = text.indexOf(RECEIVED_AT) + RECEIVED_AT.length
    lastStart = text.slice(0, at)
    lastEnd = text.slice(at + 1)
    last = header
  }
  return `${lastStart}${receivedAt}${lastEnd}\n${line}`
}

type LineHeader = Pick<FrameHeader, 'source' | 'environment' | 'receivedAt' | 'keyId' | 'kind' | 'site'>

function isLikeLast({ source, environment, keyId, kind, site }: LineHeader): boolean {
  if (source !== last.source || environment !== last.environment) return false
  return keyId === last.keyId && kind === last.kind && site === last.site
}

// No name of a source can hold it: quotation marks are escaped.
const RECEIVED_AT = '"receivedAt":'
let last: Partial<LineHeader> = {}
let lastStart = ''
let lastEnd = ''
