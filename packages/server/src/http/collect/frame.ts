import type { FrameHeader } from '../../collect/collected-event.ts'

/** A frame of the log: the header, then one line for each event that is JSON already. */
export function encodeFrame(header: FrameHeader, lines: readonly string[]): string {
  const { v, source, environment, receivedAt, keyId, importId, kind } = header
  return `${JSON.stringify({ v, source, environment, receivedAt, keyId, importId, kind })}\n${lines.join('\n')}`
}

/** The same of one event, for which most of the header is the same each time. */
export function lineFrame({ source, environment, receivedAt, keyId, kind }: LineHeader, line: string): string {
  if (source !== lastSource || environment !== lastEnvironment || keyId !== lastKeyId || kind !== lastKind) {
    const header = JSON.stringify({ v: 1, source, environment, receivedAt: 0, keyId, kind })
    const at = header.indexOf(RECEIVED_AT) + RECEIVED_AT.length
    lastStart = header.slice(0, at)
    lastEnd = header.slice(at + 1)
    lastSource = source
    lastEnvironment = environment
    lastKeyId = keyId
    lastKind = kind
  }
  return `${lastStart}${receivedAt}${lastEnd}\n${line}`
}

type LineHeader = Pick<FrameHeader, 'source' | 'environment' | 'receivedAt' | 'keyId' | 'kind'>

// No name of a source can hold it: quotation marks are escaped.
const RECEIVED_AT = '"receivedAt":'
let lastSource: string | undefined
let lastEnvironment: string | undefined
let lastKeyId: string | undefined
let lastKind: FrameHeader['kind']
let lastStart = ''
let lastEnd = ''
