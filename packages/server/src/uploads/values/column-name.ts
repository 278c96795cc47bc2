/** Names for SQL and queries out of headers: `Größe (cm)` is `grosse_cm`; what has no letter of ours is `column_3`. */

const LONGEST = 40

export function columnNames(headers: readonly string[]): string[] {
  const taken = new Set(['time'])
  return headers.map((header, i) => freshName(plainName(header, `column_${i + 1}`), taken))
}

export function plainName(text: string, otherwise: string): string {
  const plain = text
    .replaceAll('ß', 'ss')
    .replaceAll('%', ' percent ')
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, ' ')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
  const name = /^\d/.test(plain) ? `c_${plain}` : plain
  // One letter is what queries call their own columns.
  const longer = name.length === 1 || name === 'is_rest' ? `${name}_value` : name
  return longer.slice(0, LONGEST).replace(/_+$/, '') || otherwise
}

/** The name, or the first of `name_2`, `name_3` … that nobody has; it is taken from then on. */
export function freshName(name: string, taken: Set<string>): string {
  let fresh = name
  for (let n = 2; taken.has(fresh); n++) {
    const end = `_${n}`
    fresh = `${name.slice(0, LONGEST - end.length)}${end}`
  }
  taken.add(fresh)
  return fresh
}
