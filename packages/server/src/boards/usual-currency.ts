import type { Board } from '@almanac/core/boards/board.ts'
import type { QueryAnswer, Query as QueryType } from '@almanac/core/query/query.ts'
import { Query } from '@almanac/core/query/query.ts'
import type { Logger } from 'pino'
import { startWorkLoop, type WorkLoop } from '../background/work-loop.ts'
import type { FixedBoards } from './fixed-boards.ts'

interface CurrencyLoopOptions {
  readonly fixed: Pick<FixedBoards, 'chooseCurrency'>
  readonly runQuery: (query: QueryType, signal: AbortSignal) => Promise<QueryAnswer>
  readonly logger: Logger
  /** In milliseconds since 1970. */
  readonly now: () => number
}

const DIMENSION = 'currency'
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const DAYS = 90
/** It takes milliseconds. */
const NEVER = new AbortController().signal

/**
 * The ready boards show amounts of one currency. Which one nobody knows before there are payments: it is the one in which most of
 * the last ninety days were, looked up once a minute.
 */
export function startCurrencyLoop({ fixed, runQuery, logger, now }: CurrencyLoopOptions): WorkLoop {
  return startWorkLoop({
    run: async () => {
      const { rows } = await runQuery(usualCurrencyQuery(now()), NEVER)
      const currency = rows[0]?.[DIMENSION]
      if (typeof currency === 'string') fixed.chooseCurrency(currency)
      return false
    },
    logger,
    onFailure: 'the currency of the ready dashboards could not be looked up; it is tried again',
    pauseMs: MINUTE_MS,
  })
}

function usualCurrencyQuery(nowMs: number): QueryType {
  return Query.parse({
    cube: 'revenue',
    measures: ['payments'],
    dimensions: [DIMENSION],
    filters: [{ dimension: DIMENSION, op: 'not_empty' }],
    top: { by: 'payments', count: 1 },
    order: [{ by: 'payments', direction: 'desc' }],
    from: new Date(nowMs - DAYS * DAY_MS).toISOString(),
    to: new Date(nowMs + DAY_MS).toISOString(),
  })
}

/** The board with this currency where it is one of a variable's own choice. */
export function inCurrency(board: Board, currency: string): Board {
  const variables = board.variables.map((variable) =>
    variable.dimension === DIMENSION && variable.values.length > 0 ? { ...variable, values: [currency] } : variable,
  )
  return { ...board, variables }
}
