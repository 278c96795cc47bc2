import type { Query, Row } from '@almanac/core/query/query.ts'
import { describe, expect, test } from 'vitest'
import { answerOf, TINY_CUBE } from '../feeds/testing/tiny-cube.ts'
import { labels, labelValues, metadata, type PromParameters, queryInstant, queryRange, series } from './prom-api.ts'

const NOW = Date.parse('2026-11-20T12:00:00Z')

function cubeWith(rowsOf: (query: Query) => readonly Row[]) {
  const asked: Query[] = []
  const runQuery = async (query: Query) => {
    asked.push(query)
    return answerOf(query, rowsOf(query))
  }
  return { asked, deps: { definitions: () => [TINY_CUBE], runQuery, now: () => NOW } }
}

const range = (query: string, start: string, end: string, step: string): PromParameters => ({
  query,
  start,
  end,
  step,
  matches: [],
})

describe('a range', () => {
  test('has the value of the bucket that holds each step, in the form of Prometheus', async () => {
    const { asked, deps } = cubeWith(() => [
      { time: '2026-11-17T00:00:00+01:00', visitors: 3 },
      { time: '2026-11-18T00:00:00+01:00', visitors: 5 },
    ])
    const answer = await queryRange(range('web:visitors', '2026-11-17T00:00:00Z', '2026-11-18T00:00:00Z', '1d'), deps)

    expect(answer).toEqual({
      data: {
        resultType: 'matrix',
        result: [
          {
            metric: { __name__: 'web:visitors' },
            values: [
              [1794873600, '3'],
              [1794960000, '5'],
            ],
          },
        ],
      },
      warnings: [],
    })
    expect(asked).toMatchObject([
      { grain: 'day', measures: ['visitors'], from: '2026-11-16T23:00:00Z', to: '2026-11-18T23:00:00Z' },
    ])
  })

  test('has a series for each combination of the dimensions that matchers name, and an empty label is none', async () => {
    const { asked, deps } = cubeWith(() => [
      { time: '2026-11-18T10:00:00+01:00', country: 'DE', status: 200, visitors: 3 },
      { time: '2026-11-18T10:00:00+01:00', country: '', status: 404, visitors: 1 },
    ])
    const text = 'web:visitors{country=~".*",status!="500"}'
    const { data } = await queryRange(range(text, '2026-11-18T09:00:00Z', '2026-11-18T09:00:00Z', '3600'), deps)

    expect(data).toMatchObject({
      result: [
        { metric: { __name__: 'web:visitors', country: 'DE', status: '200' } },
        { metric: { __name__: 'web:visitors', status: '404' } },
      ],
    })
    expect(asked[0]).toMatchObject({
      dimensions: ['country', 'status'],
      filters: [{ not: { dimension: 'status', op: 'in', values: ['500'] } }],
    })
  })

  test('whose step is no bucket adds up what adds up', async () => {
    const minutes = Array.from({ length: 10 }, (_, i) => ({ time: `2026-11-18T10:0${i}:00+01:00`, hits: i + 1 }))
    const { asked, deps } = cubeWith(() => minutes)
    const answer = await queryRange(range('sum(web:hits)', '2026-11-18T09:00:00Z', '2026-11-18T09:05:00Z', '5m'), deps)

    expect(answer).toMatchObject({
      data: {
        result: [
          {
            metric: {},
            values: [
              [expect.anything(), '15'],
              [expect.anything(), '40'],
            ],
          },
        ],
      },
      warnings: ['each step of 300 s is the sum of its buckets by minute'],
    })
    expect(asked[0]).toMatchObject({ grain: 'minute', to: '2026-11-18T09:10:00Z' })
  })

  test('whose step is no bucket shows uniques of the whole bucket that holds the step', async () => {
    const { deps } = cubeWith(() => [{ time: '2026-11-18T10:00:00+01:00', visitors: 7 }])
    const answer = await queryRange(range('web:visitors', '2026-11-18T09:00:00Z', '2026-11-18T09:10:00Z', '5m'), deps)

    expect(answer).toMatchObject({
      data: {
        result: [
          {
            values: [
              [0, '7'],
              [0, '7'],
              [0, '7'],
            ].map(([, v]) => [expect.anything(), v]),
          },
        ],
      },
    })
    expect(answer.warnings?.[0]).toContain('the value of the whole quarter_hour')
  })

  test('says 0 where nothing was counted, nothing where nothing was measured, and nothing of the future', async () => {
    const { deps } = cubeWith(() => [{ time: '2026-11-20T10:00:00+01:00', country: 'DE', hits: 4, slowest: 9 }])
    const values = async (metric: string) => {
      const text = `${metric}{country="DE"}`
      const { data } = await queryRange(range(text, '2026-11-20T09:00:00Z', '2026-11-20T15:00:00Z', '1h'), deps)
      return (data as { result: { values: [number, string][] }[] }).result[0]?.values.map(([, value]) => value)
    }
    expect(await values('web:hits')).toEqual(['4', '0', '0', '0'])
    expect(await values('web:slowest')).toEqual(['9'])
  })

  test('is ranked at each step by itself', async () => {
    const { deps } = cubeWith(() => [
      { time: '2026-11-18T10:00:00+01:00', country: 'DE', hits: 4 },
      { time: '2026-11-18T10:00:00+01:00', country: 'FR', hits: 9 },
      { time: '2026-11-18T11:00:00+01:00', country: 'DE', hits: 8 },
    ])
    const text = 'topk(1, sum by (country) (web:hits))'
    const { data } = await queryRange(range(text, '2026-11-18T09:00:00Z', '2026-11-18T10:00:00Z', '1h'), deps)
    expect(data).toMatchObject({
      result: [
        { metric: { country: 'DE' }, values: [[expect.anything(), '8']] },
        { metric: { country: 'FR' }, values: [[expect.anything(), '9']] },
      ],
    })
  })

  test('of a number is that number at every step', async () => {
    const { deps } = cubeWith(() => [])
    expect(await queryRange(range('1+1', '0', '60', '30'), deps)).toEqual({
      data: {
        resultType: 'matrix',
        result: [
          {
            metric: {},
            values: [
              [0, '2'],
              [30, '2'],
              [60, '2'],
            ],
          },
        ],
      },
    })
  })
})

