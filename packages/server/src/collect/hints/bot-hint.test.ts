import { expect, test } from 'vitest'
import { botHintOf } from './bot-hint.ts'

test.each([
  { headers: { 'sec-purpose': 'prefetch;prerender' }, hint: 'prefetch' },
  { headers: { purpose: 'prefetch' }, hint: 'prefetch' },
  { headers: { 'x-purpose': 'preview' }, hint: 'prefetch' },
  { headers: { 'x-moz': 'prefetch' }, hint: 'prefetch' },
  { headers: { purpose: 'pleasure' }, hint: undefined },
  { headers: { 'sec-purpose': ['prefetch', 'prefetch'] }, hint: undefined },
  { headers: {}, hint: undefined },
])('the headers $headers give the hint $hint', ({ headers, hint }) => {
  expect(botHintOf(headers)).toBe(hint)
})
