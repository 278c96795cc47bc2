import { defineBoard } from '../define-board.ts'
import { ask, bigNumber, greatest, greatestOverTime, onePage, overTime, widget } from './compose.ts'

export const WEB_BOARD = defineBoard({
  title: 'Web',
  description: 'Visits and visitors of websites, from trackers and from the logs of web servers.',
  range: '28d',
  compare: [{ with: 'previous_period', toDate: true }],
  filters: [{ dimension: 'is_bot', op: 'in', values: [false] }],
  variables: [
    { name: 'source', label: 'Source', cube: 'web', dimension: 'source' },
    { name: 'country', label: 'Country', cube: 'web', dimension: 'country' },
  ],
  tabs: onePage([
    bigNumber('visitors', 'Visitors', [0, 0, 6, 4], overTime('web', ['visitors'])),
    bigNumber('page-views', 'Page views', [6, 0, 6, 4], overTime('web', ['page_views'])),
    bigNumber('bounce-rate', 'Bounce rate', [12, 0, 6, 4], overTime('visits', ['bounce_rate'])),
    bigNumber('duration', 'Visit duration', [18, 0, 6, 4], overTime('visits', ['average_duration'])),
    widget('course', 'Visitors', [0, 4, 24, 8], { kind: 'area' }, [overTime('web', ['visitors'])]),
    widget('pages', 'Pages', [0, 12, 8, 9], { kind: 'ranked_list' }, [greatest('web', 'visitors', 'path')]),
    widget('entries', 'Entry pages', [8, 12, 8, 9], { kind: 'ranked_list' }, [
      greatest('visits', 'visits', 'entry_page', { filters: [{ dimension: 'entry_page', op: 'not_empty' }] }),
    ]),
    widget('exits', 'Exit pages', [16, 12, 8, 9], { kind: 'ranked_list' }, [
      greatest('visits', 'visits', 'exit_page', { filters: [{ dimension: 'exit_page', op: 'not_empty' }] }),
    ]),
    widget('channels', 'Visits by channel', [0, 21, 11, 9], { kind: 'stacked_area', series: 'channel' }, [
      greatestOverTime('visits', 'visits', 'channel', 7, { filters: [{ dimension: 'channel', op: 'not_empty' }] }),
    ]),
    widget('channel-quality', 'Channels', [11, 21, 13, 9], { kind: 'table', bars: ['visits'] }, [
      ask('visits', ['visits', 'visitors', 'bounce_rate', 'average_duration'], {
        dimensions: ['channel'],
        filters: [{ dimension: 'channel', op: 'not_empty' }],
        top: { by: 'visits', count: 20 },
        order: [{ by: 'visits' }],
        compare: 'none',
      }),
    ]),
    widget('referrers', 'Referrers', [0, 30, 8, 9], { kind: 'ranked_list' }, [
      greatest('web', 'visitors', 'referrer', { filters: [{ dimension: 'referrer', op: 'not_empty' }] }),
    ]),
    widget('campaigns', 'Campaigns', [8, 30, 16, 9], { kind: 'table', bars: ['visits'] }, [
      ask('visits', ['visits', 'visitors', 'bounce_rate', 'average_duration'], {
        dimensions: ['campaign_name', 'campaign_source'],
        filters: [{ dimension: 'campaign_name', op: 'not_empty' }],
        top: { by: 'visits', count: 50 },
        order: [{ by: 'visits' }],
        compare: 'none',
      }),
    ]),
    widget('map', 'Countries', [0, 39, 12, 8], { kind: 'world_map' }, [
      greatest('web', 'visitors', 'country', { top: { by: 'visitors', count: 200 }, compare: 'none' }),
    ]),
    widget('browsers', 'Browsers', [12, 39, 12, 8], { kind: 'horizontal_bar' }, [
      greatest('web', 'visitors', 'browser', { top: { by: 'visitors', count: 8 }, compare: 'none' }),
    ]),
    widget('systems', 'Systems', [0, 47, 12, 8], { kind: 'treemap' }, [
      greatest('web', 'hits', 'os', { compare: 'none' }),
    ]),
    widget('devices', 'Devices', [12, 47, 12, 8], { kind: 'donut' }, [
      greatest('web', 'hits', 'device', { compare: 'none' }),
    ]),
    widget('year', 'Every day of the last twelve months', [0, 55, 24, 6], { kind: 'calendar_heat_map' }, [
      overTime('web', ['visitors'], { grain: 'day', range: '12mo', compare: 'none' }),
    ]),
  ]),
})
