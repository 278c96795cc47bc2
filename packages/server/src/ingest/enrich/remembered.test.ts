import { expect, test } from 'vitest'
import { remembered } from './remembered.ts'

test('a text that is used all the time is computed once, however many others come between', () => {
  const computed: string[] = []
  const of = remembered(
    (text) => {
      computed.push(text)
      return { text }
    },
    { size: 10 },
  )
  for (let n = 0; n < 100; n++) {
    expect(of('often')).toEqual({ text: 'often' })
    of(`once ${n}`)
  }
  expect(computed.filter((text) => text === 'often')).toHaveLength(1)
})

test('a very long text is not kept', () => {
  let count = 0
  const of = remembered(() => ({ count: ++count }))
  of('x'.repeat(1000))
  expect(of('x'.repeat(1000))).toEqual({ count: 2 })
})
