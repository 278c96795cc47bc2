interface Statement {
  readonly sql: string
  readonly parameters: Readonly<Record<string, unknown>>
}

/** A statement with the values of its parameters before it, as ClickHouse's own client takes them. */
export function statementText({ sql, parameters }: Statement): string {
  const settings = Object.entries(parameters).map(([name, value]) => `SET param_${name} = ${literal(value)};`)
  return [...settings, sql.trim()].join('\n')
}

function literal(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return quoted(`[${value.map(element).join(', ')}]`)
  return quoted(typeof value === 'string' ? value : JSON.stringify(value))
}

const element = (value: unknown) => (typeof value === 'string' ? quoted(value) : String(value))
const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
