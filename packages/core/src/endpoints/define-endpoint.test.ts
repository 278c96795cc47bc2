import { expect, test } from 'vitest'
import { checkEndpoint } from './check-endpoint.ts'
import {
  column,
  defineEndpoint,
  type EndpointInput,
  each,
  eachOfGroup,
  groups,
  join,
  keyed,
  param,
  total,
  value,
  when,
} from './define-endpoint.ts'

const pipeline: EndpointInput = {
  path: '/pipeline/{period}',
  summary: 'Leads by week or month',
  parameters: {
    period: { type: 'choice', oneOf: ['week', 'month'] },
    start: { type: 'date' },
    end: { type: 'date', after: 'start' },
  },
  queries: {
    figures: { cube: 'leads', measures: ['leads'], grain: param('period'), from: param('start'), to: param('end') },
  },
  answer: {
    start: param('start'),
    figures: each('figures', { period: column('time', { as: 'date' }), leads: column('leads') }),
  },
}
const dated = pipeline.parameters as NonNullable<EndpointInput['parameters']>
const figures = pipeline.queries.figures as NonNullable<EndpointInput['queries'][string]>

function issuesOf(change: Partial<EndpointInput> | Record<string, unknown>): string[] {
  const result = checkEndpoint({ ...pipeline, ...change })
  return 'issues' in result ? result.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) : []
}

test('an endpoint is plain data with its defaults filled in', () => {
  const endpoint = defineEndpoint(pipeline)

  expect(endpoint).toMatchObject({ isPublic: false, maxAgeSeconds: 0, timezone: 'UTC' })
  expect(JSON.parse(JSON.stringify(endpoint))).toEqual(endpoint)
  expect(checkEndpoint(JSON.parse(JSON.stringify(endpoint)))).toEqual({ definition: endpoint })
})

test('what is wrong is thrown at once, each with its place', () => {
  const wrong = { ...pipeline, parameters: { ...dated, week: { type: 'date', default: '2026-02-30' } } } as const

  expect(() => defineEndpoint(wrong)).toThrow('the endpoint /pipeline/{period} has 2 mistakes')
  expect(issuesOf(wrong)).toEqual([
    'parameters.week.default: expected a date such as 2026-01-31, got "2026-02-30"',
    'parameters.week: no query and no part of the answer uses it',
  ])
})

test.each([
  { path: 'pipeline', words: 'expected a path such as /pipeline/{period}' },
  { path: '/pipeline/', words: 'expected a path such as' },
  { path: '/pipe line/{period}', words: 'expected a path such as' },
  { path: '/../{period}', words: 'expected a path such as' },
  { path: '/{period}', words: 'expected a word as the first part' },
  { path: '/v1/query', words: "/v1 and the like are Almanac's own" },
  { path: '/V2/{period}', words: "Almanac's own" },
  { path: '/v1', words: "Almanac's own" },
  { path: '/a/{period}/{period}', words: '{period} stands in it twice' },
  { path: '/a/{region}', words: 'expected a parameter "region" for {region}' },
])('the path $path is refused', ({ path, words }) => {
  expect(issuesOf({ path }).join('\n')).toContain(words)
})

test('a part of the path has no default', () => {
  const period = { type: 'choice', oneOf: ['week', 'month'], default: 'week' } as const

  expect(issuesOf({ parameters: { ...dated, period } })).toEqual([
    'parameters.period: a part of the path is always there: expected no default and no optional',
  ])
})

test.each([
  { parameter: { type: 'choice', oneOf: ['a'], default: 'b' }, words: 'expected one of a, got "b"' },
  { parameter: { type: 'number', min: 1, max: 5, default: 6 }, words: 'expected a number from 1 up to 5, got 6' },
  { parameter: { type: 'number', integer: true, default: 1.5 }, words: 'expected a whole number, got 1.5' },
  { parameter: { type: 'date', after: 'period' }, words: 'another parameter of type date, got "period"' },
  { parameter: { type: 'date', after: 'extra' }, words: 'another parameter of type date, got "extra"' },
])('a parameter that contradicts itself is refused: $words', ({ parameter, words }) => {
  const answer = { extra: param('extra') }
  expect(issuesOf({ parameters: { ...dated, extra: parameter }, answer })).toEqual([expect.stringContaining(words)])
})

test.each([
  { query: { from: param('begin') }, words: 'there is no parameter "begin": the endpoint has period, start, end' },
  { query: { grain: param('constructor') }, words: 'there is no parameter "constructor"' },
  { query: { grain: param('period', { plusDays: 1 }) }, words: '"period" is no date: expected no plusDays' },
  { query: { from: column('time') }, words: 'expected a value or param(…), got $column' },
  { query: { from: { $parameter: 'start', days: 1 } }, words: 'has parts that it does not know' },
  { query: { from: when('start', 'x') }, words: 'expected when(…) as an item of a list' },
  { query: { cube: param('period') }, words: 'queries.figures.cube: expected the name of a cube' },
])('a query cannot refer to what is not there: $words', ({ query, words }) => {
  expect(issuesOf({ queries: { figures: { ...figures, ...query } } }).join('\n')).toContain(words)
})

