import type { Board } from '@almanac/core/boards/board.ts'
import type { QueryAnswer, Query as QueryType } from '@almanac/core/query/query.ts'
import { Query } from '@almanac/core/query/query.ts'
import type { Logger } from 'pino'

/** The currency in which most payments of the last ninety days were; undefined before the first one. Never rejects. */
export type UsualCurrency = () => Promise<string | undefined>

interface UsualCurrencyDeps {
  readonly runQuery: (query: QueryType, signal: AbortSignal) => Promise<QueryAnswer>
  readonly logger: Logger
  /** In milliseconds since 1970. */
  readonly now: () => number
}

const DIMENSION = 'currency'
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const DAYS = 90
/** A board is shown in its own currency rather than late. */
const LONGEST_MS = 2000

/** Looked up when it is asked for, and again after a minute: the first to ask waits, later ones are given what was known. */
export function createUsualCurrency({ runQuery, logger, now }: UsualCurrencyDeps): UsualCurrency {
  let known: string | undefined
  let askedAtMs = Number.NEGATIVE_INFINITY
  let asking: Promise<void> | undefined
  const lookUp = async () => {
    askedAtMs = now()
    try {
      const { rows } = await runQuery(usualCurrencyQuery(askedAtMs), AbortSignal.timeout(LONGEST_MS))
      const currency = rows[0]?.[DIMENSION]
      if (typeof currency === 'string') known = currency
    } catch (error) {
      logger.warn({ err: error }, 'the currency of the ready dashboards could not be looked up; it is tried again')
    } finally {
      asking = undefined
    }
  }
  return async () => {
    if (now() - askedAtMs >= MINUTE_MS) asking ??= lookUp()
    if (known === undefined) await asking
    return known
  }
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

/** The board in the usual currency, where one of its variables chooses a currency. */
export async function inUsualCurrency(board: Board, usual: UsualCurrency): Promise<Board> {
  const isChosen = ({ dimension, values }: Board['variables'][number]) => dimension === DIMENSION && values.length > 0
  const currency = board.variables.some(isChosen) ? await usual() : undefined
  if (currency === undefined) return board
  return {
    ...board,
    variables: board.variables.map((variable) => (isChosen(variable) ? { ...variable, values: [currency] } : variable)),
  }
}
