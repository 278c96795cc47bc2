import { frameOfAnswer } from '@almanac/core/charts/frame.ts'
import { defineEndpoint, value } from '@almanac/core/endpoints/define-endpoint.ts'
import { AppError } from '@almanac/core/errors.ts'
import type { QueryAnswer } from '@almanac/core/query/query.ts'
import { SourceSettings } from '@almanac/core/sources/source-settings.ts'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import type { Accounts } from '../accounts/accounts.ts'
import { type ApiKey, type KeyScope, newKeySecret } from '../accounts/keys/api-key.ts'
import { newToken } from '../accounts/sign-in/secret-token.ts'
import type { NewSource, Source, SourceChange } from '../accounts/sources/sources.ts'
import { nobodyElse } from '../accounts/testing/nobody-else.ts'
import type { User } from '../accounts/user.ts'
import { fakeSql } from '../analytics/testing/fake-sql.ts'
import { memoryLinks } from '../attribution/testing/memory-links.ts'
import { noBoards } from '../boards/testing/no-boards.ts'
import { OPEN_POLICY } from '../collect/policy/source-policy.ts'
import { fakeCubesAdmin } from '../cubes/testing/fake-cubes-admin.ts'
import { memoryDataSources } from '../data-sources/testing/memory-data-sources.ts'
import { fakeExplaining } from '../explain/testing/fake-explaining.ts'
import { fakeFeeds } from '../feeds/testing/fake-feeds.ts'
import { memoryMetrics } from '../metrics/testing/memory-metrics.ts'
import type { Erasure } from '../privacy/erasure-store.ts'
import { memorySegments } from '../segments/testing/memory-segments.ts'
import { noSharing } from '../sharing/testing/no-sharing.ts'
import { noUploads } from '../uploads/testing/no-uploads.ts'
import { createEndpoints, type Endpoints } from '../workspace/endpoints/endpoints.ts'
import type { WorkspaceStatus } from '../workspace/start-workspace.ts'
import { type AppDeps, buildApp } from './app.ts'
import { createLiveHub } from './ask/live-hub.ts'
import type { ImportAnswer } from './collect/import-routes.ts'
import { createDebugHub } from './manage/sources/debug-hub.ts'
import { createMetrics } from './operate/metrics.ts'

/** For tests: the whole HTTP interface over things in memory, with somebody of every kind who may ask. */
export interface TestApp {
  readonly app: FastifyInstance
  /** Headers of somebody of this kind. */
  readonly as: Record<TestRole, Record<string, string>>
  readonly frames: string[]
  readonly logLines: string[]
  readonly clock: { ms: number }
  readonly keys: Map<string, ApiKey>
  readonly sessions: Map<string, User>
}

export const TEST_ROLES = [
  'nobody',
  'local',
  'admin',
  'editor',
  'viewer',
  'key:ingest',
  'key:read',
  'key:admin',
] as const
export type TestRole = (typeof TEST_ROLES)[number]

export const LOCAL_TOKEN = 'local-token-of-the-tests'
export const SETUP_TOKEN = 'setup-token-of-the-tests'
export const PASSWORD = 'correct horse battery'
export const IMPORT_ID = '6f1f2a52-50f5-4d4f-8a2c-1d7a8f7a1b11'

