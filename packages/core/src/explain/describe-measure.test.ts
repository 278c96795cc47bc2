import { expect, test } from 'vitest'
import type { Measure } from '../cubes/measure.ts'
import { measureWords } from './describe-measure.ts'

const LABEL = { label: 'x', format: 'integer', better: 'higher', gaps: 'zero' } as const

const CASES: { measure: Measure; words: string }[] = [
  {
    measure: { ...LABEL, class: 'additive', part: { number: 'integer', only: 'status >= 400' } },
    words: 'The number of rows where `status >= 400`. Adds up over time and over dimensions.',
  },
  {
    measure: { ...LABEL, class: 'additive', part: { of: 'revenue', number: 'decimal' } },
    words: 'The sum of `revenue`. Adds up over time and over dimensions.',
  },
  {
    measure: {
      ...LABEL,
      class: 'decomposable',
      numerator: { of: 'ms', number: 'float' },
      denominator: { number: 'integer' },
    },
    words:
      'The sum of `ms`, divided by the number of rows. Both parts add up over time and over dimensions, and are divided last. There is no value where the second one is 0.',
  },
  {
    measure: { ...LABEL, class: 'extremal', aggregate: 'max', of: 'ms' },
    words: 'The greatest `ms`. Of several values, it is the greatest of them.',
  },
  {
    measure: { ...LABEL, class: 'mergeable', state: { kind: 'persons' } },
    words:
      'Different persons, exactly. Each counts once in whatever is asked for: sets are merged, and values of days or of slices are never added up.',
  },
  {
    measure: { ...LABEL, class: 'mergeable', state: { kind: 'quantile', of: 'ms', level: 0.95 } },
    words:
      'The `ms` that 95 % of rows lie below, with an error of about 1 %. Digests of the values are kept and merged; finished values do not add up.',
  },
  {
    measure: { ...LABEL, class: 'last_value', pick: 'last', of: 'followers', per: ['account', 'network'] },
    words:
      'The last `followers` over time of each account and network, added up. Adds up over dimensions, and not over time: of a month, it is the last one of the month.',
  },
  {
    measure: { ...LABEL, class: 'exact', state: { kind: 'imported', of: 'reach', grain: 'week', by: ['channel'] } },
    words: '`reach` as another system computed it by week, channel. Says nothing about any other time or slice.',
  },
  {
    measure: { ...LABEL, class: 'derived', formula: 'revenue / visitors' },
    words:
      'Computed as `revenue / visitors`. Computed from the finished values of its measures, at every grain and in every slice anew.',
  },
  {
    measure: { ...LABEL, class: 'window', measure: 'visitors', window: { kind: 'trailing', days: 28 } },
    words: '`visitors` of the 28 days up to the end of the bucket. Values do not add up.',
  },
]

test.each(CASES)('$measure.class: $words', ({ measure, words }) => {
  const { howMade, howItAddsUp } = measureWords(measure)
  expect(`${howMade} ${howItAddsUp}`).toBe(words)
})
