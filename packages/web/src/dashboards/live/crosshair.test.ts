import { expect, test } from 'vitest'
import { crosshairStore } from './crosshair.ts'

test('all who listen hear of another moment, and of the same one only once', () => {
  const store = crosshairStore()
  const heard: (string | undefined)[] = []
  const stop = store.subscribe(() => heard.push(store.get()))
  for (const time of ['10:00', '10:00', '11:00', undefined]) store.set(time)
  stop()
  store.set('12:00')
  expect(heard).toEqual(['10:00', '11:00', undefined])
})

test('the last moment is known when the pointer has left', () => {
  const store = crosshairStore()
  store.set('10:00')
  store.set(undefined)
  expect([store.get(), store.last()]).toEqual([undefined, '10:00'])
})
