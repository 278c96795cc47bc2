import { z } from 'zod'

/**
 * Requests in which one field is hostile, one for every field that a schema has at any depth. They are made from the schema
 * itself, so that a field that is added to it is tried from then on.
 */
export interface Shape {
  /** A value that the schema accepts. */
  readonly plain: unknown
  /** The same with a text in one place: a value, or the name of a field that there is not. */
  readonly withText: readonly ((text: string) => unknown)[]
}

type JsonSchema = z.core.JSONSchema.JSONSchema

/** `plainOf` gives a sensible value for a field by its name; where it has none, any that the schema accepts is taken. */
export function shapeOf(schema: z.ZodType, plainOf: (field: string) => unknown): Shape {
  const root = z.toJSONSchema(schema, { io: 'input' })
  const definitions = root.$defs ?? {}

  function visit(node: JsonSchema, field: string, depth: number): Shape | undefined {
    if (node.$ref !== undefined) {
      const inner = definitions[node.$ref.replace('#/$defs/', '')]
      return inner && depth < DEEPEST ? visit(inner, field, depth + 1) : undefined
    }
    if (node.anyOf) return either(node.anyOf as JsonSchema[], field, depth)
    if (node.type === 'array') return listOf(node, field, depth)
    if (node.type === 'object') return objectOf(node, depth)
    const usual = node.const ?? node.enum?.[0] ?? node.minimum ?? (node.type === 'boolean' ? true : 1)
    return { plain: plainOf(field) ?? usual, withText: [(text) => text] }
  }

  function either(options: JsonSchema[], field: string, depth: number): Shape | undefined {
    const shapes = options.flatMap((option) => visit(option, field, depth) ?? [])
    const [first] = shapes
    return first && { plain: first.plain, withText: shapes.flatMap(({ withText }) => withText) }
  }

  function listOf({ items }: JsonSchema, field: string, depth: number): Shape | undefined {
    const item = visit(items as JsonSchema, field, depth)
    return item && { plain: [item.plain], withText: item.withText.map((make) => (text: string) => [make(text)]) }
  }

  function objectOf({ properties = {} }: JsonSchema, depth: number): Shape | undefined {
    const fields = Object.entries(properties).map(
      ([name, inner]) => [name, visit(inner as JsonSchema, name, depth)] as const,
    )
    if (fields.some(([, shape]) => shape === undefined)) return undefined
    const plain = Object.fromEntries(fields.map(([name, shape]) => [name, shape?.plain]))
    const inFields = fields.flatMap(([name, shape]) =>
      (shape?.withText ?? []).map((make) => (text: string) => ({ ...plain, [name]: make(text) })),
    )
    return { plain, withText: [...inFields, (text) => ({ ...plain, [text]: 1 })] }
  }

  const shape = visit(root as JsonSchema, '', 0)
  if (!shape) throw new Error('the schema refers to nothing but itself')
  return shape
}

const DEEPEST = 3

/** Part of every hostile text that is not the name of something built in. */
export const MARK = 'zqx'

export const HOSTILE_TEXTS = [
  `${MARK}'); DROP TABLE events; --`,
  `${MARK}") UNION ALL SELECT 1 --`,
  `${MARK}\` AS \`b`,
  `${MARK}\\`,
  `{${MARK}:String}`,
  `\u0000${MARK}\n/* `,
  `2026-03-01T00:00:00Z'${MARK}`,
  `UTC'${MARK}`,
  `😀${MARK}`,
  ' ',
  '',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '1e999',
  'NaN',
  '-0',
  '9'.repeat(400),
  MARK.repeat(100_000),
] as const
