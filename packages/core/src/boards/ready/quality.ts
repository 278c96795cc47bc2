import { defineBoard } from '../define-board.ts'
import { ask, bigNumber, greatest, onePage, overTime, widget } from './compose.ts'

const failed = [{ dimension: 'status', op: 'range' as const, from: 400 }]

export const QUALITY_BOARD = defineBoard({
  title: 'Quality of service',
  description:
    'How many requests fail, where and when, from the logs of web servers and from trackers that report a status.',
  range: '7d',
  compare: [{ with: 'previous_week', toDate: true }],
  variables: [
    { name: 'source', label: 'Source', cube: 'web', dimension: 'source' },
    { name: 'host', label: 'Host', cube: 'web', dimension: 'host' },
  ],
  tabs: onePage([
    widget(
      'rate',
      'Failed requests',
      [0, 0, 6, 5],
      {
        kind: 'gauge',
        value: 'error_rate',
        min: 0,
        max: 0.1,
        bands: [
          { to: 0.01, tone: 'good' },
          { from: 0.01, to: 0.03, tone: 'warning' },
          { from: 0.03, tone: 'bad' },
        ],
      },
      [ask('web', ['error_rate'], { compare: 'none' })],
    ),
    bigNumber('requests', 'Requests', [6, 0, 6, 5], overTime('web', ['hits'])),
    bigNumber('errors', 'Errors', [12, 0, 6, 5], overTime('web', ['errors'])),
    bigNumber('bytes', 'Bytes sent', [18, 0, 6, 5], overTime('web', ['bytes'])),
    widget(
      'state',
      'State of each source',
      [0, 5, 24, 5],
      {
        kind: 'status_timeline',
        by: 'source',
        value: 'error_rate',
        bands: [
          { to: 0.02, tone: 'good', label: 'Below 2 %' },
          { from: 0.02, to: 0.1, tone: 'warning', label: '2 to 10 %' },
          { from: 0.1, tone: 'bad', label: 'Above 10 %' },
        ],
      },
      [overTime('web', ['error_rate'], { dimensions: ['source'], grain: 'hour', compare: 'none' })],
    ),
    widget(
      'share',
      'Share of requests that fail',
      [0, 10, 12, 8],
      { kind: 'line', fromZero: true, targets: [{ value: 0.02, label: 'Goal' }] },
      [overTime('web', ['error_rate'])],
    ),
    widget('codes', 'Errors by status', [12, 10, 12, 8], { kind: 'stacked_bar', series: 'status' }, [
      overTime('web', ['errors'], { dimensions: ['status'], filters: failed, compare: 'none' }),
    ]),
    widget('pages', 'Pages that fail', [0, 18, 12, 9], { kind: 'table', bars: ['errors'] }, [
      greatest('web', 'errors', 'path', {
        measures: ['errors', 'hits', 'error_rate'],
        having: [{ measure: 'errors', op: 'gt', value: 0 }],
        top: undefined,
        limit: 100,
        compare: 'none',
      }),
    ]),
    widget(
      'hours',
      'When they fail',
      [12, 18, 12, 9],
      { kind: 'hour_weekday', hour: 'hour_of_day', weekday: 'day_of_week' },
      [ask('web', ['errors'], { dimensions: ['hour_of_day', 'day_of_week'], compare: 'none' })],
    ),
    widget('statuses', 'Requests by status', [0, 27, 12, 7], { kind: 'donut' }, [
      greatest('web', 'hits', 'status', { compare: 'none' }),
    ]),
    widget('browsers', 'Errors by browser', [12, 27, 12, 7], { kind: 'horizontal_bar' }, [
      greatest('web', 'errors', 'browser', {
        filters: [{ dimension: 'browser', op: 'not_empty' }],
        compare: 'none',
      }),
    ]),
  ]),
})
