import type { Query, QueryAnswer, Row } from '@almanac/core/query/query.ts'
import { expect, test } from 'vitest'
import { feedPages } from './feed-pages.ts'
import { feedQuery } from './feed-request.ts'
import { answerOf, TINY_CUBE } from './testing/tiny-cube.ts'

/** Answers as the engine does: filters, the order, the limit. */
function engineWith(rows: readonly Row[], limit: number) {
  let asked = 0
  const run = async (query: Query): Promise<QueryAnswer> => {
    asked += 1
    const keys = query.order.map(({ by }) => by)
    const found = rows
      .filter((row) => {
        const at = Date.parse(String(row.time))
        return (
          at >= Date.parse(query.from) && at < Date.parse(query.to) && query.filters.every((one) => holds(one, row))
        )
      })
      .toSorted((a, b) =>
        compare(keys.map((key) => a[key]) as Row[string][], keys.map((key) => b[key]) as Row[string][]),
      )
    return answerOf(query, found.slice(0, limit), { truncated: found.length > limit })
  }
  return { run, asked: () => asked }
}

function holds(filter: Query['filters'][number], row: Row): boolean {
  if (!('dimension' in filter)) throw new Error('not asked for here')
  const value = row[filter.dimension] as string | number
  switch (filter.op) {
    case 'in':
      return filter.values.includes(value)
    case 'not_in':
      return !filter.values.includes(value)
    case 'range':
      return filter.from === undefined || value >= filter.from
    default:
      throw new Error('not asked for here')
  }
}

function compare(a: readonly Row[string][], b: readonly Row[string][]): number {
  for (const [i, value] of a.entries()) {
    const other = b[i] as Row[string]
    if (value !== other) return (value as string) < (other as string) ? -1 : 1
  }
  return 0
}

const rows: Row[] = ['DE', 'FR', 'IT', 'PL'].flatMap((country) =>
  [200, 301, 404, 500].flatMap((status) =>
    ['2026-11-17', '2026-11-18', '2026-11-19'].map((day) => ({
      time: `${day}T00:00:00+01:00`,
      country,
      status,
      hits: 1,
    })),
  ),
)

const query = (dimensions: string[]) =>
  feedQuery(
    { grain: 'day', from: '2026-11-17', to: '2026-11-20', dimensions, measures: ['hits'], filters: [], segments: [] },
    TINY_CUBE,
    Temporal.Instant.from('2026-11-20T12:00:00Z'),
  )

async function all(limit: number, dimensions = ['country', 'status']) {
  const engine = engineWith(rows, limit)
  const pages: Row[][] = []
  for await (const page of feedPages(query(dimensions), TINY_CUBE, engine.run)) pages.push(page.rows)
  return { pages, asked: engine.asked() }
}

test.each([2, 3, 4, 5, 15, 16, 17, 47, 48, 100])(
  'with pages of %i rows each row comes once, in order',
  async (limit) => {
    const { pages } = await all(limit)
    expect(pages.flat()).toEqual(rows)
    for (const page of pages) expect(page.length).toBeLessThanOrEqual(limit)
  },
)

test('the values of a dimension that fit into a page are read in one piece', async () => {
  const { pages, asked } = await all(15)
  expect(pages.map((page) => page.length)).toEqual([12, 12, 12, 12])
  expect(asked).toBe(4)
})

test('dimensions that no filter can split are read at once, or refused with what to do', async () => {
  const engine = (limit: number) =>
    engineWith(
      [
        { time: '2026-11-17T00:00:00+01:00', is_bot: true, environment: 'production', hits: 1 },
        { time: '2026-11-18T00:00:00+01:00', is_bot: true, environment: 'production', hits: 1 },
      ],
      limit,
    )
  const read = async (limit: number) =>
    (await Array.fromAsync(feedPages(query(['is_bot', 'environment']), TINY_CUBE, engine(limit).run))).flatMap(
      ({ rows }) => rows,
    )
  expect(await read(5)).toHaveLength(2)
  await expect(read(1)).rejects.toMatchObject({ code: 'too_large', hint: expect.stringContaining('dimension') })
})

test('a feed of time alone is in the order of time, which has a row for every bucket', async () => {
  const asked: Query[] = []
  await Array.fromAsync(
    feedPages(query([]), TINY_CUBE, async (one) => {
      asked.push(one)
      return answerOf(one, [])
    }),
  )
  expect(asked.map(({ order }) => order)).toEqual([[{ by: 'time', direction: 'asc' }]])
})
