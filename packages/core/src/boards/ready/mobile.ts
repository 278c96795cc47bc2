import { defineBoard } from '../define-board.ts'
import { ask, bigNumber, greatest, greatestOverTime, onePage, overTime, widget } from './compose.ts'

const FOUR_LEVELS = ['network', 'campaign', 'adgroup', 'creative']

export const MOBILE_BOARD = defineBoard({
  title: 'Mobile',
  description: 'Installs by channel, registrations, sessions and active users of apps.',
  range: '28d',
  compare: [{ with: 'previous_period', toDate: true }],
  variables: [
    { name: 'platform', label: 'Platform', cube: 'mobile', dimension: 'platform' },
    { name: 'network', label: 'Network', cube: 'mobile', dimension: 'network' },
  ],
  tabs: onePage([
    bigNumber('installs', 'Installs', [0, 0, 8, 4], overTime('mobile', ['installs'])),
    bigNumber('registrations', 'Registrations', [8, 0, 8, 4], overTime('mobile', ['registrations'])),
    bigNumber('session', 'Average session duration', [16, 0, 8, 4], overTime('mobile', ['average_session'])),
    bigNumber('dau', 'Daily active users', [0, 4, 8, 4], overTime('mobile', ['dau'], { grain: 'day' })),
    bigNumber('wau', 'Weekly active users', [8, 4, 8, 4], overTime('mobile', ['wau'], { grain: 'day' })),
    bigNumber('mau', 'Monthly active users', [16, 4, 8, 4], overTime('mobile', ['mau'], { grain: 'day' })),
    widget('by-channel', 'Installs by network', [0, 8, 16, 9], { kind: 'stacked_bar', series: 'network' }, [
      greatestOverTime('mobile', 'installs', 'network', 6, { filters: [{ dimension: 'network', op: 'not_empty' }] }),
    ]),
    widget('networks', 'Networks', [16, 8, 8, 9], { kind: 'ranked_list' }, [
      greatest('mobile', 'installs', 'network', { filters: [{ dimension: 'network', op: 'not_empty' }] }),
    ]),
    widget('active', 'Active users', [0, 17, 12, 8], { kind: 'line' }, [
      overTime('mobile', ['mau', 'wau', 'users'], { grain: 'day', compare: 'none' }),
    ]),
    widget(
      'sessions',
      'Session duration',
      [12, 17, 12, 8],
      { kind: 'combo', bars: ['sessions'], right: ['average_session'] },
      [overTime('mobile', ['sessions', 'average_session'], { compare: 'none' })],
    ),
    widget(
      'levels',
      'Networks, campaigns, ad groups and creatives',
      [0, 25, 24, 10],
      { kind: 'table', bars: ['installs'], totals: true },
      [
        ask('mobile', ['installs', 'registrations'], {
          dimensions: FOUR_LEVELS,
          having: [{ measure: 'installs', op: 'gt', value: 0 }],
          order: [{ by: 'installs' }],
          limit: 500,
          totals: [[]],
          compare: 'none',
        }),
      ],
    ),
    widget('retention', 'Who comes back after the install', [0, 35, 14, 9], { kind: 'cohort_grid' }, [
      {
        from: 'cohorts',
        range: 'now-12w/w to now',
        cohorts: {
          cube: 'mobile',
          start: { events: ['app_installed', 'install', 'Application Installed', 'first_open', '$ae_first_open'] },
          grain: 'week',
          periods: 8,
        },
      },
    ]),
    widget('versions', 'Versions', [14, 35, 10, 9], { kind: 'share_area', series: 'app_version' }, [
      greatestOverTime('mobile', 'events', 'app_version', 6),
    ]),
  ]),
})
