import type { Board } from '@almanac/core/boards/board.ts'
import type { BoardScope } from '@almanac/core/boards/widget-query.ts'
import { queryOptions } from '@tanstack/react-query'
import { type ApiError, type ErrorBody, errorOfQuery } from './api-error.ts'
import { batched } from './batched.ts'
import { request } from './request.ts'
import { WIDGET_ANSWER, type WidgetAnswer } from './widget-answers.ts'

/** Shared boards, for people without an account. Nothing in here asks for anything that needs a session. */

interface PublicBoard {
  /** Then there is nothing else in the answer. */
  readonly needsPassword: boolean
  readonly title: string | null
  readonly board: Board | null
  /** Of widgets that show another range than the board, by id: as expressions, and null for data that follows the board. */
  readonly ranges: PublicRanges
  /** What the reader may choose: `range`, `grain`, `compare`, names of variables. */
  readonly allow: readonly string[]
}

export type PublicRanges = Readonly<Record<string, readonly (string | null)[]>>

/** What the figures are for: where the reader may not choose, the server does. */
export type PublicScope = Omit<BoardScope, 'filters' | 'variables'>

export interface PublicWidgetAnswer extends WidgetAnswer {
  readonly scope: PublicScope
}

interface PublicAsk {
  readonly token: string
  readonly widget: string
  readonly scope: BoardScope
}

/** Asked for again each minute: what is shared can change, and can end. */
const BOARD_AGAIN_MS = 60_000

export function publicBoardQuery(token: string) {
  return queryOptions({
    queryKey: ['public-board', token],
    queryFn: ({ signal }) => request<PublicBoard>(publicPath(token), { signal }),
    staleTime: 30_000,
    refetchInterval: BOARD_AGAIN_MS,
  })
}

/** Wrong passwords are counted; after some of them the server asks for patience. */
export async function unlockPublicBoard(token: string, password: string): Promise<void> {
  await request<unknown>(`${publicPath(token)}/unlock`, { method: 'POST', body: { password } })
}

/** Keyed as the answers of all boards are, so that what can be said of a page's figures can be said of these. */
export function publicWidgetQuery(ask: PublicAsk) {
  return queryOptions({
    queryKey: [WIDGET_ANSWER, [], ask.token, ask.widget, ask.scope] as const,
    queryFn: ({ signal }) => askPublicWidget(ask, signal),
    staleTime: 5000,
  })
}

export function publicValuesQuery(token: string, variable: string) {
  return queryOptions({
    queryKey: ['public-values', token, variable],
    queryFn: ({ signal }) =>
      request<{ values: string[] }>(`${publicPath(token)}/values/${encodeURIComponent(variable)}`, { signal }).then(
        ({ values }) => values,
      ),
    staleTime: 60_000,
  })
}

/** What is asked in the same moment is one request. */
const askPublicWidget = batched<PublicAsk, PublicWidgetAnswer>(askPublicWidgets, 100)

type Answered = WidgetAnswer | { readonly error: ErrorBody }

async function askPublicWidgets(
  asks: readonly PublicAsk[],
  signal: AbortSignal,
): Promise<(PublicWidgetAnswer | ApiError)[]> {
  const groups = Map.groupBy(asks, ({ token, scope }) => JSON.stringify([token, scope]))
  const found = new Map<PublicAsk, PublicWidgetAnswer | ApiError>()
  await Promise.all(
    [...groups.values()].map(async (group) => {
      const [first] = group
      if (!first) return
      const { answers, scope } = await request<{ answers: Answered[]; scope: PublicScope }>(
        `${publicPath(first.token)}/answers`,
        { method: 'POST', body: { scope: first.scope, widgets: group.map(({ widget }) => widget) }, signal },
      )
      for (const [i, ask] of group.entries()) {
        const one = answers[i]
        if (one) found.set(ask, 'error' in one ? errorOfQuery(one.error) : { ...one, scope })
      }
    }),
  )
  return asks.flatMap((ask) => found.get(ask) ?? [])
}

const publicPath = (token: string) => `/api/v1/public/${encodeURIComponent(token)}`
