import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { User } from '../../accounts/user.ts'
import { buildTestApp, IMPORT_ID, TEST_ROLES, type TestApp, type TestRole } from '../test-app.ts'
import { ACCESS_RULES, type AccessRule } from './access.ts'

/** Who gets in by which rule, written down a second time: the test and the code must agree. */
const MAY: Record<AccessRule, readonly TestRole[]> = {
  anyone: TEST_ROLES,
  session: ['admin', 'editor', 'viewer'],
  read: ['local', 'admin', 'editor', 'viewer', 'key:read', 'key:admin'],
  edit: ['local', 'admin', 'editor', 'key:admin'],
  ingest: ['local', 'key:ingest', 'key:admin'],
  admin: ['local', 'admin', 'key:admin'],
}

/** Every route of the contract and its rule. A new route has to be added here, or the first test fails. */
const ROUTES: Record<string, AccessRule> = {
  'GET /healthz': 'anyone',
  'GET /readyz': 'anyone',
  'GET /metrics': 'read',
  'GET /api/v1/openapi.json': 'anyone',
  'GET /api/v1/setup': 'anyone',
  'POST /api/v1/setup': 'anyone',
  'POST /api/v1/session': 'anyone',
  'GET /api/v1/session': 'session',
  'DELETE /api/v1/session': 'session',
  'PATCH /api/v1/account': 'session',
  'POST /api/v1/account/password': 'session',
  'GET /api/v1/keys': 'admin',
  'POST /api/v1/keys': 'admin',
  'DELETE /api/v1/keys/:id': 'admin',
  'GET /api/v1/sources': 'read',
  'POST /api/v1/sources': 'admin',
  'GET /api/v1/sources/:name': 'read',
  'PATCH /api/v1/sources/:name': 'admin',
  'GET /api/v1/sources/:name/health': 'read',
  'GET /api/v1/sources/:name/events/live': 'edit',
  'GET /api/v1/cubes': 'read',
  'GET /api/v1/cubes/status': 'read',
  'POST /api/v1/cubes/:name/rebuild': 'admin',
  'POST /api/v1/cubes/:name/verify': 'admin',
  'POST /api/v1/cubes/:name/pause': 'admin',
  'POST /api/v1/cubes/:name/resume': 'admin',
  'POST /api/v1/query': 'read',
  'POST /api/v1/queries': 'read',
  'POST /api/v1/explain': 'read',
  'POST /api/v1/explain/rows': 'edit',
  'POST /api/v1/explain/persons': 'edit',
  'POST /api/v1/explain/change': 'read',
  'POST /api/v1/cohorts': 'read',
  'POST /api/v1/sql': 'edit',
  'GET /api/v1/sql': 'edit',
  'GET /api/v1/sql/schema': 'edit',
  'GET /api/v1/sql/:id': 'edit',
  'DELETE /api/v1/sql/:id': 'edit',
  'GET /api/v1/segments': 'read',
  'PUT /api/v1/segments/:name': 'edit',
  'DELETE /api/v1/segments/:name': 'edit',
  'GET /api/v1/boards': 'read',
  'POST /api/v1/boards': 'edit',
  'POST /api/v1/boards/import': 'edit',
  'GET /api/v1/boards/:slug': 'read',
  'PUT /api/v1/boards/:slug': 'edit',
  'PATCH /api/v1/boards/:slug': 'edit',
  'DELETE /api/v1/boards/:slug': 'edit',
  'POST /api/v1/boards/:slug/duplicate': 'edit',
  'GET /api/v1/boards/:slug/versions': 'read',
  'GET /api/v1/boards/:slug/versions/:version': 'read',
  'PUT /api/v1/boards/:slug/favourite': 'session',
  'DELETE /api/v1/boards/:slug/favourite': 'session',
  'GET /api/v1/boards/:slug/code': 'read',
  'POST /api/v1/folders': 'edit',
  'PATCH /api/v1/folders/:id': 'edit',
  'DELETE /api/v1/folders/:id': 'edit',
  'GET /api/v1/trash': 'edit',
  'POST /api/v1/trash/:id/restore': 'edit',
  'DELETE /api/v1/trash/:id': 'edit',
  'GET /api/v1/boards/:slug/links': 'edit',
  'POST /api/v1/boards/:slug/links': 'edit',
  'DELETE /api/v1/boards/:slug/links/:id': 'edit',
  'POST /api/v1/widget-answers': 'read',
  'GET /api/v1/data-sources': 'read',
  'PUT /api/v1/data-sources/:name': 'edit',
  'DELETE /api/v1/data-sources/:name': 'edit',
  'GET /api/v1/uploads': 'read',
  'POST /api/v1/uploads': 'edit',
  'POST /api/v1/uploads/from-url': 'edit',
  'GET /api/v1/uploads/:name': 'read',
  'DELETE /api/v1/uploads/:name': 'edit',
  'GET /api/v1/uploads/:name/proposal': 'edit',
  'PUT /api/v1/uploads/:name/definition': 'edit',
  'POST /api/v1/uploads/:name/loads': 'edit',
  'PUT /api/v1/uploads/:name/refresh': 'edit',
  'POST /api/v1/uploads/:name/refresh': 'edit',
  'DELETE /api/v1/uploads/:name/refresh': 'edit',
  'POST /api/v1/uploads/:name/rows': 'ingest',
  'GET /api/v1/public/:token': 'anyone',
  'POST /api/v1/public/:token/unlock': 'anyone',
  'POST /api/v1/public/:token/answers': 'anyone',
  'GET /api/v1/public/:token/values/:variable': 'anyone',
  'GET /api/v1/annotations': 'read',
  'POST /api/v1/annotations': 'edit',
  'PATCH /api/v1/annotations/:id': 'edit',
  'DELETE /api/v1/annotations/:id': 'edit',
  'GET /feed/:cube/:grain.:format': 'read',
  'GET /api/v1/bi/connection': 'read',
  'GET /api/v1/bi/password': 'admin',
  'GET /grafana/': 'read',
  'POST /grafana/metrics': 'read',
  'POST /grafana/metric-payload-options': 'read',
  'POST /grafana/search': 'read',
  'POST /grafana/query': 'read',
  'POST /grafana/annotations': 'read',
  'POST /grafana/tag-keys': 'read',
  'POST /grafana/tag-values': 'read',
  'GET /api/v1/query_range': 'read',
  'POST /api/v1/query_range': 'read',
  'GET /prometheus/api/v1/query_range': 'read',
  'POST /prometheus/api/v1/query_range': 'read',
  'GET /prometheus/api/v1/query': 'read',
  'POST /prometheus/api/v1/query': 'read',
  'GET /prometheus/api/v1/labels': 'read',
  'POST /prometheus/api/v1/labels': 'read',
  'GET /prometheus/api/v1/series': 'read',
  'POST /prometheus/api/v1/series': 'read',
  'GET /prometheus/api/v1/metadata': 'read',
  'GET /prometheus/api/v1/status/buildinfo': 'read',
  'GET /prometheus/api/v1/label/:name/values': 'read',
  'GET /api/v1/live': 'read',
  'POST /api/v1/metrics': 'ingest',
  'GET /api/v1/metrics': 'read',
  'DELETE /api/v1/metrics': 'admin',
  'GET /api/v1/status': 'read',
  'GET /api/v1/quarantine': 'read',
  'POST /api/v1/imports': 'admin',
  'GET /api/v1/imports/:id': 'admin',
  'POST /api/v1/imports/:id/salts': 'admin',
  'POST /api/v1/imports/:id/lines': 'admin',
  'GET /api/v1/source-names': 'read',
  'POST /api/v1/source-names': 'admin',
  'POST /api/v1/imports/:id/finish': 'admin',
  'GET /api/v1/links': 'read',
  'POST /api/v1/links': 'admin',
  'PATCH /api/v1/links/:code': 'admin',
  'DELETE /api/v1/links/:code': 'admin',
  'GET /api/v1/visits': 'read',
  'POST /api/v1/visits/rebuild': 'admin',
  'POST /api/v1/identity/unlink': 'admin',
  'GET /l/:code': 'anyone',
  'POST /v1/events': 'ingest',
  'POST /api/v1/people/find': 'admin',
  'POST /api/v1/people/export': 'admin',
  'POST /api/v1/people/erase': 'admin',
  'GET /api/v1/people': 'admin',
  'PATCH /api/v1/people/:id': 'admin',
  'DELETE /api/v1/people/:id': 'admin',
  'POST /api/v1/people/invitations': 'admin',
  'DELETE /api/v1/people/invitations/:id': 'admin',
  'POST /api/v1/people/:id/password-link': 'admin',
  'GET /api/v1/password/:token': 'anyone',
  'POST /api/v1/password/:token': 'anyone',
  'GET /api/v1/invitations/:token': 'anyone',
  'POST /api/v1/invitations/:token': 'anyone',
  'GET /api/v1/erasures': 'admin',
  'GET /js/:file': 'anyone',
  'GET /api/v1/endpoints': 'read',
  'GET /api/v1/workspace': 'edit',
  'GET /api/*': 'read',
  'GET /*': 'anyone',
}

