import { hash } from 'node:crypto'
import type { CubeData, Widget } from '@almanac/core/boards/board.ts'
import { widgetsOf } from '@almanac/core/boards/board.ts'
import type { BoardScope } from '@almanac/core/boards/widget-query.ts'
import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { AppError } from '@almanac/core/errors.ts'
import { fewAtOnce } from '../background/few-at-once.ts'
import type { AnswerWidgets, WidgetResult, WidgetsRequest } from '../boards/answers/answer-widgets.ts'
import type { OpenBoard } from './public-boards.ts'
import { mayChoose, publicScope } from './public-scope.ts'

/**
 * What the widgets of a shared board show. The questions are the board's as it is stored: a request names widgets, and what it
 * may choose it chooses by its link. Errors say that something is missing, and not what stands behind it.
 */
export interface PublicAnswers {
  answer(open: OpenBoard, asked: PublicAsk): Promise<PublicAnswer>
  /** What a reader can choose for a variable that the link allows: the most frequent first. */
  values(open: OpenBoard, variable: string): Promise<string[]>
}

export interface PublicAsk {
  readonly scope: BoardScope | undefined
  readonly widgets: readonly string[]
}

export interface PublicAnswer {
  /** What was answered for, which need not be what was asked for. */
  readonly scope: Omit<BoardScope, 'filters' | 'variables'>
  readonly answers: readonly WidgetResult[]
}

interface PublicAnswersDeps {
  readonly answerWidgets: AnswerWidgets
  readonly cubes: () => readonly CubeDefinition[]
  readonly now: () => number
}

export function createPublicAnswers({ answerWidgets, cubes, now }: PublicAnswersDeps): PublicAnswers {
  const ask = shared((request) => answerWidgets(request, new AbortController().signal), now)
  const scopeOf = (open: OpenBoard, asked: BoardScope | undefined) =>
    publicScope({ ...open, asked, now: Temporal.Instant.fromEpochMilliseconds(now()) })

  return {
    async answer(open, asked) {
      const { board } = open
      const { filters, variables, ...scope } = scopeOf(open, asked.scope)
      const widgets = new Map(widgetsOf(board).map((widget) => [widget.id, widget]))
      const asking = asked.widgets.flatMap((id) => widgets.get(id) ?? []).filter(({ data }) => data.length > 0)
      const results = await ask({
        ...AS_THE_BOARD,
        scope: { ...scope, filters, variables },
        questions: asking.map(({ data }) => ({ data, variables: board.variables })),
      })
      const byId = new Map(asking.map(({ id }, i) => [id, results[i]]))
      return { scope, answers: asked.widgets.map((id) => publicResult(byId.get(id), widgets.get(id), id)) }
    },
    async values(open, name) {
      const { board, allowed } = open
      const variable = board.variables.find((one) => one.name === name)
      const cube = variable && cubes().find((one) => one.name === variable.cube)
      if (!variable || !mayChoose(name, new Set(allowed)) || !cube) throw noSuchChoice(name)
      const [result] = await ask({
        ...AS_THE_BOARD,
        scope: scopeOf(open, undefined),
        questions: [
          {
            data: [valuesQuestion(cube, variable.dimension)],
            // Chosen values of the others stay chosen, and this one's own must not hide the rest.
            variables: board.variables.filter((one) => one !== variable),
          },
        ],
      })
      if (!result || 'error' in result) throw noSuchChoice(name)
      return result.frame.rows.map((row) => String(row[variable.dimension] ?? ''))
    },
  }
}

/** All statements are those of the board. */
const AS_THE_BOARD = { asker: { name: 'public', isAdmin: false }, mayRun: () => true }

const MOST_VALUES = 200

function valuesQuestion(cube: CubeDefinition, dimension: string): CubeData {
  const measures = Object.entries(cube.measures)
  const [measure = ''] = measures.find(([, { class: kind }]) => kind === 'additive') ?? measures[0] ?? []
  return {
    from: 'cube',
    cube: cube.name,
    measures: [measure],
    dimensions: [dimension],
    filters: [],
    segments: [],
    having: [],
    totals: [],
    order: [{ by: measure, direction: 'desc' }],
    limit: MOST_VALUES,
    grain: 'none',
    compare: 'none',
    isFixed: false,
  }
}

/** Statements and names of the inside stand in messages of the engine. */
function publicResult(result: WidgetResult | undefined, widget: Widget | undefined, id: string): WidgetResult {
  if (!widget) return { error: new AppError('not_found', `There is no widget ${id} on this board`) }
  if (!result) return { error: new AppError('invalid_request', `The widget ${id} shows no figures`) }
  if (!('error' in result)) return { frame: result.frame, ignored: [] }
  const { code } = result.error
  return { error: new AppError(code, REASONS[code] ?? 'The figures of this widget cannot be shown') }
}

const REASONS: Partial<Record<AppError['code'], string>> = {
  query_timeout: 'The figures of this widget took too long',
  engine_unavailable: 'The figures are not there at the moment',
  too_many_requests: 'Too much is asked at once; the figures come in a moment',
}

function noSuchChoice(name: string): AppError {
  return new AppError('not_found', `There is nothing to choose by the name ${name} on this board`)
}

/** Readers of shared boards wait for each other, and nobody else for them. */
const AT_ONCE = 3
const MOST_WAITING = 100
const FRESH_MS = 5_000
const MOST_KEPT = 50

/** Whoever asks the same within a few seconds gets the same answer: strangers must not keep the engines busy. */
function shared(ask: (request: WidgetsRequest) => Promise<WidgetResult[]>, now: () => number) {
  const inTurn = fewAtOnce(AT_ONCE, MOST_WAITING)
  const kept = new Map<string, { readonly until: number; readonly results: Promise<WidgetResult[]> }>()
  return (request: WidgetsRequest): Promise<WidgetResult[]> => {
    const nowMs = now()
    for (const [key, { until }] of kept) if (until <= nowMs || kept.size > MOST_KEPT) kept.delete(key)
    const key = hash('sha256', JSON.stringify([request.scope, request.questions]), 'base64')
    const known = kept.get(key)
    if (known) return known.results
    const results = inTurn(() => ask(request))
    kept.set(key, { until: nowMs + FRESH_MS, results })
    results.catch(() => kept.delete(key))
    return results
  }
}
