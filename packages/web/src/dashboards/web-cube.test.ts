import { typeOf } from '@almanac/core/cubes/dimension-sql.ts'
import { WEB_CUBE as DEFINITION } from '@almanac/core/cubes/ready/web.ts'
import { expect, test } from 'vitest'
import { WEB_CUBE } from './web-cube.ts'

test('the overview says of the web cube what its definition says', () => {
  const { name, label } = DEFINITION
  expect(WEB_CUBE).toMatchObject({ name, label })
  for (const [measure, shown] of Object.entries(WEB_CUBE.measures)) {
    expect(DEFINITION.measures[measure]).toMatchObject(shown)
  }
  for (const [dimension, shown] of Object.entries(WEB_CUBE.dimensions)) {
    const defined = DEFINITION.dimensions[dimension]
    expect(defined && { label: defined.label, type: typeOf(defined) }).toEqual(shown)
  }
})
