import { ChartSpec } from '@almanac/core/charts/chart-spec.ts'
import { expect, test } from 'vitest'
import { KIND_NAMES } from './kind-catalogue.ts'
import { KIND_OPTIONS } from './kind-options.ts'

const schemas = ChartSpec.options.map(({ shape }) => ({ kind: shape.kind.value, keys: Object.keys(shape) }))
/** What is chosen column by column, and the kind itself. */
const ELSEWHERE = ['kind', 'labels', 'formats', 'colours']

test.each(schemas)('everything that $kind has can be chosen', ({ kind, keys }) => {
  const offered = KIND_OPTIONS[kind].map(({ key }) => key)
  expect(offered.toSorted()).toEqual(keys.filter((key) => !ELSEWHERE.includes(key)).toSorted())
})

test('the catalogue has every kind', () => {
  expect(KIND_NAMES.toSorted()).toEqual(schemas.map(({ kind }) => kind).toSorted())
})

const choices = KIND_NAMES.flatMap((kind) =>
  KIND_OPTIONS[kind].flatMap((field) => (field.type === 'choice' ? [{ kind, field, key: field.key }] : [])),
)

test.each(choices)('$kind takes each choice of $key', ({ kind, field }) => {
  const rest = kind === 'image' ? { address: 'https://example.com/a.png', alternative: 'A' } : {}
  for (const { id } of field.choices) {
    // Stands for nothing chosen and is never written.
    if (id === '') continue
    expect(ChartSpec.safeParse({ kind, ...rest, [field.key]: id }).error?.issues).toBeUndefined()
  }
})
