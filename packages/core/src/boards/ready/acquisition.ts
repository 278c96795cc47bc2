import { defineBoard } from '../define-board.ts'
import { ask, bigNumber, greatest, greatestOverTime, overTime, widget } from './compose.ts'

const usd = {
  name: 'currency',
  label: 'Currency',
  cube: 'revenue',
  dimension: 'currency',
  isMultiple: false,
  values: ['USD'],
}

/** The five stages of Dave McClure's pirate metrics (https://www.slideshare.net/dmc500hats/startup-metrics-for-pirates-long-version). */
export const ACQUISITION_BOARD = defineBoard({
  title: 'Acquisition to activation',
  description:
    'Acquisition, activation, retention, referral and revenue, and the one metric that matters: how many of the new accounts get going.',
  range: '28d',
  compare: [{ with: 'previous_period', toDate: true }],
  variables: [usd],
  tabs: [
    {
      id: 'main',
      title: 'Main',
      sections: [
        {
          id: 'matters',
          title: 'The one metric that matters',
          widgets: [
            bigNumber('rate', 'Activation rate', [0, 0, 7, 8], overTime('product', ['activation_rate'])),
            widget('rate-by-week', 'Activation rate by week', [7, 0, 9, 8], { kind: 'line', fromZero: true }, [
              overTime('product', ['activation_rate'], { grain: 'week', range: 'now-12w/w to now', compare: 'none' }),
            ]),
            widget(
              'funnel',
              'From visitor to customer',
              [16, 0, 8, 8],
              { kind: 'funnel', steps: ['visitors', 'sign_ups', 'activations', 'conversions'] },
              [
                ask('visits', ['visitors'], { compare: 'none' }),
                ask('product', ['sign_ups', 'activations', 'conversions'], { compare: 'none' }),
              ],
            ),
          ],
        },
        {
          id: 'stages',
          title: 'The five stages',
          widgets: [
            bigNumber('acquisition', 'Acquisition', [0, 0, 8, 4], overTime('visits', ['visitors'])),
            bigNumber('activation', 'Activation', [8, 0, 8, 4], overTime('product', ['activations'])),
            bigNumber('retention', 'Retention', [16, 0, 8, 4], overTime('product', ['stickiness'], { grain: 'day' })),
            bigNumber('referral', 'Referral', [0, 4, 12, 4], overTime('product', ['referrals'])),
            bigNumber('revenue', 'Revenue', [12, 4, 12, 4], overTime('revenue', ['revenue'])),
          ],
        },
        {
          id: 'details',
          title: 'Where each stage comes from',
          widgets: [
            widget('channels', 'Visits by channel', [0, 0, 12, 8], { kind: 'stacked_bar', series: 'channel' }, [
              greatestOverTime('visits', 'visits', 'channel', 6, {
                filters: [{ dimension: 'channel', op: 'not_empty' }],
              }),
            ]),
            widget('referrers', 'Visits by referrer', [12, 0, 12, 8], { kind: 'ranked_list' }, [
              greatest('visits', 'visits', 'referrer', { filters: [{ dimension: 'referrer', op: 'not_empty' }] }),
            ]),
            widget('cohorts', 'Who comes back, by week of the first visit', [0, 8, 14, 9], { kind: 'cohort_grid' }, [
              { from: 'cohorts', range: 'now-12w/w to now', cohorts: { cube: 'product', grain: 'week', periods: 8 } },
            ]),
            widget('growth', 'Sign-ups and activations', [14, 8, 10, 9], { kind: 'bar' }, [
              overTime('product', ['sign_ups', 'activations'], { compare: 'none' }),
            ]),
            widget('money', 'Revenue by plan', [0, 17, 24, 8], { kind: 'stacked_bar', series: 'plan' }, [
              overTime('revenue', ['revenue'], { dimensions: ['plan'], compare: 'none' }),
            ]),
          ],
        },
      ],
    },
  ],
})
