/** The position of the quote that ends a quoted field, -1 if there is none. A quote after a backslash does not end it. */
export function closingQuote(line: string, from: number): number {
  let quote = line.indexOf('"', from)
  while (quote !== -1 && isEscaped(line, from, quote)) quote = line.indexOf('"', quote + 1)
  return quote
}

/**
 * Undoes `\"`, `\\` and `\xhh`, the escapes of Apache and nginx. Bytes that are no text (control characters, what is not
 * valid UTF-8) stay escaped as they came, so that nothing is lost and nothing unprintable gets in.
 */
export function unescapeField(field: string): string {
  return field.includes('\\') ? field.replace(ESCAPES, unescapeRun) : field
}

const ESCAPES = /\\["\\]|(?:\\x[0-9a-fA-F]{2})+/g
const PRINTABLE = /\\x([2-6][0-9a-fA-F]|7[0-9a-eA-E])/g
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\0-\x1f\x7f]/

function isEscaped(line: string, from: number, quote: number): boolean {
  let backslash = quote - 1
  while (backslash >= from && line.charCodeAt(backslash) === 92) backslash--
  return (quote - backslash) % 2 === 0
}

function unescapeRun(run: string): string {
  if (run[1] !== 'x') return run.slice(1)
  const text = decode(Buffer.from(run.replaceAll('\\x', ''), 'hex'))
  if (text !== undefined && !CONTROL.test(text)) return text
  return run.replace(PRINTABLE, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

function decode(bytes: Buffer): string | undefined {
  try {
    return UTF8.decode(bytes)
  } catch {
    return undefined
  }
}
