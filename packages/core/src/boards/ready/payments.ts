import { defineBoard } from '../define-board.ts'
import { ask, bigNumber, greatest, greatestOverTime, onePage, overTime, widget } from './compose.ts'

export const PAYMENTS_BOARD = defineBoard({
  title: 'Payments',
  description: 'Payments by category by hour.',
  range: '7d',
  grain: 'hour',
  variables: [
    { name: 'currency', label: 'Currency', cube: 'revenue', dimension: 'currency' },
    { name: 'method', label: 'Way of payment', cube: 'revenue', dimension: 'method' },
  ],
  tabs: onePage([
    bigNumber(
      'payments',
      'Payments',
      [0, 0, 8, 4],
      overTime('revenue', ['payments'], { compare: [{ with: 'previous_week', toDate: true }] }),
    ),
    bigNumber(
      'payers',
      'Payers',
      [8, 0, 8, 4],
      overTime('revenue', ['payers'], { compare: [{ with: 'previous_week', toDate: true }] }),
    ),
    bigNumber(
      'refunds',
      'Refunds',
      [16, 0, 8, 4],
      overTime('revenue', ['refunds'], { compare: [{ with: 'previous_week', toDate: true }] }),
    ),
    widget('by-hour', 'Payments by category by hour', [0, 4, 24, 9], { kind: 'stacked_bar', series: 'category' }, [
      greatestOverTime('revenue', 'payments', 'category', 8),
    ]),
    widget(
      'table',
      'Category by way of payment',
      [0, 13, 14, 8],
      { kind: 'pivot', rows: ['category'], columns: ['method'], heat: true },
      [
        ask('revenue', ['payments'], {
          dimensions: ['category', 'method'],
          totals: [[], ['category'], ['method']],
          compare: 'none',
        }),
      ],
    ),
    widget('categories', 'Categories', [14, 13, 10, 8], { kind: 'ranked_list' }, [
      greatest('revenue', 'payments', 'category'),
    ]),
  ]),
})
