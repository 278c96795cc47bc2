import { describe, expect, test } from 'vitest'
import { ariaKeys, isPress, keyCaps } from './shortcut-keys.ts'
import { type Place, shortcutList } from './shortcut-list.ts'

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
})

describe('a press', () => {
  test.each([
    { step: 'k', event: press('k'), is: true },
    { step: 'k', event: press('K', { shiftKey: true }), is: false },
    { step: 'k', event: press('k', { ctrlKey: true }), is: false },
    { step: 'mod+k', event: press('k', { ctrlKey: true }), is: true },
    { step: 'mod+k', event: press('k', { metaKey: true }), is: true },
    { step: 'mod+k', event: press('k', { metaKey: true, altKey: true }), is: false },
    { step: 'shift+mod+z', event: press('Z', { metaKey: true, shiftKey: true }), is: true },
    { step: 'mod+z', event: press('Z', { metaKey: true, shiftKey: true }), is: false },
    // `?` needs shift on some keyboards and not on others.
    { step: '?', event: press('?', { shiftKey: true }), is: true },
    { step: '/', event: press('/'), is: true },
    { step: 'escape', event: press('Escape'), is: true },
  ])('$step is meant by $event: $is', ({ step, event, is }) => {
    expect(isPress(step, event)).toBe(is)
  })
})

test('keys are written as they stand on the keyboard', () => {
  expect(keyCaps('shift+mod+z', true)).toEqual(['⇧', '⌘', 'Z'])
  expect(keyCaps('mod+k', false)).toEqual(['Ctrl', 'K'])
  expect(ariaKeys('mod+s')).toBe('Control+s Meta+s')
  expect(ariaKeys('g d')).toBeUndefined()
})

describe('the list of keys', () => {
  function listWith(...shortcuts: readonly { keys: string; isEverywhere?: boolean }[]) {
    const list = shortcutList()
    const ran: string[] = []
    for (const { keys, isEverywhere = false } of shortcuts) {
      list.add({ keys, label: keys, group: 'Test', isEverywhere, isFallback: false, run: () => ran.push(keys) })
    }
    let nowMs = 0
    const type = (text: string, place: Place = 'page', pauseMs = 100) => {
      for (const key of text) {
        nowMs += pauseMs
        list.press(press(key), place, nowMs)
      }
    }
    return { list, ran, type }
  }

  test('runs a sequence when it is whole', () => {
    const { ran, type } = listWith({ keys: 'g d' }, { keys: 'd k' })
    type('g')
    expect(ran).toEqual([])
    type('d')
    expect(ran).toEqual(['g d'])
    // The d belonged to the first sequence.
    type('k')
    expect(ran).toEqual(['g d'])
  })

  test('begins anew with a key that continues nothing', () => {
    const { ran, type } = listWith({ keys: 'g d' }, { keys: 'e' })
    type('ge')
    expect(ran).toEqual(['e'])
  })

  test('forgets a sequence after a pause', () => {
    const { ran, type } = listWith({ keys: 'g d' })
    type('gd', 'page', 2000)
    expect(ran).toEqual([])
  })

  test('knows several ways to type the same', () => {
    const { ran, type } = listWith({ keys: '/|f' })
    type('f/')
    expect(ran).toEqual(['/|f', '/|f'])
  })

  test('leaves a field its keys, and a list its letters', () => {
    const { list, ran, type } = listWith({ keys: 'e' }, { keys: '?' }, { keys: 'mod+k', isEverywhere: true })
    type('e?', 'field')
    expect(ran).toEqual([])
    type('e?', 'list')
    expect(ran).toEqual(['?'])
    expect(list.press(press('k', { ctrlKey: true }), 'field', 0)).toBe(true)
  })

  test('means the one that came last, until it is taken away', () => {
    const { list, ran, type } = listWith({ keys: 'r' })
    const later = { keys: 'r', label: 'r', group: 'Test', isEverywhere: false, isFallback: false }
    const remove = list.add({ ...later, run: () => ran.push('later') })
    list.add({ ...later, isFallback: true, run: () => ran.push('of the frame') })
    type('r')
    remove()
    type('r')
    expect(ran).toEqual(['later', 'r'])
  })

  test('leaves keys alone that the help only tells of', () => {
    const { list } = listWith()
    list.add({ keys: 'r', label: 'r', group: 'Test', isEverywhere: false, isFallback: false, run: undefined })
    expect(list.press(press('r'), 'page', 0)).toBe(false)
  })
})
