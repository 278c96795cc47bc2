import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { AppError } from '@almanac/core/errors.ts'
import { Query } from '@almanac/core/query/query.ts'
import { bodyOf, refuse, send } from './fake-answers.ts'
import { type FakeHit, fakeHistory, fakeHit, seededRandom } from './fake-hits.ts'
import { answerQuery } from './fake-query.ts'
import { fakeSources } from './fake-sources.ts'

/**
 * A stand-in for the server while working on the pages: the same routes over made-up hits in memory, with the strictest
 * content policy. Any e-mail signs in, and any password but `wrong`; the setup token is `fake-token`.
 * `npm run dev:fake -w @almanac/web` serves the built pages, and the API for `npm run dev`.
 */
interface Options {
  readonly port: number
  /** No account yet: the setup page works. */
  readonly isFresh?: boolean
}

const DIST = join(import.meta.dirname, '../dist')
const POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

async function startFakeApi({ port, isFresh = false }: Options) {
  const random = seededRandom(42)
  const hits = fakeHistory(Date.now(), random)
  const listeners = new Set<ServerResponse>()
  const sources = fakeSources(random)
  const links = [FAKE_LINK]
  const keys = [
    { ...FAKE_KEY, id: 'a' },
    { ...FAKE_KEY, id: 'b', name: 'Old shop', prefix: '77aa01fe93bc', revokedAt: '2026-10-02T10:00:00Z' },
  ]
  let user = isFresh ? undefined : { id: '1', email: 'ada@example.com', name: 'Ada Lovelace', role: 'admin' }

  const trickle = setInterval(() => {
    const hit = fakeHit(Date.now(), random)
    hits.push(hit)
    const at = new Date(hit.atMs).toISOString()
    for (const listener of listeners) {
      listener.write(`event: change\ndata: ${JSON.stringify({ cubes: ['web'], from: at, to: at })}\n\n`)
    }
  }, 700)

  const routes: Record<string, (request: IncomingMessage, response: ServerResponse) => unknown> = {
    'GET /api/v1/setup': (_, response) => send(response, 200, { needed: user === undefined }),
    'POST /api/v1/setup': async (request, response) => {
      const { token, email, name } = await bodyOf(request)
      if (user) return refuse(response, 409, 'conflict', 'This server is set up already.')
      if (token !== 'fake-token') {
        return refuse(
          response,
          403,
          'forbidden',
          'The token is not right.',
          'Copy the whole address from the terminal.',
        )
      }
      user = { id: '1', email, name, role: 'admin' }
      logIn(response)
      send(response, 201, { user })
    },
    'GET /api/v1/session': (request, response) =>
      user && isLoggedIn(request)
        ? send(response, 200, { user })
        : refuse(response, 401, 'unauthorized', 'Nobody is logged in.'),
    'POST /api/v1/session': async (request, response) => {
      const { password } = await bodyOf(request)
      if (password === 'wrong') {
        return refuse(
          response,
          401,
          'unauthorized',
          'The e-mail or the password is not right.',
          'Check both and try again.',
        )
      }
      logIn(response)
      send(response, 200, { user })
    },
    'DELETE /api/v1/session': (_, response) => {
      response.setHeader('set-cookie', 'almanac_session=; Path=/; Max-Age=0')
      response.writeHead(204).end()
    },
    'POST /api/v1/queries': async (request, response) => {
      const queries = Query.array().safeParse((await bodyOf(request)).queries)
      if (!queries.success) return refuse(response, 400, 'invalid_request', queries.error.message)
      const nowMs = Date.now()
      send(response, 200, { answers: queries.data.map((query) => answered(query, hits, nowMs)) })
    },
    'GET /api/v1/bi/connection': (_, response) =>
      send(response, 200, {
        host: '127.0.0.1',
        port: 41873,
        isEncrypted: false,
        database: 'bi',
        user: 'almanac_reader',
        isEmbedded: true,
        views: ['web_day', 'web_day_total', 'web_rows', 'visits_day', 'visits_day_total', 'visits_rows'],
        problems: [],
      }),
    'GET /api/v1/bi/password': (_, response) => send(response, 200, { password: 'k3Jx9mQfZt7Lw2RbVn5Yc8Hd' }),
    'GET /api/v1/keys': (_, response) => send(response, 200, { keys }),
    'POST /api/v1/keys': async (request, response) => {
      const { name, scopes, source = null, environment = null } = await bodyOf(request)
      keys.unshift({ ...FAKE_KEY, id: String(keys.length), name, scopes, source, environment, lastUsedAt: null })
      send(response, 201, { key: keys[0], secret: `alm_${FAKE_KEY.prefix}_k3Jx9mQfZt7Lw2RbVn5Yc8HdGs4PaEu6` })
    },
    'GET /api/v1/links': (_, response) => send(response, 200, { links }),
    'POST /api/v1/links': async (request, response) => {
      const { code = 'Hk3vT9xQ', ...link } = await bodyOf(request)
      links.unshift({ ...FAKE_LINK, ...link, code, url: `http://localhost/l/${code}`, clicks: 0, installs: 0 })
      send(response, 201, { link: links[0] })
    },
    'GET /api/v1/live': (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      response.write('event: hello\ndata: {}\n\n')
      listeners.add(response)
      response.on('close', () => listeners.delete(response))
    },
  }

  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://fake').pathname
    const route = routes[`${request.method} ${path}`]
    const isOpen = !path.startsWith('/api/') || path === '/api/v1/setup' || path === '/api/v1/session'
    response.setHeader('content-security-policy', POLICY)
    if (!isOpen && !isLoggedIn(request)) return refuse(response, 401, 'unauthorized', 'Nobody is logged in.')
    if (sources.answer(request, response, path)) return
    if (!route && path.startsWith('/api/')) return refuse(response, 404, 'not_found', `There is no ${path}.`)
    Promise.resolve(route ? route(request, response) : sendFile(response, path)).catch((error: unknown) =>
      refuse(response, 500, 'query_failed', String(error)),
    )
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () => {
      clearInterval(trickle)
      sources.close()
      server.closeAllConnections()
      server.close()
    },
  }
}

