import { describe, expect, test } from 'vitest'
import { isolate, toggle } from './legend-choice.ts'

const KEYS = ['a', 'b', 'c']
const off = (...keys: string[]) => new Set(keys)

describe('a click on the legend', () => {
  test('leaves the item alone', () => {
    expect(isolate('a', KEYS, off())).toEqual(off('b', 'c'))
  })

  test('on an item that is off brings it, alone', () => {
    expect(isolate('b', KEYS, off('b', 'c'))).toEqual(off('a', 'c'))
  })

  test('on the one that stands alone brings all back', () => {
    expect(isolate('a', KEYS, off('b', 'c'))).toEqual(off())
  })

  test('on the only item changes nothing', () => {
    expect(isolate('a', ['a'], off())).toEqual(off())
  })
})

describe('a click with ctrl', () => {
  test('turns one item off and on', () => {
    expect(toggle('b', KEYS, off())).toEqual(off('b'))
    expect(toggle('b', KEYS, off('b'))).toEqual(off())
  })

  test('leaves the last one on', () => {
    expect(toggle('a', KEYS, off('b', 'c'))).toEqual(off('b', 'c'))
  })
})