export async function buildTestApp(overrides: Partial<AppDeps> = {}): Promise<TestApp> {
  const clock = { ms: Date.UTC(2026, 0, 15, 12) }
  const frames: string[] = []
  const logLines: string[] = []
  const keys = new Map<string, ApiKey>()
  const sessions = new Map<string, User>()
  const append = async (frame: string | Buffer) => frames.push(frame.toString()) - 1

  const deps: AppDeps = {
    logger: pino({ level: 'debug' }, { write: (line: string) => void logLines.push(line) }),
    version: '0.0.0',
    webRoot: '/nonexistent',
    trackerRoot: '/nonexistent',
    localToken: LOCAL_TOKEN,
    verifyKey: (secret) => keys.get(secret),
    metrics: createMetrics({
      logSizeBytes: () => 4096,
      logSyncs: () => 3,
      ingestLagBytes: () => 7,
      liveClients: () => 0,
    }),
    now: () => clock.ms,
    accounts: fakeAccounts(sessions),
    collectEvent: (input) =>
      typeof input === 'object' && input !== null && 'name' in input && typeof input.name === 'string'
        ? {
            event: { id: 'x', at: clock.ms, name: input.name },
            environment: 'environment' in input && input.environment === 'sandbox' ? 'sandbox' : 'production',
          }
        : { issues: [{ path: ['name'], message: 'expected a string' }] },
    plainEventLine: () => undefined,
    append,
    protocols: [],
    resolveCredential: () => undefined,
    collectForeign: () => undefined,
    links: memoryLinks(),
    visits: {
      status: async () => ({ pending: 0, rebuilds: [] }),
      rebuild: async (source = 'website') => [{ source, parts: 1, done: 0 }],
      unlink: async ({ user }) => user === 'ada',
    },
    listSourceNames: async () => [],
    addSourceName: async (name) => name,
    sourceOf: (name) =>
      name === 'website'
        ? { name, kind: 'website', settings: SourceSettings.parse({}), policy: OPEN_POLICY }
        : undefined,
    refreshSources: async () => {},
    noteHealth: () => {},
    checkReadiness: async () => ({ clickhouse: 'ok', postgres: 'ok', log: 'ok', ingest: 'ok' }),
    listKeys: async () => [...keys.values()],
    createKey: async (key) => {
      const { prefix, secret } = newKeySecret()
      const created = testKey({
        ...key,
        prefix,
        source: key.source ?? null,
        environment: key.environment ?? null,
        expiresAt: key.expiresAt ?? null,
      })
      keys.set(secret, created)
      return { key: created, secret }
    },
    revokeKey: async (id) => {
      const found = [...keys].find(([, key]) => key.id === id)
      if (found === undefined) throw new AppError('not_found', `There is no API key ${id}`)
      keys.delete(found[0])
    },
    liveHub: createLiveHub({ now: () => clock.ms }),
    cubes: () => [],
    cubesAdmin: fakeCubesAdmin(),
    runQuery: async () => TEST_ANSWER,
    runQueries: async (queries) => queries.map(() => ({ answer: TEST_ANSWER })),
    ...fakeFeeds(clock),
    ...fakeSources(clock),
    ...fakeExplaining(),
    sql: fakeSql(),
    ...noBoards(),
    answerWidgets: async ({ questions }) =>
      questions.map(() => ({ frame: frameOfAnswer(TEST_ANSWER, undefined), ignored: [] })),
    dataSources: memoryDataSources(),
    ...noSharing(),
    ...noUploads(),
    team: nobodyElse(),
    segments: memorySegments(),
    metricStore: memoryMetrics(),
    endpoints: testEndpoints(clock),
    workspaceStatus: () => NO_WORKSPACE,
    readStatus: async () => ({
      version: '0.0.0',
      startedAt: new Date(clock.ms).toISOString(),
      engines: { clickhouse: { state: 'ready' }, postgres: { state: 'ready' } },
      log: { state: 'open', durableEnd: 10, freeDiskBytes: 1e9 },
      ingest: { position: 10, lagBytes: 0, eventsPerSecond: 0, lastBatchAt: null },
      cubes: { touchedHours: 0 },
      logTables: { count: 0, problem: null },
      storage: {},
    }),
    people: {
      find: async (key) => ({ person: { ...key, visitors: ['7'] }, events: 0, sources: [] }),
      export: async function* () {
        yield '{"type":"end","events":0,"logLines":0}\n'
      },
    },
    erasures: { list: async () => [], request: async (_key, requestedBy) => testErasure(requestedBy) },
    readQuarantine: async () => ({ rows: [], total: 0 }),
    ...fakeImports(clock),
    ...overrides,
  }
  return { app: await buildApp(deps), as: credentials(keys, sessions), frames, logLines, clock, keys, sessions }
}

const ADMIN: User = { id: '11111111-1111-4111-8111-111111111111', email: 'ada@example.com', name: 'Ada', role: 'admin' }

function fakeAccounts(sessions: Map<string, User>): Accounts {
  const signIn = (user: User) => {
    const token = newToken()
    sessions.set(token, user)
    return { user, token }
  }
  let isSetUp = false
  return {
    isSetupNeeded: async () => !isSetUp,
    async setUp({ token, email, name }) {
      if (isSetUp) throw new AppError('conflict', 'There is an admin already')
      if (token !== SETUP_TOKEN) throw new AppError('forbidden', 'Wrong token')
      isSetUp = true
      return signIn({ ...ADMIN, email, name })
    },
    async logIn(email, password) {
      if (email !== ADMIN.email || password !== PASSWORD) throw new AppError('unauthorized', 'Wrong')
      return signIn(ADMIN)
    },
    findSession: async (token) => sessions.get(token),
    logOut: async (token) => void sessions.delete(token),
    async rename(userId, name) {
      const own = [...sessions].filter(([, user]) => user.id === userId)
      for (const [token, user] of own) sessions.set(token, { ...user, name })
      return { ...ADMIN, id: userId, name }
    },
    async changePassword(userId, { current, token }) {
      const issues = [{ path: ['current'], message: 'Wrong' }]
      if (current !== PASSWORD) throw new AppError('invalid_request', 'Wrong', { issues })
      for (const [other, { id }] of sessions) if (id === userId && other !== token) sessions.delete(other)
    },
  }
}

