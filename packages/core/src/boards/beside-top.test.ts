import { expect, test } from 'vitest'
import { besideTop, isLedByTop } from './beside-top.ts'
import { WidgetData } from './board.ts'

const data = (more: object) => WidgetData.parse({ from: 'cube', cube: 'web', measures: ['visitors'], ...more })
const top = { by: 'visitors', count: 10 }
const visitors = data({ dimensions: ['country'], top })
const signUps = { cube: 'product', measures: ['sign_ups'], dimensions: ['country'] }

test('beside a top list all is asked for, so that each of its rows has its figure', () => {
  const list = [visitors, data({ ...signUps, top: { by: 'sign_ups', count: 10 }, limit: 10 })]
  expect(isLedByTop(list)).toBe(true)
  expect(besideTop(list)).toEqual([visitors, data(signUps)])
})

test.each([
  { name: 'one question', list: [visitors] },
  {
    name: 'a first question that is no top list',
    list: [data({ dimensions: ['country'] }), data({ ...signUps, top: { by: 'sign_ups', count: 3 } })],
  },
  { name: 'a top list of nothing', list: [data({ top }), data({ cube: 'product', measures: ['sign_ups'] })] },
  {
    name: 'another dimension',
    list: [visitors, data({ ...signUps, dimensions: ['plan'], top: { by: 'sign_ups', count: 3 } })],
  },
])('$name is asked as it is', ({ list }) => {
  expect(isLedByTop(list)).toBe(false)
  expect(besideTop(list)).toBe(list)
})
