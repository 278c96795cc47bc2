import { expect, test } from 'vitest'
import { ChartSpec } from './chart-spec.ts'
import { draw } from './draw.ts'
import { isStatic } from './static-kinds.ts'
import { HITS_BY_BROWSER, HITS_BY_DAY, ONLY_NULLS } from './testing/frames.ts'
import { frameOf } from './testing/frames-parts.ts'
import { LOOK } from './testing/look.ts'

const KINDS = ChartSpec.options.map(({ shape }) => shape.kind.value)
const FIGURES = KINDS.filter((kind) => !isStatic(kind))

test.each(FIGURES)('a %s of no rows says that there is nothing', (kind) => {
  expect(draw(ChartSpec.parse({ kind }), { ...HITS_BY_DAY, rows: [] }, LOOK)).toMatchObject({
    as: 'empty',
    reason: 'nothing',
  })
})

test.each(FIGURES)('a %s of a frame without any columns says what it needs, and does not throw', (kind) => {
  const drawing = draw(ChartSpec.parse({ kind }), frameOf([], [{}]), LOOK)
  expect(drawing.as === 'empty' ? drawing.reason : drawing.as).toMatch(/unfit|table|pivot/)
})

test.each(FIGURES)('a %s of nothing but nulls is no picture of zeros', (kind) => {
  const drawing = draw(ChartSpec.parse({ kind }), ONLY_NULLS, LOOK)
  if (drawing.as === 'chart') expect(drawing.readings).toEqual([])
  else expect(drawing.as).toMatch(/empty|number|table|pivot|bullet|ranked|timeline|grid/)
})

test('a column that is gone is named, with those that there are', () => {
  expect(draw({ kind: 'line', values: ['sales'] }, HITS_BY_BROWSER, LOOK)).toEqual({
    as: 'empty',
    reason: 'unfit',
    text: 'There is no column “sales”; there are time, browser, hits.',
  })
})

test('words are no values', () => {
  expect(draw({ kind: 'bar', values: ['browser'] }, HITS_BY_BROWSER, LOOK)).toMatchObject({
    as: 'empty',
    reason: 'unfit',
  })
})
