import { expect, test } from 'vitest'
import { requestKind } from './request-kind.ts'

test.each([
  { method: 'GET', url: '/', status: 200, kind: 'page' },
  { method: 'GET', url: '/pricing?from=a.png', status: 200, kind: 'page' },
  { method: 'GET', url: '/blog/v1.2/', status: 200, kind: 'page' },
  { method: 'GET', url: '/index.php', status: 304, kind: 'page' },
  { method: 'GET', url: 'https://example.com', status: 200, kind: 'page' },
  { method: 'GET', url: 'https://example.com:443/a.b/c', status: 200, kind: 'page' },
  { method: 'GET', url: '/style.CSS?v=1', status: 200, kind: 'asset' },
  { method: 'GET', url: '/robots.txt', status: 200, kind: 'asset' },
  { method: 'GET', url: 'http://example.com/report.pdf', status: 206, kind: 'asset' },
  { method: 'GET', url: '/api/users', status: 200, kind: 'api' },
  { method: 'GET', url: '/data.json', status: 200, kind: 'api' },
  { method: 'GET', url: '/old', status: 301, kind: 'redirect' },
  { method: 'GET', url: '/style.css', status: 404, kind: 'error' },
  { method: 'GET', url: '/', status: 500, kind: 'error' },
  { method: 'POST', url: '/login', status: 200, kind: 'other' },
  { method: 'HEAD', url: '/', status: 200, kind: 'other' },
  { method: undefined, url: undefined, status: 200, kind: 'other' },
  { method: 'GET', url: '/', status: undefined, kind: 'page' },
])('$method $url with status $status is of the kind $kind', ({ method, url, status, kind }) => {
  expect(requestKind(method, url, status)).toBe(kind)
})
