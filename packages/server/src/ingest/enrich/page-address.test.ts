import { expect, test } from 'vitest'
import { pageAddress } from './page-address.ts'

test.each([
  { url: 'https://user@Example.com:8080/a/b?c#d', host: 'example.com', path: '/a/b' },
  { url: 'https://example.com', host: 'example.com', path: '/' },
  { url: '/a?b=1', host: '', path: '/a' },
  { url: '', host: '', path: '' },
  { url: 'not an address', host: '', path: 'not an address' },
])('of $url the host is $host and the path $path', ({ url, host, path }) => {
  expect(pageAddress(url)).toEqual({ host, path })
})

test.each([
  { spellings: ['/h%C3%BCte', '/hüte', '/h%c3%bcte', '/hu\u0308te'], path: '/hüte' },
  { spellings: ['/%E6%9D%B1%E4%BA%AC/', '/東京/'], path: '/東京/' },
  { spellings: ['/a%20b', '/a b'], path: '/a%20b' },
  { spellings: ['/a%2Fb'], path: '/a%2Fb' },
  { spellings: ['/100%25', '/100%25?a'], path: '/100%25' },
  { spellings: ['/%C3', '/%C3?'], path: '/%C3' },
  { spellings: ['/%E2%80%AEgpj', '/\u202egpj'], path: '/%E2%80%AEgpj' },
  { spellings: ['/\ud800'], path: '/\ud800' },
  { spellings: ["/it's/[1]|(2)"], path: "/it's/[1]|(2)" },
])('$spellings are all the page $path', ({ spellings, path }) => {
  for (const spelling of spellings) {
    expect(pageAddress(`https://example.com${spelling}`).path).toBe(path)
    expect(pageAddress(spelling).path).toBe(path)
  }
})
