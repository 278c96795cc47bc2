/**
 * JSON numbers become floating point numbers, which round from the 16th digit on: the id 18446744073709551615 would turn into
 * another one. A number that would be rounded is kept as the text that it was.
 */
export function parseExactJson(text: string): unknown {
  if (!MAY_ROUND.test(text)) return JSON.parse(text)
  // The third argument is newer than the types of `JSON.parse`.
  const keepExact: SourceReviver = (_key, value, context) =>
    typeof value === 'number' && context?.source !== undefined && isRounded(value, context.source)
      ? context.source
      : value
  return JSON.parse(text, keepExact)
}

type SourceReviver = (key: string, value: unknown, context?: { readonly source?: string }) => unknown

/** Also finds digits inside of texts, which costs time and nothing else. */
const MAY_ROUND = /[\d.]{17}|\d{16}/

/** What is written with an exponent was a floating point number before. */
function isRounded(value: number, source: string): boolean {
  if (!/^-?\d+(\.\d+)?$/.test(source)) return false
  const shortest = source.includes('.') ? source.replace(/\.?0+$/, '') : source
  return String(value) !== shortest && Number(shortest) !== 0
}
