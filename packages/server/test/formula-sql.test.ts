import { randomInt } from 'node:crypto'
import { evaluateFormula, formulaSql, parseFormula } from '@almanac/core/cubes/formula/formula.ts'
import { FORMULA_CASES } from '@almanac/core/cubes/formula/formula-cases.ts'
import { expect, test } from 'vitest'
import { createRandom, type Random } from './reference/random.ts'
import type { TestDatabase } from './support/engines.ts'
import { useTestDatabase } from './support/use-test-database.ts'

/** Formulas mean the same in the engine as in JavaScript, to the last bit. */

let database: TestDatabase
useTestDatabase((fresh) => {
  database = fresh
})

/** The values of expressions, as text would lose nothing but NaN and infinity, which no formula may give. */
async function valuesOf(expressions: readonly string[]): Promise<unknown[]> {
  const query = `SELECT ${expressions.map((sql, i) => `${sql} AS v${i}`).join(', ')}`
  const result = await database.clickhouse.query({ query, format: 'JSONCompactEachRow' })
  const [row] = await result.json<unknown[]>()
  return row ?? []
}

const LITERALS = {
  'nullable floating point': (value: number | null) => `CAST(${value ?? 'NULL'} AS Nullable(Float64))`,
  'what a value is by itself': (value: number | null) =>
    value === null ? 'CAST(NULL AS Nullable(Int64))' : `${Number.isInteger(value) ? 'toInt64' : 'toFloat64'}(${value})`,
  'decimals where there are whole numbers': (value: number | null) =>
    value !== null && Number.isInteger(value)
      ? `toDecimal128(${value}, 4)`
      : `CAST(${value ?? 'NULL'} AS Nullable(Float64))`,
} as const

test.each(Object.keys(LITERALS) as (keyof typeof LITERALS)[])(
  'every case has its result with inputs as %s',
  async (kind) => {
    const expressions = FORMULA_CASES.map(({ formula, values }) =>
      formulaSql(parseFormula(formula), (name) => LITERALS[kind](values[name] ?? null)),
    )
    const results = await valuesOf(expressions)
    expect(results).toEqual(FORMULA_CASES.map(({ result }) => result))
  },
)

test('the result may be unknown whatever the inputs are', async () => {
  const types = await valuesOf(
    ['1', 'a', 'abs(a)', 'min(a, 2)', 'coalesce(a, 1)', 'round(a, 1)'].map(
      (text) => `toTypeName(${formulaSql(parseFormula(text), () => 'toUInt64(3)')})`,
    ),
  )
  expect(new Set(types)).toEqual(new Set(['Nullable(Float64)']))
})

test('random formulas have the same value on both sides', async () => {
  const seed = Number(process.env.SEED ?? randomInt(1e9))
  const random = createRandom(seed)
  const inputs: Readonly<Record<string, number | null>> = {
    a: 0,
    b: -1,
    c: 2.5,
    d: 7,
    e: 1e10,
    f: null,
    g: 1e300,
    h: 0.1,
  }
  for (let round = 0; round < 20; round++) {
    const texts = Array.from({ length: 40 }, () => randomFormula(random, Object.keys(inputs), 4))
    const formulas = texts.map(parseFormula)
    const results = await valuesOf(
      formulas.map((formula) =>
        formulaSql(formula, (name) => LITERALS['nullable floating point'](inputs[name] ?? null)),
      ),
    )
    const here = formulas.map((formula) => evaluateFormula(formula, (name) => inputs[name] ?? null))
    for (const [i, text] of texts.entries()) expect(results[i], `seed ${seed}: ${text}`).toBe(here[i])
  }
})

function randomFormula(random: Random, names: readonly string[], depth: number): string {
  const inner = () => randomFormula(random, names, depth - 1)
  if (depth === 0) return random.chance(0.7) ? random.pick(names) : String(random.below(1000) / 8)
  const forms: readonly (() => string)[] = [
    () => `${inner()} ${random.pick(['+', '-', '*', '/'])} ${inner()}`,
    () => `(${inner()} ${random.pick(['+', '-', '*', '/'])} ${inner()})`,
    () => `-${inner()}`,
    () => `${random.pick(['nullif', 'coalesce', 'min', 'max'])}(${inner()}, ${inner()})`,
    () => `abs(${inner()})`,
    () => `round(${inner()}, ${random.below(5)})`,
    inner,
  ]
  return random.pick(forms)()
}
