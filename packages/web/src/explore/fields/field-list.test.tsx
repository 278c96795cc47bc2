import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { WEB } from '../testing/web-cube.ts'
import { FieldList, inOrder } from './field-list.tsx'

const nothing = () => undefined
const html = (refusals: ReadonlyMap<string, string>) =>
  renderToStaticMarkup(
    <FieldList
      cube={WEB}
      measures={['hits']}
      dimensions={['country']}
      hasTime
      refusals={refusals}
      onMeasures={nothing}
      onDimensions={nothing}
      onTime={nothing}
    />,
  )

test('every measure and dimension is in a list, and time is one of the dimensions', () => {
  const text = html(new Map())
  for (const label of ['Hits', 'Visitors', 'Daily mean', 'Time', 'Country', 'Channel']) expect(text).toContain(label)
})

test('what can’t be chosen is disabled and says why', () => {
  const text = html(new Map([['daily_mean', 'ask for it with a longer grain']]))
  expect(text).toContain('ask for it with a longer grain')
  const rowOf = (label: string) => text.split('role="row"').find((row) => row.includes(`aria-label="${label}`)) ?? ''
  expect(rowOf('Daily mean: ask for it with a longer grain')).not.toContain('aria-selected')
  expect(rowOf('Visitors')).toContain('aria-selected="false"')
})

test('what is chosen later comes later, and what stays keeps its place', () => {
  expect(inOrder(['b', 'a'], new Set(['a', 'b', 'c']))).toEqual(['b', 'a', 'c'])
  expect(inOrder(['b', 'a', 'c'], new Set(['c', 'b']))).toEqual(['b', 'c'])
})