const SOME_ID = '0b7a3d5e-1a5e-4a54-9f37-6f7d5e1c2b3a'

let tested: TestApp
beforeAll(async () => {
  tested = await buildTestApp()
  await tested.app.ready()
})
afterAll(() => tested.app.close())

// One of the routes logs its caller out.
let sessions: Map<string, User>
beforeEach(() => {
  sessions = new Map(tested.sessions)
})
afterEach(() => {
  for (const [token, user] of sessions) tested.sessions.set(token, user)
})

test('the routes of the server are those of the table', () => {
  expect(routesOf(tested.app).toSorted()).toEqual(Object.keys(ROUTES).toSorted())
})

/** Whoever gets in is answered without an end; others are refused as everywhere. */
const ENDLESS = new Set(['GET /api/v1/live', 'GET /api/v1/sources/:name/events/live'])

const cases = Object.entries(ROUTES)
  .filter(([route]) => !ENDLESS.has(route))
  .flatMap(([route, rule]) => TEST_ROLES.map((role) => ({ route, rule, role })))

describe('each route lets in exactly those whom its rule names', () => {
  test.each(cases)('$route for $role', async ({ route, rule, role }) => {
    const [method = '', url = ''] = route.split(' ')
    const path = url.replace('keys/:id', `keys/${SOME_ID}`).replace(':id', IMPORT_ID).replace('*', 'page')
    const answer = await tested.app.inject({ method: method as 'GET', url: path, headers: tested.as[role] })

    const isRefused = [401, 403].includes(answer.statusCode)
    expect(isRefused, answer.body).toBe(!MAY[rule].includes(role))
    if (role === 'nobody' && isRefused) expect(answer.statusCode).toBe(401)
  })

  test.each(cases)('a path with the parameter left as text is no way in: $route for $role', async (one) => {
    const [method = '', url = ''] = one.route.split(' ')
    const answer = await tested.app.inject({ method: method as 'GET', url, headers: tested.as[one.role] })

    // Nothing answers a star.
    const refusals = url.endsWith('*') ? [401, 403, 404] : [401, 403]
    if (!MAY[one.rule].includes(one.role)) expect(refusals).toContain(answer.statusCode)
  })
})

