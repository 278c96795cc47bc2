import { expect, test } from 'vitest'
import { mayShow } from './root-page.tsx'

test.each([
  { path: '/embed/deGsFmcSvyxAVePOijRd', isShown: true },
  { path: '/embed/board-shop', isShown: true },
  { path: '/embed/x/../../settings/people', isShown: false },
  { path: '/embed', isShown: false },
  { path: '/public/deGsFmcSvyxAVePOijRd', isShown: false },
  { path: '/', isShown: false },
])('in a frame it is $isShown that $path is shown', ({ path, isShown }) => {
  expect(mayShow(path, true)).toBe(isShown)
  expect(mayShow(path, false)).toBe(true)
})