describe('is refused with the reason:', () => {
  test.each([
    { query: 'sum(web:visitors)', says: 'who is in two of the series would count twice' },
    { query: 'sum by (country) (web:slowest)', says: 'which does not add up' },
    { query: 'topk(3, sum by (country) (web:visitors))', says: 'would be wrong' },
    { query: 'web:nothing', says: 'there is no metric web:nothing' },
    { query: 'web:hits{planet="x"}', says: 'no dimension planet: expected one of country, status' },
    { query: 'sum by (planet) (web:hits)', says: 'no dimension planet' },
    { query: 'web:hits', step: '0', says: 'zero or negative query resolution' },
    { query: 'web:hits', step: '1x', says: 'cannot parse "1x" to a valid duration' },
    { query: 'web:hits', step: '1', says: 'exceeded maximum resolution of 11,000 points' },
    { query: 'web:hits', start: 'noon', says: 'cannot parse "noon" to a valid timestamp' },
    { query: 'web:hits', start: '1e300', says: 'cannot parse "1e300" to a valid timestamp' },
    { query: 'web:hits', start: '-1', says: 'cannot parse "-1" to a valid timestamp' },
    { query: 'web:hits', start: '1794960001', says: 'end timestamp must not be before start time' },
    { query: '', says: 'invalid parameter "query"' },
  ])('$query $step $start', async ({ query, step = '1h', start = '1794000000', says }) => {
    const { deps } = cubeWith(() => [])
    await expect(queryRange(range(query, start, '1794960000', step), deps)).rejects.toThrow(says)
  })
})

test('a time zone that there is not is refused', async () => {
  const { deps } = cubeWith(() => [])
  const asked = { ...range('web:hits', '0', '60', '60'), timezone: 'Berlin' }
  await expect(queryRange(asked, deps)).rejects.toThrow('expected a time zone such as Europe/Berlin, got "Berlin"')
  await expect(queryInstant(asked, deps)).rejects.toThrow('expected a time zone')
})

test('an instant has the value of its day, and says so', async () => {
  const { asked, deps } = cubeWith(() => [{ time: '2026-11-20T00:00:00+01:00', visitors: 5 }])
  expect(await queryInstant({ query: 'web:visitors', matches: [] }, deps)).toEqual({
    data: { resultType: 'vector', result: [{ metric: { __name__: 'web:visitors' }, value: [NOW / 1000, '5'] }] },
    warnings: ['a query at an instant is answered with the value of the day that holds it'],
  })
  expect(asked[0]).toMatchObject({ grain: 'day', from: '2026-11-19T23:00:00Z', to: '2026-11-20T23:00:00Z' })
  expect(await queryInstant({ query: '1+1', time: '5', matches: [] }, deps)).toEqual({
    data: { resultType: 'scalar', result: [5, '2'] },
  })
})

test('labels are dimensions, and names are measures', async () => {
  const { asked, deps } = cubeWith(({ dimensions }) =>
    dimensions[0] === 'country' ? [{ country: 'FR' }, { country: '' }, { country: 'DE' }] : [],
  )
  expect(labels({ matches: ['web:hits'] }, deps)).toEqual({
    data: ['__name__', 'country', 'environment', 'is_bot', 'path', 'status'],
  })
  expect(await labelValues('__name__', { matches: [] }, deps)).toEqual({
    data: ['web:hits', 'web:reach', 'web:slowest', 'web:visitors'],
  })
  expect(await labelValues('country', { matches: [] }, deps)).toEqual({ data: ['DE', 'FR'] })
  expect(asked[0]).toMatchObject({
    measures: ['hits'],
    from: '2026-10-21T12:00:00.000Z',
    to: '2026-11-20T12:00:00.000Z',
  })
  expect(await labelValues('planet', { matches: [] }, deps)).toEqual({ data: [] })
  expect(metadata('web:hits', deps)).toEqual({ data: { 'web:hits': [{ type: 'gauge', help: 'Hits', unit: '' }] } })
})

test('series are those of the matchers', async () => {
  const { deps } = cubeWith(() => [{ time: '2026-11-20T00:00:00+01:00', country: 'DE', hits: 1 }])
  expect(await series({ matches: ['web:hits{country!=""}'] }, deps)).toEqual({
    data: [{ __name__: 'web:hits', country: 'DE' }],
  })
  await expect(series({ matches: [] }, deps)).rejects.toThrow('no match[]')
})
