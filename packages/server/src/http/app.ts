import { randomBytes } from 'node:crypto'
import { constants } from 'node:zlib'
import { AppError, type Issue } from '@almanac/core/errors.ts'
import fastifyCompress from '@fastify/compress'
import fastifyCookie from '@fastify/cookie'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import type { ApiKey } from '../accounts/keys/api-key.ts'
import { authorizeRequests, refuseUndeclaredRoutes } from './access/authorize.ts'
import { bearerPrincipal } from './access/credentials.ts'
import { type BiDeps, biRoutes } from './ask/bi-routes.ts'
import { type CohortRouteDeps, cohortRoutes } from './ask/cohort-routes.ts'
import { type EndpointDeps, endpointRoutes } from './ask/endpoint-routes.ts'
import { type ExplainDeps, explainRoutes } from './ask/explain-routes.ts'
import { type FeedRouteDeps, feedRoutes } from './ask/feed-routes.ts'
import { type GrafanaRouteDeps, grafanaRoutes } from './ask/grafana-routes.ts'
import { type LiveDeps, liveRoutes } from './ask/live-routes.ts'
import { prometheusRoutes } from './ask/prometheus-routes.ts'
import { type PublicDeps, publicRoutes } from './ask/public-routes.ts'
import { type QueryDeps, queryRoutes } from './ask/query-routes.ts'
import { type SqlDeps, sqlRoutes } from './ask/sql-routes.ts'
import { type WidgetAnswerDeps, widgetAnswerRoutes } from './ask/widget-answer-routes.ts'
import { type DirectEventsDeps, directEvents } from './collect/events/direct-events.ts'
import { type DirectRoutes, directServer, takeHandedOver } from './collect/events/direct-requests.ts'
import { type EventsDeps, eventsRoutes } from './collect/events/events-routes.ts'
import { followLinkRoutes } from './collect/follow-link-routes.ts'
import { type ImportDeps, importRoutes } from './collect/import-routes.ts'
import { type MetricDeps, metricRoutes } from './collect/metric-routes.ts'
import { type ProtocolDeps, protocolRoutes } from './collect/protocol-routes.ts'
import { trackerScriptRoutes } from './collect/tracker-script-routes.ts'
import { invalidRequest, replyWithError } from './error-reply.ts'
import { type AnnotationDeps, annotationRoutes } from './manage/boards/annotation-routes.ts'
import { boardCodeRoutes } from './manage/boards/board-code-routes.ts'
import { type BoardDeps, boardRoutes } from './manage/boards/board-routes.ts'
import { boardVersionRoutes } from './manage/boards/board-version-routes.ts'
import { folderRoutes } from './manage/boards/folder-routes.ts'
import { type ShareLinkDeps, shareLinkRoutes } from './manage/boards/share-link-routes.ts'
import { type TrashDeps, trashRoutes } from './manage/boards/trash-routes.ts'
import { type CubeDeps, cubeRoutes } from './manage/data/cube-routes.ts'
import { type DataSourceDeps, dataSourceRoutes } from './manage/data/data-source-routes.ts'
import { type SegmentDeps, segmentRoutes } from './manage/data/segment-routes.ts'
import { uploadFileRoutes } from './manage/data/upload-file-routes.ts'
import { type UploadDeps, uploadRoutes } from './manage/data/upload-routes.ts'
import { type VisitsDeps, visitsRoutes } from './manage/data/visits-routes.ts'
import { type WorkspaceDeps, workspaceRoutes } from './manage/data/workspace-routes.ts'
import { type AccountDeps, accountRoutes } from './manage/people/account-routes.ts'
import { type InvitationDeps, invitationRoutes } from './manage/people/invitation-routes.ts'
import { type KeyDeps, keyRoutes } from './manage/people/key-routes.ts'
import { type PeopleDeps, peopleRoutes } from './manage/people/people-routes.ts'
import { type LinkDeps, linkRoutes } from './manage/sources/link-routes.ts'
import { type PrivacyDeps, privacyRoutes } from './manage/sources/privacy-routes.ts'
import { type SourceHealthDeps, sourceHealthRoutes } from './manage/sources/source-health-routes.ts'
import { type SourceDeps, sourceRoutes } from './manage/sources/source-routes.ts'
import { describeApi } from './openapi/openapi.ts'
import { openapiRoutes } from './openapi/openapi-routes.ts'
import { type HealthDeps, healthRoutes } from './operate/health-routes.ts'
import type { Metrics } from './operate/metrics.ts'
import { type StatusDeps, statusRoutes } from './operate/status-routes.ts'
import { postgresFailure } from './postgres-failure.ts'
import { endConnectionsOnClose } from './requests/end-connections.ts'
import { createOpenRequests } from './requests/open-requests.ts'
import { sendSecurityHeaders } from './requests/security-headers.ts'
import { webRoutes } from './web-routes.ts'

