import type { QueryInput } from '@almanac/core/query/query.ts'

/** The same question for other programs. `server` is the address of Almanac, such as `https://almanac.example.com`. */

export function curlCode(query: QueryInput, server: string): string {
  // In single quotes, only they themselves have a meaning for the shell.
  const body = JSON.stringify(query).replaceAll("'", `'\\''`)
  return [
    `curl -s '${server}/api/v1/query' \\`,
    `  -H "authorization: Bearer $ALMANAC_KEY" -H 'content-type: application/json' \\`,
    `  -d '${body}'`,
  ].join('\n')
}

export function clientCode(query: QueryInput, server: string): string {
  return [
    `import { createClient } from '@almanac/client'`,
    '',
    `const almanac = createClient({ url: '${server}', key: process.env.ALMANAC_KEY })`,
    `const { rows } = await almanac.query(${literal(query)})`,
    'console.table(rows)',
    '',
  ].join('\n')
}

/** What goes without saying is left out. */
export function shortQuery(query: QueryInput): QueryInput {
  return Object.fromEntries(
    Object.entries(query).filter(([, value]) => !(Array.isArray(value) && value.length === 0) && value !== undefined),
  ) as QueryInput
}

/** A value as TypeScript is written: JSON without the quotes around names that need none. */
function literal(value: unknown, indent = ''): string {
  if (Array.isArray(value)) return `[${value.map((one) => literal(one, indent)).join(', ')}]`
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? quoted(value) : String(value)
  const inner = `${indent}  `
  const entries = Object.entries(value).map(
    ([name, one]) => `${inner}${/^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name)}: ${literal(one, inner)},`,
  )
  return ['{', ...entries, `${indent}}`].join('\n')
}

function quoted(text: string): string {
  const json = JSON.stringify(text)
  // Nothing in it had to be written otherwise.
  const isPlain = json.length === text.length + 2 && !text.includes("'")
  return isPlain ? `'${text}'` : json
}
