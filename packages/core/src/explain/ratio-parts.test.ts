import { expect, test } from 'vitest'
import type { CubeDefinition } from '../cubes/cube.ts'
import { partsOf } from '../cubes/sql/measure-sql.ts'
import { summedMeasures, withRatioParts } from './ratio-parts.ts'

const LABEL = { label: 'Rate', format: 'percent', better: 'higher', gaps: 'null' } as const
const CUBE: CubeDefinition = {
  name: 'shop',
  label: 'Shop',
  base: { from: 'facts', tables: ['facts'], where: 'true', timeColumn: 'at' },
  calendar: { timezone: 'UTC', firstDayOfWeek: 1, fiscalYearStart: 1 },
  dimensions: {},
  measures: {
    rate: {
      ...LABEL,
      class: 'decomposable',
      numerator: { of: 'price', number: 'decimal' },
      denominator: { number: 'integer' },
    },
    sales: { ...LABEL, class: 'additive', part: { number: 'integer' } },
    buyers: { ...LABEL, class: 'mergeable', state: { kind: 'uniq', of: 'buyer', isExact: true } },
  },
  defaultFilters: {},
  rollups: [
    { dimensions: [], step: 'hour' },
    { dimensions: [], measures: ['rate'], step: 'hour' },
    { dimensions: [], measures: ['sales'], step: 'hour' },
  ],
}

test('the parts of a ratio have the columns that the cube keeps of the ratio', () => {
  const { rate } = CUBE.measures
  const { rate_numerator, rate_denominator } = withRatioParts(CUBE).measures
  if (!rate || !rate_numerator || !rate_denominator) throw new Error('the measures are there')
  const columns = (name: string, measure: typeof rate) =>
    partsOf(measure, CUBE.base).map(({ suffix, type, fromRaw }) => [`m_${name}${suffix}`, type, fromRaw])
  expect([...columns('rate_numerator', rate_numerator), ...columns('rate_denominator', rate_denominator)]).toEqual(
    columns('rate', rate),
  )
})

test('a rollup has the parts of a ratio when it has the ratio', () => {
  expect(withRatioParts(CUBE).rollups.map(({ measures }) => measures)).toEqual([
    undefined,
    ['rate', 'rate_numerator', 'rate_denominator'],
    ['sales'],
  ])
})

test('a cube without ratios is left as it is', () => {
  const { sales } = CUBE.measures
  if (!sales) throw new Error('there are sales')
  const plain = { ...CUBE, measures: { sales } }
  expect(withRatioParts(plain)).toBe(plain)
})

test('a difference is made up of what adds up', () => {
  const summed = Object.entries(CUBE.measures).map(([name, measure]) => summedMeasures(name, measure))
  expect(summed).toEqual([['rate_numerator', 'rate_denominator'], ['sales'], undefined])
})
