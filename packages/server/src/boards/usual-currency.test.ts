import { READY_BOARDS } from '@almanac/core/boards/ready/ready-boards.ts'
import type { Query, QueryAnswer } from '@almanac/core/query/query.ts'
import { pino } from 'pino'
import { beforeEach, expect, test } from 'vitest'
import { createFixedBoards } from './fixed-boards.ts'
import { createUsualCurrency, type UsualCurrency } from './usual-currency.ts'

let nowMs: number
let asked: Query[]
let answer: () => Promise<readonly Record<string, unknown>[]>
let usual: UsualCurrency
beforeEach(() => {
  nowMs = Date.UTC(2026, 4, 20)
  asked = []
  answer = async () => [{ currency: 'EUR', payments: 428 }]
  usual = createUsualCurrency({
    runQuery: async (query) => {
      asked.push(query)
      return { rows: await answer() } as unknown as QueryAnswer
    },
    logger: pino({ level: 'silent' }),
    now: () => nowMs,
  })
})

async function currencyOf(slug: string): Promise<string | undefined> {
  const fixed = createFixedBoards(READY_BOARDS, usual)
  const found = fixed.ready().get(slug)
  const { board } = found ? await fixed.shown(found) : {}
  return board?.variables.find(({ dimension }) => dimension === 'currency')?.values.join()
}

test('the ready boards show the currency of most payments of the last ninety days', async () => {
  expect(await currencyOf('overview')).toBe('EUR')
  expect(await currencyOf('revenue')).toBe('EUR')
  expect(asked).toMatchObject([
    { cube: 'revenue', dimensions: ['currency'], top: { by: 'payments', count: 1 }, from: '2026-02-19T00:00:00.000Z' },
  ])
})

test('a board without amounts asks for none', async () => {
  expect(await currencyOf('web')).toBeUndefined()
  expect(asked).toEqual([])
})

test('before the first payment, and while the engine is away, they keep their own', async () => {
  answer = async () => []
  expect(await currencyOf('overview')).toBe('USD')
  nowMs += 60_000
  answer = () => Promise.reject(new Error('away'))
  expect(await currencyOf('overview')).toBe('USD')
  expect(asked).toHaveLength(2)
})

test('after a minute it is looked up again, and nobody waits for it', async () => {
  await usual()
  nowMs += 60_000
  const later = Promise.withResolvers<readonly Record<string, unknown>[]>()
  answer = () => later.promise
  expect(await usual()).toBe('EUR')
  later.resolve([{ currency: 'GBP', payments: 9 }])
  await expect.poll(usual).toBe('GBP')
  expect(asked).toHaveLength(2)
})
