import { besideTop, isLedByTop } from '@almanac/core/boards/beside-top.ts'
import type { Variable, WidgetData } from '@almanac/core/boards/board.ts'
import type { BoardScope } from '@almanac/core/boards/widget-query.ts'
import { type Frame, frameOfAnswer } from '@almanac/core/charts/frame.ts'
import { joinFrames } from '@almanac/core/charts/join-frames.ts'
import { frameOfSql } from '@almanac/core/charts/sql/sql-frame.ts'
import type { CohortAnswer, CohortRequest } from '@almanac/core/cohorts/cohort.ts'
import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { AppError } from '@almanac/core/errors.ts'
import type { Query } from '@almanac/core/query/query.ts'
import type { Asker } from '../../analytics/running-sql.ts'
import type { SqlService } from '../../analytics/sql-service.ts'
import { fewAtOnce } from '../../background/few-at-once.ts'
import type { QueryResult } from '../../query/run-query.ts'
import { frameOfCohorts } from './cohort-frame.ts'
import { type Prepared, prepareData, type SavedStatement, type SqlData } from './prepare-data.ts'

/**
 * What the widgets of a board show: a frame for each question, as of one moment. The cubes are asked all together, so that
 * those that read the same rows share a scan; statements run a few at a time, the same one once.
 */
export interface WidgetsRequest {
  readonly scope: BoardScope
  readonly questions: readonly { readonly data: readonly WidgetData[]; readonly variables: readonly Variable[] }[]
  /** In whose name statements run, and which of them. Saved ones run for everybody. */
  readonly asker: Asker
  readonly mayRun: (data: SqlData) => boolean
}

/** In the order of the questions; the mistake of one does not fail the others. */
export type WidgetResult =
  | {
      readonly frame: Frame
      /** Dimensions that the board filters by and this data does not have. */
      readonly ignored: readonly string[]
    }
  | { readonly error: AppError }

export type AnswerWidgets = (request: WidgetsRequest, signal: AbortSignal) => Promise<WidgetResult[]>

export interface AnswerWidgetsDeps {
  readonly cubes: () => readonly CubeDefinition[]
  readonly runQueries: (queries: readonly Query[], signal: AbortSignal) => Promise<QueryResult[]>
  readonly runCohorts: (request: CohortRequest, signal: AbortSignal) => Promise<CohortAnswer>
  readonly sql: Pick<SqlService, 'run'>
  readonly savedStatements: () => Promise<ReadonlyMap<string, SavedStatement>>
  readonly now: () => number
}

export function createAnswerWidgets(deps: AnswerWidgetsDeps): AnswerWidgets {
  return async (request, signal) => {
    const { questions, scope, mayRun } = request
    const now = Temporal.Instant.fromEpochMilliseconds(deps.now())
    const needsSaved = questions.some(({ data }) => data.some(({ from }) => from === 'saved'))
    const saved = needsSaved ? await deps.savedStatements() : new Map<string, SavedStatement>()
    const cubes = deps.cubes()
    const prepared = await Promise.all(
      questions.flatMap(({ data, variables }) =>
        besideTop(data).map((one) => settled(() => prepareData(one, { scope, variables, cubes, saved, mayRun, now }))),
      ),
    )
    const frames = await askAll(deps, prepared, { request, now, signal })
    let at = 0
    return questions.map(({ data }) => {
      const start = at
      at += data.length
      return joined(frames.slice(start, at), isLedByTop(data))
    })
  }
}

interface Asking {
  readonly request: WidgetsRequest
  readonly now: Temporal.Instant
  readonly signal: AbortSignal
}

type Settled<T> = { readonly value: T } | { readonly error: AppError }

/** What is expected to fail is a result; a bug is thrown. */
async function settled<T>(run: () => T | Promise<T>): Promise<Settled<T>> {
  try {
    return { value: await run() }
  } catch (error) {
    if (error instanceof AppError) return { error }
    throw error
  }
}