test('each choice of a parameter is tried, and what does not fit a query is named', () => {
  const period = { type: 'choice', oneOf: ['week', 'fortnight'] } as const

  expect(issuesOf({ parameters: { ...dated, period } })).toEqual([expect.stringMatching(/^queries\.figures\.grain: /)])
})

test('an optional parameter stands inside a when', () => {
  const country = { type: 'text', optional: true } as const
  const parameters = { ...dated, country }
  const filter = { dimension: 'country', op: 'in', values: [param('country')] } as const

  expect(issuesOf({ parameters, queries: { figures: { ...figures, filters: [when('country', filter)] } } })).toEqual([])
  expect(issuesOf({ parameters, queries: { figures: { ...figures, filters: [filter] } } })).toEqual([
    `queries.figures.filters.0.values.0: "country" may be missing: expected a default, or it inside when('country', …)`,
  ])
  expect(issuesOf({ queries: { figures: { ...figures, filters: [when('start', filter)] } } })).toContain(
    'queries.figures.filters.0: "start" is always there: expected optional: true, or no when',
  )
})

const byCountry = { ...figures, dimensions: ['country'] }

test.each([
  { answer: column('leads'), words: 'expected column(…) inside each(…)' },
  { answer: each('figures', column('mqls')), words: 'the query "figures" has no column "mqls"' },
  { answer: each('others', 1), words: 'there is no query "others": the endpoint has figures' },
  { answer: value('figures', 'leads'), words: 'value(…) needs a query of one row' },
  { answer: total('figures', 'leads'), words: 'total(…) needs a query with totals: [[]]' },
  { answer: eachOfGroup(column('leads')), words: 'expected this inside groups(…)' },
  { answer: { $rows: 'figures' }, words: 'there is no reference $rows in an answer' },
  { answer: { $each: 'figures' }, words: 'answer.1' },
  { answer: { $each: 'figures', item: 1, on: 'time' }, words: 'the reference $each has parts' },
  { answer: { n: undefined }, words: 'answer.1.n: expected data, got undefined' },
  { answer: param('begin'), words: 'there is no parameter "begin"' },
])('an answer cannot show what is not there: $words', ({ answer, words }) => {
  expect(issuesOf({ answer: [param('start'), answer] }).join('\n')).toContain(words)
})

test('in a group, a column that differs between its rows is refused', () => {
  const answer = (item: unknown) => ({ s: param('start'), list: groups('figures', ['country'], item as never) })
  const queries = { figures: byCountry }

  expect(issuesOf({ queries, answer: answer({ country: column('country'), leads: column('leads') }) })).toEqual([
    expect.stringContaining('answer.list.item.leads: "leads" differs within a group by country'),
  ])
  const nested = { country: column('country'), list: eachOfGroup({ leads: column('leads') }) }
  expect(issuesOf({ queries, answer: answer(nested) })).toEqual([])
  const twice = keyed(null, 'time', column('leads'))
  expect(issuesOf({ queries, answer: answer(twice) })).toEqual([])
})

test('a join is on what tells the rows of each query apart', () => {
  const queries = { leads: figures, byCountry }
  const answer = (on: string[], name: string) => ({
    s: param('start'),
    list: each(join(['leads', 'byCountry'], on), column(name)),
  })

  expect(issuesOf({ queries, answer: answer(['time'], 'leads.leads') })).toEqual([
    expect.stringContaining(
      'the rows of "byCountry" are told apart by time, country, so they cannot be joined on time',
    ),
  ])
  const two = { leads: figures, mqls: { ...figures, measures: ['mqls'] } }
  const both = (name: string) => ({ s: param('start'), list: each(join(['leads', 'mqls'], ['time']), column(name)) })
  expect(issuesOf({ queries: two, answer: both('mqls.mqls') })).toEqual([])
  expect(issuesOf({ queries: two, answer: both('mqls') })).toEqual([
    expect.stringContaining('the join of leads, mqls has no column "mqls"'),
  ])
})

test('a column of a comparison belongs to its measure', () => {
  const answer = (name: string) => ({ s: param('start'), list: each('figures', column(name)) })

  expect(issuesOf({ answer: answer('leads:previous_year') })).toEqual([])
  expect(issuesOf({ answer: answer('mqls:previous_year') })).toHaveLength(1)
})

test('a top list says which row is the rest', () => {
  const answer = { s: param('start'), list: each('figures', { name: column('country'), isRest: column('isRest') }) }
  const top = { by: 'leads', count: 3, rest: true }

  expect(issuesOf({ queries: { figures: { ...byCountry, top } }, answer })).toEqual([])
  expect(issuesOf({ queries: { figures: byCountry }, answer })).toEqual([
    'answer.list.item.isRest: the query "figures" has no column "isRest"',
  ])
})

test('a mistyped field of a query is a compile error', () => {
  const wrong: EndpointInput['queries'] = {
    // @ts-expect-error: the field is called measures.
    figures: { cube: 'leads', measure: ['leads'], from: '2026-01-01', to: '2026-02-01' },
  }
  expect(issuesOf({ path: '/pipeline', parameters: {}, queries: wrong, answer: 1 }).join('\n')).toContain(
    'queries.figures',
  )
})
