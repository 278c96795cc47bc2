import type { LogFormat, ParseContext } from './log-format.ts'
import { LOG_FORMAT_NAMES, LOG_FORMATS, type LogFormatName } from './log-formats.ts'

const LINES_TRIED = 100

/**
 * The format that understands most of a text's first lines, more than half of them at least; undefined when there is none.
 * `isWhole` says that nothing comes after the text, so that its last line is not cut off. Text with no line in it fits any.
 */
export function detectFormat(head: Buffer, isWhole: boolean, context: ParseContext): LogFormatName | undefined {
  const lines = firstLines(head, isWhole)
  if (lines.length === 0) return 'combined'
  let best: { readonly name: LogFormatName; readonly score: number } | undefined
  for (const name of LOG_FORMAT_NAMES) {
    const score = scoreOf(LOG_FORMATS[name], lines, context)
    if (score > (best?.score ?? 0.5)) best = { name, score }
  }
  return best?.name
}

/** The lines that are looked at: all but the one that the end of the head cuts off. */
export function firstLines(head: Buffer, isWhole: boolean): string[] {
  const lines = head
    .toString()
    .replace(/^\ufeff/, '')
    .split('\n')
  if (!isWhole && lines.length > 1) lines.pop()
  return lines
    .map((line) => line.replace(/\r$/, ''))
    .filter((line) => line !== '')
    .slice(0, LINES_TRIED)
}

/** The share of lines that are requests, of those that are not about the file itself; of a file with only such lines, 1. */
function scoreOf(format: LogFormat, lines: readonly string[], context: ParseContext): number {
  const parse = format.withDirectives?.() ?? format.parse
  let understood = 0
  let directives = 0
  for (const line of lines) {
    const parsed = parse(line, context)
    if ('draft' in parsed) understood++
    else if ('directive' in parsed) directives++
  }
  return directives === lines.length ? 1 : understood / (lines.length - directives)
}
