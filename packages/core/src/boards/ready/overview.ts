import { defineBoard } from '../define-board.ts'
import { bigNumber, greatest, greatestOverTime, onePage, overTime, widget } from './compose.ts'

/** Only people: most of the board's cubes know of nobody else. */
const PEOPLE = { dimension: 'is_bot', op: 'in' as const, values: [false] }

/** The whole company on one page. */
export const OVERVIEW_BOARD = defineBoard({
  title: 'Overview',
  description: 'How the company is doing: who comes, who uses the product, what it earns.',
  range: '28d',
  compare: [{ with: 'previous_period', toDate: true }],
  variables: [
    { name: 'currency', label: 'Currency', cube: 'revenue', dimension: 'currency', isMultiple: false, values: ['USD'] },
  ],
  tabs: onePage([
    bigNumber('visitors', 'Visitors', [0, 0, 6, 4], overTime('web', ['visitors'], { filters: [PEOPLE] })),
    bigNumber('active', 'Daily active users', [6, 0, 6, 4], overTime('product', ['dau'], { grain: 'day' })),
    bigNumber('sign-ups', 'Sign-ups', [12, 0, 6, 4], overTime('product', ['sign_ups'])),
    bigNumber('revenue', 'Revenue', [18, 0, 6, 4], overTime('revenue', ['revenue'])),
    widget('traffic', 'Visitors', [0, 4, 14, 8], { kind: 'line' }, [
      overTime('web', ['visitors'], { filters: [PEOPLE] }),
    ]),
    widget('countries', 'Visitors by country', [14, 4, 10, 8], { kind: 'world_map' }, [
      greatest('web', 'visitors', 'country', {
        filters: [PEOPLE],
        top: { by: 'visitors', count: 200 },
        compare: 'none',
      }),
    ]),
    widget('channels', 'Visits by channel', [0, 12, 12, 8], { kind: 'stacked_bar', series: 'channel' }, [
      greatestOverTime('visits', 'visits', 'channel', 6, {
        filters: [PEOPLE, { dimension: 'channel', op: 'not_empty' }],
      }),
    ]),
    widget('activity', 'Active users', [12, 12, 12, 8], { kind: 'line' }, [
      overTime('product', ['mau', 'wau', 'users'], { grain: 'day', compare: 'none' }),
    ]),
    widget('pages', 'Most visited pages', [0, 20, 8, 9], { kind: 'ranked_list' }, [
      greatest('web', 'visitors', 'path', { filters: [PEOPLE] }),
    ]),
    widget('referrers', 'Where they come from', [8, 20, 8, 9], { kind: 'ranked_list' }, [
      greatest('web', 'visitors', 'referrer', { filters: [PEOPLE, { dimension: 'referrer', op: 'not_empty' }] }),
    ]),
    widget('devices', 'Devices', [16, 20, 8, 9], { kind: 'donut' }, [
      greatest('web', 'hits', 'device', { filters: [PEOPLE], compare: 'none' }),
    ]),
    widget(
      'rhythm',
      'When they come',
      [0, 29, 24, 8],
      { kind: 'hour_weekday', hour: 'hour_of_day', weekday: 'day_of_week' },
      [
        greatest('web', 'hits', 'hour_of_day', {
          filters: [PEOPLE],
          dimensions: ['hour_of_day', 'day_of_week'],
          top: undefined,
          order: [],
          compare: 'none',
        }),
      ],
    ),
  ]),
})
