import type { Board, CubeData, WidgetData } from '@almanac/core/boards/board.ts'
import { type BoardScope, type KnownCube, widgetQuestion } from '@almanac/core/boards/widget-query.ts'
import type { Frame } from '@almanac/core/charts/frame.ts'
import { queryOptions } from '@tanstack/react-query'
import { type ApiError, type ErrorBody, errorOfQuery } from './api-error.ts'
import { batched } from './batched.ts'
import { request } from './request.ts'

/** What a widget asks on its board. */
export interface WidgetAsk {
  /** The saved board that the widget lies on: its statements in SQL are then answered for everybody who may see it. */
  readonly board?: string
  readonly scope: BoardScope
  readonly data: readonly WidgetData[]
  readonly variables: Board['variables']
  /** As far as they are known. A filter that the widget's cube has no dimension for then leaves its answer as it is. */
  readonly cubes?: readonly KnownCube[]
}

export interface WidgetAnswer {
  readonly frame: Frame
  /** Dimensions of the board's filters that the widget's cube does not have. */
  readonly ignored: readonly string[]
}

/** The first part of the keys of all that widgets ask. */
export const WIDGET_ANSWER = 'widget-answer'

/**
 * The same question has the same key, so widgets that ask alike share one answer, and a choice that a widget does not heed
 * (the grain, for a number without time) leaves its answer as it is.
 */
export function widgetAnswerQuery(ask: WidgetAsk) {
  return queryOptions({
    queryKey: [WIDGET_ANSWER, ask.data.map((data) => questionKey(data, ask)), ask.board] as const,
    queryFn: ({ signal }) => askWidget(ask, signal),
    staleTime: 30_000,
  })
}

/** What an answer depends on. */
export type QuestionKey = ReturnType<typeof questionKey>

function questionKey(data: WidgetData, ask: WidgetAsk) {
  const { scope, variables } = ask
  const { range } = data
  const own = range === undefined ? {} : { range }
  if (data.from === 'cube') return { ...widgetQuestion(data, scope, variables, cubeOf(data, ask)).query, ...own }
  return {
    ...(data.from === 'cohorts' && { cube: data.cohorts.cube }),
    from: scope.from,
    to: scope.to,
    data,
    scope,
    ...own,
  }
}

const cubeOf = (data: CubeData, { cubes = [] }: WidgetAsk) => cubes.find(({ name }) => name === data.cube)

/** Dimensions that the board filters by now and the widget does not have; an answer may be of other filters that it does not heed. */
export function ignoredDimensions(ask: WidgetAsk, answer: WidgetAnswer | undefined): readonly string[] {
  const { data, scope, variables } = ask
  const ignored = data.map((one) => {
    const cube = one.from === 'cube' ? cubeOf(one, ask) : undefined
    return cube && one.from === 'cube' ? widgetQuestion(one, scope, variables, cube).ignored : undefined
  })
  if (ignored.includes(undefined)) return answer?.ignored ?? []
  return [...new Set(ignored.flatMap((one) => one ?? []))]
}

/** Answers one question. What is asked in the same moment is one request, so the widgets of a board show the same moment. */
export const askWidget = batched<WidgetAsk, WidgetAnswer>(askWidgets, 50)

type Answered = WidgetAnswer | { readonly error: ErrorBody }

/** One request for each board and scope: nearly always one. */
async function askWidgets(asks: readonly WidgetAsk[], signal: AbortSignal): Promise<(WidgetAnswer | ApiError)[]> {
  const groups = Map.groupBy(asks, ({ board, scope }) => JSON.stringify([board, scope]))
  const answers = new Map<WidgetAsk, WidgetAnswer | ApiError>()
  await Promise.all(
    [...groups.values()].map(async (group) => {
      const answered = await answersOf(group, signal)
      for (const [i, ask] of group.entries()) {
        const one = answered[i]
        if (one) answers.set(ask, 'error' in one ? errorOfQuery(one.error) : one)
      }
    }),
  )
  return asks.flatMap((ask) => answers.get(ask) ?? [])
}

async function answersOf(group: readonly WidgetAsk[], signal: AbortSignal): Promise<readonly Answered[]> {
  const [first] = group
  const body = {
    ...(first?.board !== undefined && { board: first.board }),
    scope: first?.scope,
    questions: group.map(({ data, variables }) => ({ data, variables })),
  }
  return (await request<{ answers: Answered[] }>('/api/v1/widget-answers', { method: 'POST', body, signal })).answers
}
