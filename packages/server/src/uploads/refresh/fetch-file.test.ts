import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { checkedUrl, type FetchRequest, fetchFile, refuseClosedAddress } from './fetch-file.ts'

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve))
})

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function get(url: string, request: Partial<FetchRequest> = {}) {
  const fetched = await fetchFile({
    url,
    headers: {},
    arePrivateAllowed: true,
    signal: AbortSignal.timeout(10_000),
    ...request,
  })
  return fetched.kind === 'same' ? fetched : { ...fetched, body: await text(Readable.from(fetched.body)) }
}

test('a file comes with its name and its tags', async () => {
  const url = await serve((_, reply) => {
    reply.writeHead(200, {
      etag: '"1"',
      'last-modified': 'yesterday',
      'content-disposition': 'attachment; filename="sales.csv"',
    })
    reply.end('a,b\n')
  })
  expect(await get(`${url}/export`)).toEqual({
    kind: 'file',
    fileName: 'sales.csv',
    body: 'a,b\n',
    etag: '"1"',
    lastModified: 'yesterday',
  })
})

test('what was packed on the way is unpacked', async () => {
  const url = await serve((_, reply) => reply.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('a,b\n')))
  expect(await get(`${url}/x.csv`)).toMatchObject({ fileName: 'x.csv', body: 'a,b\n' })
})

test('the tags of the last time are sent, and nothing new is the same', async () => {
  const url = await serve(({ headers }, reply) => {
    reply.writeHead(headers['if-none-match'] === '"1"' && headers['if-modified-since'] === 'then' ? 304 : 200).end()
  })
  expect(await get(url, { etag: '"1"', lastModified: 'then' })).toEqual({ kind: 'same' })
})

test('a redirect is followed, and secrets stay with the machine that they were given for', async () => {
  const seen: IncomingHttpHeaders[] = []
  const other = await serve(({ headers }, reply) => {
    seen.push(headers)
    reply.end('there')
  })
  const url = await serve(({ url: path, headers }, reply) => {
    seen.push(headers)
    reply.writeHead(302, { location: path === '/a' ? '/b' : `${other}/c` }).end()
  })
  expect(await get(`${url}/a`, { headers: { authorization: 'Bearer x' } })).toMatchObject({ body: 'there' })
  expect(seen.map(({ authorization }) => authorization)).toEqual(['Bearer x', 'Bearer x', undefined])
})

test('redirects end', async () => {
  const url = await serve((_, reply) => reply.writeHead(302, { location: '/again' }).end())
  await expect(get(url)).rejects.toThrow('it redirects more than 3 times')
})

test('machines inside are not asked: by address, by name, or by a redirect', async () => {
  let asked = 0
  const url = await serve((_, reply) => {
    asked += 1
    reply.end('secret')
  })
  const port = new URL(url).port
  for (const host of ['127.0.0.1', 'localhost', '[::1]', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]']) {
    await expect(get(`http://${host}:${port}/`, { arePrivateAllowed: false })).rejects.toThrow('own network')
    await expect(refuseClosedAddress(checkedUrl(`http://${host}:${port}/`), false)).rejects.toThrow('own network')
  }
  expect(asked).toBe(0)
})

test('a failure says what came, and nothing of what the answer said', async () => {
  const url = await serve((_, reply) => reply.writeHead(500).end('secret stack'))
  const error = await get(`${url}/x?token=secret`).catch((error: Error) => error)
  expect(String(error)).toContain('it answered 500 Internal Server Error')
  expect(String(error)).not.toContain('secret')
})

test.each(['file:///etc/passwd', 'ftp://example.com/x', 'javascript:1', 'nonsense', 'http://user:pass@example.com/'])(
  '%s is no address for a file',
  (url) => {
    expect(() => checkedUrl(url)).toThrow('Expected an address')
  },
)