const FAKE_KEY = {
  prefix: '5f0c9d21ab34',
  name: 'Website',
  scopes: ['ingest'],
  source: 'website' as string | null,
  environment: null as string | null,
  createdAt: '2026-09-01T10:00:00Z',
  lastUsedAt: '2026-11-20T10:00:00Z' as string | null,
  revokedAt: null as string | null,
}

const FAKE_LINK = {
  code: 'spring',
  url: 'http://localhost/l/spring?creative={{ad.name}}',
  source: 'mobile-app',
  environment: 'production',
  label: 'Spring newsletter',
  target: 'https://play.google.com/store/apps/details?id=com.example.game',
  network: 'Newsletter',
  campaign: 'Spring',
  adgroup: 'Families',
  creative: '{{ad.name}}',
  parameters: {},
  createdAt: '2026-10-01T10:00:00Z',
  clicks: 1284,
  installs: 97,
}

function answered(query: Query, hits: readonly FakeHit[], nowMs: number) {
  try {
    return { answer: answerQuery(query, hits, nowMs) }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { error: { code: error.code, message: error.message } }
  }
}

function isLoggedIn(request: IncomingMessage): boolean {
  return request.headers.cookie?.includes('almanac_session=fake') ?? false
}

function logIn(response: ServerResponse): void {
  response.setHeader('set-cookie', 'almanac_session=fake; Path=/; HttpOnly; SameSite=Lax')
}

/** A built file, or the page for every address that is the router's. */
async function sendFile(response: ServerResponse, path: string): Promise<void> {
  const isAsset = extname(path) !== ''
  const file = normalize(join(DIST, isAsset ? path : 'index.html'))
  const content = file.startsWith(DIST) ? await readFile(file).catch(() => undefined) : undefined
  if (!content) return refuse(response, 404, 'not_found', `There is no ${path}.`)
  response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(content)
}

const fake = await startFakeApi({ port: Number(process.argv[2] ?? 4680), isFresh: process.argv.includes('--fresh') })
console.log(fake.url)
process.once('SIGTERM', fake.close)
process.once('SIGINT', fake.close)