interface ServerDeps {
  readonly logger: FastifyBaseLogger
  readonly version: string
  /** The folder with the built web pages; it need not exist. */
  readonly webRoot: string
  /** The folder with the built browser scripts; it need not exist. */
  readonly trackerRoot: string
  readonly publicUrl?: string | undefined
  /** Believe X-Forwarded-For: only behind a proxy that sets it. */
  readonly trustProxy?: boolean
  readonly localToken: string
  readonly verifyKey: (secret: string) => ApiKey | undefined
  readonly metrics: Metrics
}

export type AppDeps = ServerDeps &
  Omit<AccountDeps, 'secureCookies' | 'openRequests'> &
  AnnotationDeps &
  BiDeps &
  BoardDeps &
  CubeDeps &
  DataSourceDeps &
  EndpointDeps &
  Omit<EventsDeps, 'checkBearer' | 'onEvents' | 'append'> &
  Pick<DirectEventsDeps, 'plainEventLine'> &
  FeedRouteDeps &
  GrafanaRouteDeps &
  Omit<HealthDeps, 'readMetrics'> &
  ImportDeps &
  Omit<InvitationDeps, 'secureCookies' | 'openRequests'> &
  KeyDeps &
  LinkDeps &
  VisitsDeps &
  LiveDeps &
  MetricDeps &
  Omit<ProtocolDeps, 'append'> &
  Omit<PeopleDeps, 'openRequests'> &
  PrivacyDeps &
  Omit<PublicDeps, 'secureCookies'> &
  QueryDeps &
  ExplainDeps &
  CohortRouteDeps &
  SegmentDeps &
  ShareLinkDeps &
  SourceDeps &
  SourceHealthDeps &
  SqlDeps &
  StatusDeps &
  Omit<TrashDeps, 'cubes'> &
  UploadDeps &
  WidgetAnswerDeps &
  WorkspaceDeps