function fakeSources(clock: { ms: number }) {
  const website: Source = {
    name: 'website',
    label: 'Website',
    kind: 'website',
    settings: SourceSettings.parse({}),
    createdAt: new Date(clock.ms),
  }
  const totals = { accepted: 3, duplicates: 1, rejected: [{ reason: 'name', count: 2 }], filtered: [] }
  const findSource = async (name: string) => {
    if (name !== website.name) throw new AppError('not_found', `There is no source ${name}`)
    return website
  }
  return {
    listSources: async () => [website],
    findSource,
    createSource: async ({ settings, ...source }: NewSource): Promise<Source> => ({
      ...website,
      ...source,
      kind: source.kind ?? website.kind,
      settings: SourceSettings.parse(settings ?? {}),
    }),
    changeSource: async (name: string, { label, kind, settings }: SourceChange): Promise<Source> => {
      const source = await findSource(name)
      return {
        ...source,
        label: label ?? source.label,
        kind: kind ?? source.kind,
        settings: SourceSettings.parse({ ...source.settings, ...settings }),
      }
    },
    readSourceHealth: async () => ({ eventsPerSecond: 0.5, lastEventAt: undefined, lastHour: totals, today: totals }),
    debugHub: createDebugHub(),
  }
}

function fakeImports(clock: { ms: number }) {
  const state: ImportAnswer = {
    id: IMPORT_ID,
    source: 'website',
    format: 'combined',
    fileName: 'access.log',
    fingerprint: 'f',
    options: {},
    acknowledgedBytes: 0,
    acknowledgedLines: 0,
    stored: 0,
    duplicates: 0,
    quarantined: 0,
    pendingBytes: 0,
    startedAt: new Date(clock.ms).toISOString(),
    finishedAt: null,
  }
  return {
    openImport: async () => ({ ...state }),
    findImport: async (id: string) => (id === IMPORT_ID ? { ...state } : undefined),
    acknowledge: async (_id: string, progress: object) => void Object.assign(state, progress),
    rememberSite: async () => {},
    finishImport: async () => ({ ...state, finishedAt: new Date(clock.ms).toISOString() }),
    identityKey: async () => 'a2V5',
    saltsFor: async (days: readonly string[]) => Object.fromEntries(days.map((day) => [day, 'c2FsdA=='])),
  }
}

function credentials(keys: Map<string, ApiKey>, sessions: Map<string, User>): TestApp['as'] {
  const person = (role: User['role']) => {
    const token = newToken()
    sessions.set(token, { ...ADMIN, id: crypto.randomUUID(), role })
    return { cookie: `almanac_session=${token}`, origin: 'http://localhost:80', host: 'localhost:80' }
  }
  const key = (scope: KeyScope) => {
    const { prefix, secret } = newKeySecret()
    keys.set(secret, testKey({ prefix, scopes: [scope], source: scope === 'ingest' ? 'website' : null }))
    return { authorization: `Bearer ${secret}` }
  }
  return {
    nobody: {},
    local: { authorization: `Bearer ${LOCAL_TOKEN}` },
    admin: person('admin'),
    editor: person('editor'),
    viewer: person('viewer'),
    'key:ingest': key('ingest'),
    'key:read': key('read'),
    'key:admin': key('admin'),
  }
}

export function testKey(overrides: Partial<ApiKey>): ApiKey {
  return {
    id: crypto.randomUUID(),
    prefix: 'p',
    name: 'test',
    scopes: ['ingest'],
    source: null,
    environment: null,
    createdAt: new Date(0),
    expiresAt: null,
    lastUsedAt: null,
    revokedAt: null,
    ...overrides,
  }
}

function testErasure(requestedBy: string): Erasure {
  return {
    id: crypto.randomUUID(),
    requestedBy,
    requestedAt: new Date(0),
    state: 'waiting',
    logId: crypto.randomUUID(),
    logEnd: 10,
    logLines: 0,
    events: 0,
    quarantined: 0,
    problem: null,
    finishedAt: null,
  }
}

/** One, at /api/page. */
function testEndpoints(clock: { ms: number }): Endpoints {
  const endpoints = createEndpoints({
    runQueries: async (queries) => queries.map(() => ({ answer: TEST_ANSWER })),
    now: () => clock.ms,
  })
  const hits = { cube: 'web', measures: ['hits'], from: '2026-01-01', to: '2026-01-02' }
  const definition = defineEndpoint({
    path: '/page',
    summary: 'All hits',
    queries: { hits },
    answer: value('hits', 'hits'),
  })
  endpoints.replace([{ file: 'endpoints/page.ts', definition }])
  return endpoints
}

const NO_WORKSPACE: WorkspaceStatus = {
  folder: undefined,
  state: 'none',
  loadedAt: undefined,
  cubes: [],
  endpoints: [],
  boards: [],
  segments: [],
  files: [],
  errors: [],
}

const TEST_ANSWER: QueryAnswer = {
  columns: [{ name: 'hits', kind: 'measure', type: 'number', label: 'Hits' }],
  rows: [{ hits: 3 }],
  totals: [],
  meta: {
    cube: 'web',
    tables: ['events'],
    rejected: [],
    sql: 'SELECT 1',
    parameters: {},
    furtherSql: [],
    rowsRead: 1,
    bytesRead: 8,
    elapsedMs: 1,
    timezone: 'UTC',
    firstDayOfWeek: 1,
    fiscalYearStart: 1,
    from: '2026-01-01T00:00:00+00:00',
    to: '2026-01-02T00:00:00+00:00',
    comparisons: [],
    truncated: false,
    freshness: { asOf: '2026-01-15T12:00:00Z', touchedHours: 0, ingestLagBytes: 0 },
  },
}
