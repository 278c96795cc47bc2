import { z } from 'zod'
import { Board } from '../board.ts'

/** Numbers in [0, 1). */
type Random = () => number

/** Any board that the schema lets through, with every kind of widget and texts that are hard to write down. */
export function randomBoard(random: Random): Board {
  let count = 0
  const made = randomOf(Board, { random, newId: () => `id-${count++}` }, 0)
  return Board.parse(made)
}

const TEXTS = [
  'a',
  'visits',
  'by_day',
  'w1',
  '28d',
  'Umsätze & Kosten',
  `it's "so"`,
  "'",
  '"',
  `\`\${x}\` \\ \\\\`,
  'line\nline\n',
  'tab\tand\r\nreturn',
  `</script><!-- \${1} -->`,
  '\u2028\u2029\0\u0007\u202e\ufeff',
  '👩‍👩‍👧 🇩🇪 ✅',
  'مرحبا שלום 你好',
  '\ud800',
  'x'.repeat(130),
  'don’t '.repeat(40).trim(),
  '',
]
const NUMBERS = [0, 1, 2, 3, 5, 12, 24, -1, 0.1, -2.5, 1e-9, 1e18, 1e21, 123_456.789]

interface Making {
  readonly random: Random
  readonly newId: () => string
}

/** Left out, or the first of a few tries that the schema takes. */
function randomOf(schema: z.core.$ZodType, making: Making, depth: number, key?: string): unknown {
  for (let i = 0; i < 200; i++) {
    const value = key === 'id' ? making.newId() : anyOf(schema, making, depth)
    if (z.safeParse(schema, value).success) return value
  }
  throw new Error(`Nothing was found for ${key}`)
}

function anyOf(schema: z.core.$ZodType, making: Making, depth: number): unknown {
  const { random } = making
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T
  const { def } = schema._zod as z.core.$ZodTypes['_zod']
  switch (def.type) {
    case 'string':
      return pick(TEXTS)
    case 'number':
      return pick(NUMBERS)
    case 'boolean':
      return random() < 0.5
    case 'literal':
      return pick(def.values)
    case 'enum':
      return pick(Object.values(def.entries))
    case 'null':
      return null
    case 'optional':
    case 'default':
    case 'prefault':
      return random() < 0.5 ? undefined : randomOf(def.innerType, making, depth)
    case 'lazy':
      return randomOf(def.getter(), making, depth + 1)
    case 'union':
      // Conditions in conditions come to an end.
      return randomOf(depth > 3 ? (def.options[0] as z.core.$ZodType) : pick(def.options), making, depth)
    case 'array':
      return Array.from({ length: Math.floor(random() * 4) }, () => randomOf(def.element, making, depth))
    case 'record':
      return Object.fromEntries(
        Array.from({ length: Math.floor(random() * 3) }, () => [pick(TEXTS), randomOf(def.valueType, making, depth)]),
      )
    case 'object': {
      const entries = Object.entries(def.shape).map(([key, part]) => [key, randomOf(part, making, depth, key)])
      return Object.fromEntries(entries.filter(([, part]) => part !== undefined))
    }
    default:
      throw new Error(`Nobody knows how to make a ${def.type}`)
  }
}