test('a route that does not say who may use it keeps the server from starting', async () => {
  const { app } = await buildTestApp()
  app.get('/forgotten', async () => 'secret')

  await expect(app.ready()).rejects.toThrow('These routes do not say who may use them: GET /forgotten')
})

test('a rule that does not exist keeps the server from starting', async () => {
  const { app } = await buildTestApp()
  app.get('/odd', { config: { access: 'everybody' as AccessRule } }, async () => 'secret')

  await expect(app.ready()).rejects.toThrow('GET /odd')
  expect(ACCESS_RULES).not.toContain('everybody')
})

test('a key that does not work is refused even where nobody has to say who they are', async () => {
  for (const authorization of ['Bearer alm_000000000000_x', 'Bearer other', 'Basic YTpi', 'alm_1_2', '']) {
    const answer = await tested.app.inject({ method: 'GET', url: '/healthz', headers: { authorization } })
    expect(answer.statusCode, authorization).toBe(401)
  }
})

// The table prints all of them as one `*`.
const WILDCARDS = ['/*', '/api/*']

/** Reads Fastify's own table, which knows all routes. */
function routesOf(app: FastifyInstance): string[] {
  const lines = app.printRoutes({ commonPrefix: false }).split('\n')
  const stack: string[] = []
  return lines.flatMap((line) => {
    const match = /^(?<indent>[│ ]*)[├└]── (?<part>\S*)(?: \((?<methods>[A-Z, ]+)\))?$/u.exec(line)?.groups
    if (match === undefined) return []
    const depth = (match.indent ?? '').length / 4
    stack.length = depth
    stack.push(match.part ?? '')
    if (match.part === '*')
      return WILDCARDS.filter((url) => app.hasRoute({ method: 'GET', url })).map((url) => `GET ${url}`)
    const methods = (match.methods ?? '').split(', ').filter((method) => method !== '' && method !== 'HEAD')
    return methods.map((method) => `${method} ${stack.join('')}`)
  })
}