/** The whole HTTP interface, not yet listening. */
export async function buildApp(deps: AppDeps): Promise<FastifyInstance> {
  const directRoutes: DirectRoutes = new Map()
  const trustProxy = deps.trustProxy ?? false
  const app = Fastify({
    serverFactory: (framework) =>
      directServer(
        { routes: directRoutes, trustProxy, requestTimeoutMs: 120_000, keepAliveTimeoutMs: 72_000 },
        framework,
      ),
    loggerInstance: deps.logger,
    // Our own line per request, see `logRequests`.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestIds(),
    trustProxy,
    bodyLimit: 1024 * 1024,
    forceCloseConnections: 'idle',
  }).withTypeProvider<ZodTypeProvider>()

  app.setValidatorCompiler(({ schema, httpPart }) => validator(schema as z.ZodType, httpPart ?? 'body'))
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler((error, request, reply) => replyWithError(error, request, reply, postgresFailure))
  endConnectionsOnClose(app)
  takeHandedOver(app)
  refuseUndeclaredRoutes(app)
  await describeApi(app, deps.version)

  const checkBearer = bearerPrincipal(deps)
  const eventsDeps = { ...deps, checkBearer, onEvents: deps.metrics.onEvents }
  directRoutes.set('/v1/events', directEvents(eventsDeps))
  await app.register(eventsRoutes(eventsDeps))
  await app.register(protocolRoutes(deps, directRoutes))
  await app.register(followLinkRoutes(deps))
  await app.register(async (rest) => {
    rest.removeContentTypeParser('text/plain')
    sendSecurityHeaders(rest)
    logRequests(rest)
    deps.metrics.observeRequests(rest)
    await rest.register(fastifyCookie)
    await rest.register(fastifyCompress, {
      encodings: ['br', 'gzip'],
      // The highest quality takes seconds for a script; this one gains nearly as much in milliseconds.
      brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
    })
    const openRequests = createOpenRequests()
    const { findSession } = deps.accounts
    authorizeRequests(rest, { ...deps, checkBearer, findSession, onPerson: openRequests.track })
    rest.setNotFoundHandler(({ method, url }) => {
      throw new AppError('not_found', `There is no route ${method} ${url}`)
    })

    const secureCookies = deps.publicUrl?.startsWith('https:') ?? false
    await rest.register(accountRoutes({ ...deps, openRequests, secureCookies }))
    await rest.register(annotationRoutes(deps))
    await rest.register(biRoutes(deps))
    await rest.register(boardRoutes(deps))
    await rest.register(boardVersionRoutes(deps))
    await rest.register(boardCodeRoutes(deps))
    await rest.register(folderRoutes(deps))
    await rest.register(trashRoutes(deps))
    await rest.register(dataSourceRoutes(deps))
    await rest.register(shareLinkRoutes(deps))
    await rest.register(publicRoutes({ ...deps, secureCookies }))
    await rest.register(widgetAnswerRoutes(deps))
    await rest.register(peopleRoutes({ ...deps, openRequests }))
    await rest.register(invitationRoutes({ ...deps, openRequests, secureCookies }))
    await rest.register(feedRoutes(deps))
    await rest.register(grafanaRoutes(deps))
    await rest.register(prometheusRoutes(deps))
    await rest.register(healthRoutes({ ...deps, readMetrics: deps.metrics.text }))
    await rest.register(importRoutes(deps))
    await rest.register(keyRoutes(deps))
    await rest.register(linkRoutes(deps))
    await rest.register(visitsRoutes(deps))
    await rest.register(liveRoutes(deps))
    await rest.register(metricRoutes(deps))
    await rest.register(openapiRoutes(deps))
    await rest.register(privacyRoutes(deps))
    await rest.register(queryRoutes(deps))
    await rest.register(cubeRoutes(deps))
    await rest.register(explainRoutes(deps))
    await rest.register(cohortRoutes(deps))
    await rest.register(segmentRoutes(deps))
    await rest.register(sourceRoutes(deps))
    await rest.register(sourceHealthRoutes(deps))
    await rest.register(sqlRoutes(deps))
    await rest.register(statusRoutes(deps))
    await rest.register(trackerScriptRoutes(deps))
    await rest.register(uploadRoutes(deps))
    await rest.register(uploadFileRoutes(deps))
    await rest.register(workspaceRoutes(deps))
    await rest.register(endpointRoutes(deps))
    await rest.register(webRoutes(deps))
  })
  return app
}

/** Unique over restarts by their random start, and cheap. Never taken from the request: they go into the log. */
function requestIds(): () => string {
  const start = randomBytes(6).toString('base64url')
  let count = 0
  return () => {
    count += 1
    return `${start}-${count.toString(36)}`
  }
}

function validator(schema: z.ZodType, part: string) {
  return (data: unknown) => {
    if (depthOf(data) > MOST_NESTED) return { error: invalidRequest(part, [TOO_DEEP]) }
    const result = schema.safeParse(data)
    return result.success ? { value: result.data } : { error: invalidRequest(part, result.error.issues.map(issueOf)) }
  }
}

/** Deeper than any schema here means; one that refers to itself would be followed until the stack ends. */
const MOST_NESTED = 64
const TOO_DEEP: Issue = { path: [], message: `expected values that are nested at most ${MOST_NESTED} deep` }

/** Level by level, not by recursion. Stops where it is deep enough. */
function depthOf(data: unknown): number {
  let depth = 0
  let level = [data]
  while (level.length > 0 && depth <= MOST_NESTED) {
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []))
    depth += 1
  }
  return depth
}

function issueOf({ path, message }: z.core.$ZodIssue): Issue {
  return { path: path.map((key) => (typeof key === 'symbol' ? String(key) : key)), message }
}

/** One line for each answer; the query string stays out of it, as it may hold what is nobody's business. */
function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const level = reply.statusCode >= 500 ? 'warn' : 'debug'
    const route = request.routeOptions.url ?? 'unknown'
    const elapsedMs = Math.round(reply.elapsedTime * 10) / 10
    request.log[level](
      { requestId: request.id, method: request.method, route, status: reply.statusCode, elapsedMs },
      'answered',
    )
  })
}
