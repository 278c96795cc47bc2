/** JSON with a line for each member down to a depth, and what is deeper in one line: long lists of points stay readable. */
export function plainLines(value: unknown, depth = 4, indent = ''): string {
  const inline = JSON.stringify(value)
  if (inline === undefined || depth === 0 || inline.length + indent.length < 110 || typeof value !== 'object')
    return inline
  const inner = `${indent}  `
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  const members = Array.isArray(value)
    ? value.map((one: unknown) => plainLines(one, depth - 1, inner) ?? 'null')
    : Object.entries(value ?? {}).flatMap(([name, one]) => {
        const text = plainLines(one, depth - 1, inner)
        return text === undefined ? [] : [`${JSON.stringify(name)}: ${text}`]
      })
  return `${open}\n${members.map((member) => `${inner}${member}`).join(',\n')}\n${indent}${close}`
}
