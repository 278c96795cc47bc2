/** Formulas as words and signs. */
export interface Token {
  readonly kind: 'number' | 'name' | 'sign' | 'end' | 'unknown'
  readonly text: string
  /** From 1, as people count. */
  readonly position: number
}

const TOKEN =
  /(?<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)|(?<name>[A-Za-z_][A-Za-z0-9_]*)|(?<sign>[-+*/(),])|(?<unknown>\S)/g

/** All of them, and the end last. */
export function tokensOf(text: string): Token[] {
  const tokens = [...text.matchAll(TOKEN)].map(({ groups = {}, 0: word, index }): Token => {
    const kind = (['number', 'name', 'sign'] as const).find((one) => groups[one] !== undefined) ?? 'unknown'
    return { kind, text: word, position: index + 1 }
  })
  return [...tokens, { kind: 'end', text: '', position: text.trimEnd().length + 1 }]
}
