import { expect, test } from 'vitest'
import { answerSchema, parameterSchema } from './answer-schema.ts'
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
} from './define-endpoint.ts'

const CUBES = [
  {
    name: 'leads',
    dimensions: {
      country: { kind: 'expression', label: 'Country', sql: 'country', type: 'string' },
      hour: { kind: 'calendar', label: 'Hour', part: 'hour_of_day' },
    },
  },
] as const

const range = { cube: 'leads', from: '2026-01-01', to: '2026-02-01' }
const QUERIES: EndpointInput['queries'] = {
  days: { ...range, measures: ['leads'], dimensions: ['country', 'hour'], grain: 'day', totals: [[]] },
  one: { ...range, measures: ['leads'] },
  other: { ...range, measures: ['mqls'], dimensions: ['country', 'hour'], grain: 'day' },
}
const schemaOf = (answer: EndpointInput['answer'], parameters: EndpointInput['parameters'] = {}) =>
  answerSchema(defineEndpoint({ path: '/leads', summary: 'All leads', parameters, queries: QUERIES, answer }), CUBES)

test.each([
  { answer: 3, schema: { const: 3 } },
  { answer: value('one', 'leads'), schema: { type: ['number', 'null'] } },
  { answer: value('one', 'leads', { otherwise: 0 }), schema: { type: ['number'] } },
  { answer: value('one', 'leads', { otherwise: 'none' }), schema: { type: ['number', 'string'] } },
  { answer: total('days', 'leads'), schema: { type: ['number', 'null'] } },
  { answer: each('days', column('time')), schema: { type: 'array', items: { type: 'string', format: 'date-time' } } },
  { answer: each('days', column('time', { as: 'week' })), schema: { type: 'array', items: { type: 'string' } } },
  { answer: each('days', column('country')), schema: { type: 'array', items: { type: ['string', 'null'] } } },
  { answer: each('days', column('hour')), schema: { type: 'array', items: { type: ['number', 'null'] } } },
  {
    answer: keyed('days', 'country', eachOfGroup(column('leads'))),
    schema: { type: 'object', additionalProperties: { type: 'array', items: { type: ['number', 'null'] } } },
  },
  {
    answer: groups('days', ['hour'], { hour: column('hour') }),
    schema: {
      type: 'array',
      items: { type: 'object', properties: { hour: { type: ['number', 'null'] } }, required: ['hour'] },
    },
  },
  {
    answer: each(join(['days', 'other'], ['time', 'country', 'hour']), column('other.mqls')),
    schema: { type: 'array', items: { type: ['number', 'null'] } },
  },
  { answer: [1, 'a'], schema: { type: 'array', prefixItems: [{ const: 1 }, { const: 'a' }] } },
])('the schema of $answer is $schema', ({ answer, schema }) => {
  expect(schemaOf(answer)).toEqual(schema)
})

test('a parameter in the answer has the schema of the parameter; one that may be missing is left open', () => {
  const start = { type: 'date' } as const
  expect(schemaOf(param('start'), { start })).toEqual({ type: 'string', format: 'date' })
  expect(schemaOf(param('start'), { start: { ...start, optional: true } })).toEqual({})
})

test('the schema of a parameter has its bounds and its default', () => {
  expect(parameterSchema({ type: 'number', min: 0, max: 5, integer: true, default: 2 })).toEqual({
    type: 'integer',
    minimum: 0,
    maximum: 5,
    default: 2,
  })
  expect(parameterSchema({ type: 'date', default: { daysFromToday: -30 } })).toEqual({ type: 'string', format: 'date' })
  expect(parameterSchema({ type: 'text', maxLength: 20 })).toEqual({ type: 'string', minLength: 1, maxLength: 20 })
})
