import type { LogFormat } from './log-format.ts'
import { columnParser } from './w3c-columns.ts'

/** Standard logs of Amazon CloudFront: columns of the W3C's names, with tabs between them and values as in an address. */
export const cloudfront: LogFormat = {
  label: 'Amazon CloudFront standard log, with its #Fields lines',
  parse: (line, context) => newParser()(line, context),
  withDirectives: newParser,
}

function newParser() {
  return columnParser({ valuesOf, textOf, durationMs })
}

function valuesOf(line: string): readonly string[] {
  return line.split('\t')
}

/** Older logs are encoded twice. */
function textOf(value: string): string {
  const once = decoded(value)
  return /%20/.test(once) && !once.includes(' ') ? decoded(once) : once
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

function durationMs(seconds: string): number | undefined {
  const amount = Number(seconds)
  return Number.isFinite(amount) ? Math.round(amount * 1e6) / 1000 : undefined
}
