import { expect, test } from 'vitest'
import { findEndpoint, pathShape } from './endpoint-path.ts'

const endpoints = ['/awareness/{period}', '/awareness/seo', '/awareness/{period}/{country}', '/adoption/downloads'].map(
  (path) => ({ path }),
)

test.each([
  { address: '/awareness/week', path: '/awareness/{period}', values: { period: 'week' } },
  { address: '/awareness/seo', path: '/awareness/seo', values: {} },
  {
    address: '/awareness/a%2Fb/D%C3%BC',
    path: '/awareness/{period}/{country}',
    values: { period: 'a/b', country: 'Dü' },
  },
])('$address is answered by $path', ({ address, path, values }) => {
  expect(findEndpoint(endpoints, address)).toEqual({ endpoint: { path }, path: values })
})

test.each([
  '/awareness',
  '/awareness/',
  '/awareness/week/',
  '/awareness//DE',
  '/Adoption/downloads',
  '/awareness/%zz',
  '',
  '/a/b/c/d',
])('there is no endpoint at "%s"', (address) => {
  expect(findEndpoint(endpoints, address)).toBeUndefined()
})

test('paths that differ in the names of parameters alone have one shape', () => {
  expect(pathShape('/a/{x}/b')).toBe(pathShape('/a/{y}/b'))
  expect(pathShape('/a/{x}')).not.toBe(pathShape('/a/x'))
})
