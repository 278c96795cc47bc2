import { defineBoard } from '../define-board.ts'
import { ask, bigNumber, greatest, onePage, overTime, widget } from './compose.ts'

export const REVENUE_BOARD = defineBoard({
  title: 'Revenue',
  description: 'Payments and refunds of one currency: amounts of different currencies are not added.',
  range: '28d',
  compare: [{ with: 'previous_period', toDate: true }],
  variables: [
    { name: 'currency', label: 'Currency', cube: 'revenue', dimension: 'currency', isMultiple: false, values: ['USD'] },
    { name: 'plan', label: 'Plan', cube: 'revenue', dimension: 'plan' },
  ],
  tabs: onePage([
    bigNumber('revenue', 'Revenue', [0, 0, 6, 4], overTime('revenue', ['revenue'])),
    bigNumber('payers', 'Payers', [6, 0, 6, 4], overTime('revenue', ['payers'])),
    bigNumber('per-payer', 'Revenue per payer', [12, 0, 6, 4], overTime('revenue', ['revenue_per_payer'])),
    bigNumber('refunded', 'Refunded', [18, 0, 6, 4], overTime('revenue', ['refunded'])),
    widget('course', 'Revenue by plan', [0, 4, 16, 9], { kind: 'stacked_bar', series: 'plan' }, [
      overTime('revenue', ['revenue'], { dimensions: ['plan'], compare: 'none' }),
    ]),
    widget('methods', 'Ways of payment', [16, 4, 8, 9], { kind: 'donut' }, [
      greatest('revenue', 'payments', 'method', {
        filters: [{ dimension: 'method', op: 'not_empty' }],
        compare: 'none',
      }),
    ]),
    widget('compared', 'Revenue, compared', [0, 13, 12, 8], { kind: 'line' }, [overTime('revenue', ['revenue'])]),
    widget('countries', 'Payers by country, all currencies', [12, 13, 12, 8], { kind: 'horizontal_bar' }, [
      greatest('revenue', 'payers', 'country', { compare: 'none', isFixed: true }),
    ]),
    widget(
      'by-plan',
      'Plans and kinds of payment',
      [0, 21, 14, 8],
      { kind: 'pivot', rows: ['category'], columns: ['plan'], heat: true },
      [
        ask('revenue', ['revenue'], {
          dimensions: ['category', 'plan'],
          totals: [[], ['category'], ['plan']],
          order: [{ by: 'category', direction: 'asc' }],
          compare: 'none',
        }),
      ],
    ),
    widget('currencies', 'All currencies', [14, 21, 10, 8], { kind: 'table' }, [
      ask('revenue', ['revenue', 'payments', 'payers'], {
        dimensions: ['currency'],
        order: [{ by: 'payments' }],
        compare: 'none',
        isFixed: true,
      }),
    ]),
  ]),
})
