import { READY_BOARDS } from '@almanac/core/boards/ready/ready-boards.ts'
import type { Query, QueryAnswer } from '@almanac/core/query/query.ts'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { createFixedBoards } from './fixed-boards.ts'
import { startCurrencyLoop } from './usual-currency.ts'

const NOW = Date.UTC(2026, 4, 20)

function currenciesOf(fixed: ReturnType<typeof createFixedBoards>): string[] {
  const variables = [...fixed.ready().values()].flatMap(({ board }) => board.variables)
  return [...new Set(variables.filter(({ dimension }) => dimension === 'currency').flatMap(({ values }) => values))]
}

async function lookUp(rows: readonly Record<string, unknown>[]) {
  const fixed = createFixedBoards(READY_BOARDS)
  const asked: Query[] = []
  const answered = Promise.withResolvers<void>()
  const loop = startCurrencyLoop({
    fixed,
    runQuery: async (query) => {
      asked.push(query)
      answered.resolve()
      return { rows } as unknown as QueryAnswer
    },
    logger: pino({ level: 'silent' }),
    now: () => NOW,
  })
  await answered.promise
  await loop.stop()
  return { currencies: currenciesOf(fixed), asked }
}

test('the ready boards show the currency of most payments', async () => {
  const { currencies, asked } = await lookUp([{ currency: 'EUR', payments: 428 }])
  expect(currencies).toEqual(['EUR'])
  expect(asked).toMatchObject([
    { cube: 'revenue', dimensions: ['currency'], top: { by: 'payments', count: 1 }, from: '2026-02-19T00:00:00.000Z' },
  ])
})

test('without a payment they keep their own', async () => {
  expect((await lookUp([])).currencies).toEqual(['USD'])
})
