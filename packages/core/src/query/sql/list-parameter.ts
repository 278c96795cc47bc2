/**
 * Lists as parameters. The engine takes no field of a request that is longer than 128 kB (`http_max_field_value_size`), so a long
 * list arrives as several.
 */

/** Binds the values under the name, and names that begin with it; the expression is an array of the type. */
export function bindList(
  parameters: Record<string, unknown>,
  name: string,
  type: string,
  values: readonly (string | number | boolean)[],
): string {
  const parts = partsOf(values)
  if (parts.length === 1) {
    parameters[name] = values
    return `{${name}:Array(${type})}`
  }
  const bound = parts.map((part, i) => {
    parameters[`${name}_part${i}`] = part
    return `{${name}_part${i}:Array(${type})}`
  })
  return `arrayConcat(${bound.join(', ')})`
}

const MOST_BYTES = 100_000

function partsOf<T extends string | number | boolean>(values: readonly T[]): T[][] {
  const parts: T[][] = []
  let part: T[] = []
  let size = 0
  for (const value of values) {
    const more = mostBytes(value)
    if (size + more > MOST_BYTES && part.length > 0) {
      parts.push(part)
      part = []
      size = 0
    }
    part.push(value)
    size += more
  }
  return [...parts, part]
}

/** With the quotes and the comma; a character of text has at most three bytes, or two with the escape. */
const mostBytes = (value: string | number | boolean) =>
  typeof value === 'string' ? value.length * 3 + 3 : String(value).length + 1
