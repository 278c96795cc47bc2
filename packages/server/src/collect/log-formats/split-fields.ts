import { closingQuote } from './quoted-field.ts'

const CLOSING: Readonly<Record<string, string>> = { '[': ']', '{': '}' }

/**
 * The fields of a line, which a space divides; a field may stand in quotes or, where `brackets` has them, in brackets, and
 * then hold spaces. Without the quotes and brackets. Undefined when one of them is not closed. Linear in the line.
 */
export function splitFields(line: string, brackets = ''): string[] | undefined {
  const fields: string[] = []
  let at = 0
  while (at <= line.length) {
    const first = line[at] ?? ''
    const isEnclosed = first === '"' || (first !== '' && brackets.includes(first))
    const start = isEnclosed ? at + 1 : at
    const end = isEnclosed ? enclosedEnd(line, start, first) : line.indexOf(' ', at)
    if (isEnclosed && end === -1) return undefined
    fields.push(line.slice(start, end === -1 ? line.length : end))
    if (end === -1) break
    const next = isEnclosed ? end + 1 : end
    if (next >= line.length) break
    if (line[next] !== ' ') return undefined
    at = next + 1
  }
  return fields
}

function enclosedEnd(line: string, start: number, opening: string): number {
  return opening === '"' ? closingQuote(line, start) : line.indexOf(CLOSING[opening] ?? '', start)
}
