import { expect, test } from 'vitest'
import type { Row } from '../query/query.ts'
import { column, each, eachOfGroup, groups, join, keyed, param, total, value } from './define-endpoint.ts'
import { shapeAnswer } from './shape-answer.ts'
import type { AnswerTemplate } from './template.ts'

const answers: Record<string, { rows: Row[]; totals: { dimensions: string[]; rows: Row[] }[] }> = {
  figures: {
    rows: [
      { time: '2026-01-01T00:00:00+01:00', network: 'youtube', followers: 10 },
      { time: '2026-01-01T00:00:00+01:00', network: 'linkedin', followers: 4 },
      { time: '2026-02-01T00:00:00+01:00', network: 'youtube', followers: 12.3456 },
      { time: '2026-02-01T00:00:00+01:00', network: 'linkedin', followers: null },
    ],
    totals: [{ dimensions: [], rows: [{ followers: 16 }] }],
  },
  leads: {
    rows: [
      { time: '2026-01-01T00:00:00Z', leads: 3 },
      { time: '2026-03-01T00:00:00Z', leads: 5 },
    ],
    totals: [],
  },
  mqls: {
    rows: [
      { time: '2026-01-01T00:00:00Z', mqls: 1 },
      { time: '2026-02-01T00:00:00Z', mqls: 2 },
    ],
    totals: [],
  },
  one: { rows: [{ followers: 16 }], totals: [] },
  none: { rows: [], totals: [] },
}
const shaped = (template: AnswerTemplate) =>
  shapeAnswer(template, { values: { start: '2026-01-31', count: 3 }, answers })

test('an answer has literals, parameters and a list of renamed columns', () => {
  expect(
    shaped({
      start: param('start'),
      next: param('start', { plusDays: 1 }),
      version: 2,
      missing: param('other'),
      figures: each('leads', { period: column('time', { as: 'month' }), count: column('leads') }),
    }),
  ).toEqual({
    start: '2026-01-31',
    next: '2026-02-01',
    version: 2,
    missing: null,
    figures: [
      { period: '2026-01', count: 3 },
      { period: '2026-03', count: 5 },
    ],
  })
})

test('one number can be the whole answer', () => {
  expect(shaped(value('one', 'followers'))).toBe(16)
  expect(shaped(value('none', 'followers'))).toBeNull()
  expect(shaped(value('none', 'followers', { otherwise: 0 }))).toBe(0)
  expect(shaped(total('figures', 'followers'))).toBe(16)
})

test('rows are nested by a dimension, as a list or by keys', () => {
  const item = { network: column('network'), figures: eachOfGroup(column('followers', { digits: 1, otherwise: 0 })) }

  expect(shaped(groups('figures', ['network'], item))).toEqual([
    { network: 'youtube', figures: [10, 12.3] },
    { network: 'linkedin', figures: [4, 0] },
  ])
  expect(shaped(keyed('figures', 'network', keyed(null, column('time', { as: 'date' }), column('followers'))))).toEqual(
    {
      youtube: { '2026-01-01': 10, '2026-02-01': 12.3456 },
      linkedin: { '2026-01-01': 4, '2026-02-01': null },
    },
  )
})

test('days that are shown as one month are one group, and no row of it is picked by chance', () => {
  const byYear = (item: AnswerTemplate) => groups('leads', [column('time', { as: 'year' })], item)

  expect(shaped(byYear({ year: column('time', { as: 'year' }), leads: eachOfGroup(column('leads')) }))).toEqual([
    { year: '2026', leads: [3, 5] },
  ])
  expect(() => shaped(byYear(column('leads')))).toThrow('"leads" has several values in one group')
})

test('rows of two queries are joined, and what one of them lacks is empty', () => {
  const item = {
    period: column('time', { as: 'date' }),
    leads: column('leads.leads', { otherwise: 0 }),
    mqls: column('mqls.mqls'),
  }
  expect(shaped(each(join(['leads', 'mqls'], ['time']), item))).toEqual([
    { period: '2026-01-01', leads: 3, mqls: 1 },
    { period: '2026-02-01', leads: 0, mqls: 2 },
    { period: '2026-03-01', leads: 5, mqls: null },
  ])
})

test.each([
  { as: 'date', text: '2026-01-01' },
  { as: 'week', text: '2026-W01' },
  { as: 'month', text: '2026-01' },
  { as: 'quarter', text: '2026-Q1' },
  { as: 'year', text: '2026' },
] as const)('a time is shown as its $as in its own zone', ({ as, text }) => {
  expect(shaped(each('figures', column('time', { as })))).toHaveProperty('0', text)
})

test('a key named like a part of every object is a key', () => {
  const rows = { rows: [{ network: '__proto__', followers: 1 }], totals: [] }
  const template = keyed('q', 'network', column('followers'))
  const answer = shapeAnswer(template, { values: {}, answers: { q: rows } })

  expect(JSON.stringify(answer)).toBe('{"__proto__":1}')
})
