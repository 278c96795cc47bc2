/**
 * Remembers what was computed for the texts that come again and again. Two generations: what was used lately is never
 * forgotten. Long texts are not worth their memory: they hardly ever come twice.
 */
export function remembered<T extends object>(
  compute: (text: string) => T,
  { size = 10_000, maxLength = 500 } = {},
): (text: string) => T {
  let young = new Map<string, T>()
  let old = new Map<string, T>()
  return (text) => {
    if (text.length > maxLength) return compute(text)
    let value = young.get(text)
    if (value === undefined) {
      value = old.get(text) ?? compute(text)
      if (young.size >= size) {
        old = young
        young = new Map()
      }
      young.set(text, value)
    }
    return value
  }
}
