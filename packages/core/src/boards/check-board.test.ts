import { expect, test } from 'vitest'
import { PAGES, SESSIONS } from '../segments/testing/two-cubes.ts'
import type { WidgetInput } from './board.ts'
import { checkBoard } from './check-board.ts'
import { smallBoard, smallWidget } from './testing/small-board.ts'

type Data = NonNullable<WidgetInput['data']>[number]

const asks = (more: object = {}): Data => ({ from: 'cube', cube: 'pages', measures: ['hits'], ...more }) as Data

function problems(data: Data[], more = {}) {
  const board = smallBoard([smallWidget('first'), smallWidget('second', data)], more)
  return checkBoard(board, [PAGES, SESSIONS]).map(({ path, message }) => `${path.join('.')}: ${message}`)
}
const PLACE = 'tabs.0.sections.0.widgets.1.data.0'

test('a board that asks for what is there has no problems', () => {
  const wide = asks({
    dimensions: ['browser'],
    grain: 'minute',
    filters: [{ dimension: 'status', values: [404] }],
    top: { by: 'hits', count: 5 },
    totals: [[]],
    order: [{ by: 'hits' }],
    compare: [{ with: 'previous_year' }],
  })
  expect(problems([wide, asks({ cube: 'sessions', grain: 'board' })])).toEqual([])
})

test('a cube, a measure and a dimension that are gone are told with their places and with what there is', () => {
  expect(problems([asks({ cube: 'gone' })])).toEqual([
    `${PLACE}.cube: there is no cube "gone": expected one of pages, sessions`,
  ])
  expect(problems([asks({ measures: ['hits', 'visitors'], dimensions: ['city'] })])).toEqual([
    `${PLACE}.dimensions.0: the cube pages has no dimension "city": expected one of browser, status, environment`,
    `${PLACE}.measures.1: the cube pages has no measure "visitors": expected one of hits`,
  ])
  expect(problems([asks({ filters: [{ not: { dimension: 'city', op: 'empty' } }] })])).toEqual([
    expect.stringMatching(
      /^tabs\.0\.sections\.0\.widgets\.1\.data\.0\.filters\.0\.not\.dimension: .*no dimension "city"/,
    ),
  ])
})

test('the second of several data is told at its place', () => {
  expect(problems([asks(), asks({ cube: 'gone' })])).toEqual([
    expect.stringMatching(/^tabs\.0\.sections\.0\.widgets\.1\.data\.1\.cube: /),
  ])
})

test('cohorts need a cube with persons', () => {
  expect(problems([{ from: 'cohorts', cohorts: { cube: 'pages', by: 'city' } }])).toEqual([
    `${PLACE}.cohorts.cube: nobody stands behind the rows of the cube pages`,
    expect.stringMatching(/\.cohorts\.by: .*no dimension "city"/),
  ])
  expect(problems([{ from: 'cohorts', cohorts: { cube: 'gone' } }])).toEqual([
    `${PLACE}.cohorts.cube: there is no cube "gone": expected one of pages, sessions`,
  ])
})

test('variables look their values up in a dimension that is there', () => {
  const variable = { name: 'v', label: 'V', cube: 'pages', dimension: 'city' }
  expect(problems([], { variables: [variable, { ...variable, name: 'w', cube: 'gone' }] })).toEqual([
    'variables.0.dimension: the cube pages has no dimension "city": expected one of browser, status, environment',
    'variables.1.cube: there is no cube "gone": expected one of pages, sessions',
  ])
})

test('statements are left to the database', () => {
  expect(
    problems([
      { from: 'sql', sql: 'SELECT nothing' },
      { from: 'saved', name: 'who-knows' },
    ]),
  ).toEqual([])
})
