import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { collectTyping, takeTyped } from './type-ahead.ts'

let listeners: ((event: unknown) => void)[] = []
beforeEach(() => {
  listeners = []
  vi.useFakeTimers()
  vi.stubGlobal('document', {
    addEventListener: (_: string, listener: (event: unknown) => void) => listeners.push(listener),
    removeEventListener: (_: string, listener: (event: unknown) => void) => {
      listeners = listeners.filter((one) => one !== listener)
    },
  })
})
afterEach(() => {
  takeTyped()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

function press(key: string, held: { ctrlKey?: boolean } = {}): boolean {
  let isStopped = false
  const event = { key, preventDefault: () => undefined, stopPropagation: () => (isStopped = true), ...held }
  for (const listener of listeners) listener(event)
  return isStopped
}

test('what is typed before the palette is there is its text, and no key of the page', () => {
  collectTyping()
  expect([...'web'].map((key) => press(key))).toEqual([true, true, true])
  press('Shift')
  expect(takeTyped()).toBe('web')
  expect(press('e')).toBe(false)
  expect(takeTyped()).toBe('')
})

test('a palette that never comes gives the keyboard back', () => {
  collectTyping()
  vi.advanceTimersByTime(3000)
  expect(press('e')).toBe(false)
})

test('commands with ctrl are never kept back', () => {
  collectTyping()
  expect(press('r', { ctrlKey: true })).toBe(false)
})