async function askAll(
  deps: AnswerWidgetsDeps,
  prepared: readonly Settled<Prepared>[],
  asking: Asking,
): Promise<WidgetResult[]> {
  const answerOf = askCubes(deps, prepared, asking.signal)
  const inTurn = fewAtOnce(STATEMENTS_AT_ONCE)
  const known = new Map<string, Promise<Frame>>()
  const once = (one: object, run: () => Promise<Frame>) => {
    const key = JSON.stringify(one)
    const frame = known.get(key) ?? inTurn(run)
    known.set(key, frame)
    return frame
  }
  return Promise.all(
    prepared.map(async (one): Promise<WidgetResult> => {
      if ('error' in one) return one
      const result = await settled(() => frameOf(deps, one.value, { ...asking, answerOf, once }))
      return 'error' in result ? result : { frame: result.value, ignored: one.value.ignored }
    }),
  )
}

/** Beside what else the engine has to do; the read-only user may run only so many. */
const STATEMENTS_AT_ONCE = 3

/** All questions to cubes in one go; the function finds the answer of each. */
function askCubes({ runQueries }: AnswerWidgetsDeps, prepared: readonly Settled<Prepared>[], signal: AbortSignal) {
  const queries = prepared.flatMap((one) => ('value' in one && one.value.kind === 'query' ? [one.value.query] : []))
  const results = queries.length === 0 ? Promise.resolve([]) : runQueries(queries, signal)
  return async (query: Query) => {
    const result = (await results)[queries.indexOf(query)]
    if (!result) throw new Error('there is one result for each query')
    if ('error' in result) throw result.error
    return result.answer
  }
}

interface Ways extends Asking {
  readonly answerOf: ReturnType<typeof askCubes>
  readonly once: (one: object, run: () => Promise<Frame>) => Promise<Frame>
}

async function frameOf(deps: AnswerWidgetsDeps, one: Prepared, { answerOf, once, ...asking }: Ways): Promise<Frame> {
  switch (one.kind) {
    case 'query':
      return frameOfAnswer(await answerOf(one.query), one.query.grain)
    case 'cohorts': {
      const { request } = one
      return once(request, async () => {
        const answer = await deps.runCohorts(request, asking.signal)
        return frameOfCohorts(answer, { ...request, firstDayOfWeek: request.firstDayOfWeek ?? 1 })
      })
    }
    case 'statement':
      return once([one.sql, one.parameters], () => runStatement(deps, one, asking))
  }
}

/** As many rows as the read-only user may have at all, see `engines/clickhouse-config.ts`. */
const MOST_ROWS = 100_000

async function runStatement(
  { sql }: AnswerWidgetsDeps,
  one: Extract<Prepared, { readonly kind: 'statement' }>,
  { request, now, signal }: Asking,
): Promise<Frame> {
  const { scope, uses } = one
  const answer = await sql.run(
    { sql: one.sql, parameters: one.parameters, limit: MOST_ROWS, times: 'iso' },
    request.asker,
    signal,
  )
  const { timezone, firstDayOfWeek } = scope
  return frameOfSql(answer, {
    timezone,
    firstDayOfWeek,
    grain: uses.has('grain') ? scope.grain : undefined,
    from: uses.has('from') ? scope.from : undefined,
    to: uses.has('to') ? scope.to : undefined,
    now,
  })
}

function joined(frames: readonly WidgetResult[], isLed: boolean): WidgetResult {
  const failed = frames.find((one) => 'error' in one)
  if (failed) return failed
  const whole = frames.filter((one) => 'frame' in one)
  const [only] = whole
  if (only && whole.length === 1) return only
  return {
    frame: joinFrames(
      whole.map(({ frame }) => frame),
      isLed,
    ),
    ignored: [...new Set(whole.flatMap(({ ignored }) => ignored))],
  }
}
