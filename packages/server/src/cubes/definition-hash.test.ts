import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { expect, test } from 'vitest'
import { definitionHash } from './definition-hash.ts'
import { countMeasure, testCube } from './testing/test-cube.ts'

const CUBE = testCube()
const derived = {
  class: 'derived',
  label: 'Size',
  format: 'decimal',
  better: 'higher',
  gaps: 'null',
  formula: 'bytes / hits',
} as const

test.each<{ what: string; cube: CubeDefinition }>([
  { what: 'a label', cube: { ...CUBE, label: 'Requests' } },
  { what: 'the label of a measure', cube: testCube({ measures: { hits: countMeasure('Requests') } }) },
  { what: 'a measure by formula', cube: testCube({ measures: { per_hit: derived } }) },
  { what: 'the first day of the week', cube: { ...CUBE, calendar: { ...CUBE.calendar, firstDayOfWeek: 7 } } },
  { what: 'default filters', cube: { ...CUBE, defaultFilters: {} } },
  {
    what: 'the order of dimensions',
    cube: { ...CUBE, dimensions: Object.fromEntries(Object.entries(CUBE.dimensions).reverse()) },
  },
  { what: 'a way through JSON', cube: JSON.parse(JSON.stringify(CUBE)) },
])('$what keeps the table', ({ cube }) => {
  expect(definitionHash(cube)).toBe(definitionHash(CUBE))
})

test.each<{ what: string; cube: CubeDefinition }>([
  { what: 'a kept measure', cube: testCube({ measures: { redirects: countMeasure('Redirects', 'status = 301') } }) },
  { what: 'the zone', cube: testCube({ timezone: 'Asia/Kathmandu' }) },
  { what: 'a rollup', cube: { ...CUBE, rollups: CUBE.rollups.slice(1) } },
  { what: 'the rows that belong to it', cube: { ...CUBE, base: { ...CUBE.base, where: 'true' } } },
  {
    what: 'the SQL of a dimension',
    cube: {
      ...CUBE,
      dimensions: {
        ...CUBE.dimensions,
        path: { kind: 'expression', label: 'Page', sql: 'lower(path)', type: 'string', isWide: true },
      },
    },
  },
  { what: 'the name', cube: testCube({ name: 'other' }) },
])('$what makes another table', ({ cube }) => {
  expect(definitionHash(cube)).not.toBe(definitionHash(CUBE))
})
