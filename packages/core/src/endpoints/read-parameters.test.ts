import { expect, test } from 'vitest'
import { defineEndpoint, param } from './define-endpoint.ts'
import { type RawParameters, readParameters } from './read-parameters.ts'

const endpoint = defineEndpoint({
  path: '/pipeline/{period}',
  summary: 'Leads by week or month',
  parameters: {
    period: { type: 'choice', oneOf: ['week', 'month'] },
    start: { type: 'date', default: { daysFromToday: -30 } },
    end: { type: 'date', default: { daysFromToday: 1 }, after: 'start' },
    least: { type: 'number', min: 0, max: 100, default: 1 },
    country: { type: 'text', maxLength: 5, optional: true },
    bots: { type: 'boolean', default: false },
  },
  queries: { figures: { cube: 'leads', measures: ['leads'], from: '2026-01-01', to: '2026-02-01' } },
  answer: ['period', 'start', 'end', 'least', 'country', 'bots'].map((name) => param(name)),
  timezone: 'Pacific/Auckland',
})
// Already the 16th in Auckland.
const now = Temporal.Instant.from('2026-01-15T12:00:00Z')

const read = (raw: RawParameters) => readParameters(endpoint, { period: 'week', ...raw }, now)

test('what is left out has its default, in the zone of the endpoint', () => {
  expect(read({})).toEqual({
    values: { period: 'week', start: '2025-12-17', end: '2026-01-17', least: 1, bots: false },
  })
})

test('values have the type of their parameter', () => {
  expect(read({ start: '2026-01-01', end: '2026-01-02', least: '2.5', country: 'DE', bots: 'true' })).toEqual({
    values: { period: 'week', start: '2026-01-01', end: '2026-01-02', least: 2.5, country: 'DE', bots: true },
  })
})

test.each<{ raw: RawParameters; issue: string }>([
  { raw: { period: 'year' }, issue: 'period: expected one of week, month, got "year"' },
  { raw: { start: '2026-02-30' }, issue: 'start: expected a date such as 2026-01-31, got "2026-02-30"' },
  { raw: { start: 'yesterday' }, issue: 'start: expected a date such as 2026-01-31, got "yesterday"' },
  { raw: { start: ['2026-01-01', '2026-01-02'] }, issue: 'start: expected one value, got several' },
  {
    raw: { start: '2026-03-01', end: '2026-03-01' },
    issue: 'end: expected a date after start (2026-03-01), got 2026-03-01',
  },
  { raw: { least: '101' }, issue: 'least: expected a number from 0 up to 100, got "101"' },
  { raw: { least: '1e3' }, issue: 'least: expected a number from 0 up to 100, got "1e3"' },
  { raw: { country: '' }, issue: 'country: expected text of at most 5 characters, got ""' },
  { raw: { country: 'Germany' }, issue: 'country: expected text of at most 5 characters, got "Germany"' },
  { raw: { bots: 'constructor' }, issue: 'bots: expected true or false, got "constructor"' },
  {
    raw: { from: '2026-01-01' },
    issue: 'from: there is no parameter "from": expected start, end, least, country, bots',
  },
  {
    raw: { toString: 'x' },
    issue: 'toString: there is no parameter "toString": expected start, end, least, country, bots',
  },
])('a wrong parameter is refused: $issue', ({ raw, issue }) => {
  const result = read(raw)

  expect('issues' in result && result.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)).toEqual([
    issue,
  ])
})

test('everything that is wrong is said at once', () => {
  const result = read({ period: 'x', least: 'x', other: 'x' })

  expect('issues' in result && result.issues.map(({ path }) => path[0])).toEqual(['other', 'period', 'least'])
})
