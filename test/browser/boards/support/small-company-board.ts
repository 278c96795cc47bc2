import type { BoardInput } from '@almanac/core/boards/board.ts'
import { ask, bigNumber, greatest, onePage, overTime, widget } from '@almanac/core/boards/ready/compose.ts'

/** What most tests look at: one figure, its course, and by what it is filtered. Eight of its nine widgets are seen at once. */
export const SMALL_COMPANY: BoardInput = {
  title: 'Small company',
  description: 'What the hats do',
  timezone: 'UTC',
  range: '2026-09-01 to 2026-09-15',
  variables: [{ name: 'city', label: 'City', cube: 'web', dimension: 'city' }],
  tabs: onePage([
    bigNumber('hits', 'Hits', [0, 0, 6, 4], overTime('web', ['hits'])),
    bigNumber('visitors', 'Visitors', [6, 0, 6, 4], overTime('web', ['visitors'])),
    bigNumber('errors', 'Errors', [12, 0, 6, 4], overTime('web', ['errors'])),
    bigNumber('payments', 'Payments', [18, 0, 6, 4], overTime('revenue', ['payments'])),
    widget('course', 'Course', [0, 4, 12, 8], { kind: 'line' }, [overTime('web', ['hits'])]),
    widget('countries', 'Countries', [12, 4, 6, 8], { kind: 'ranked_list' }, [greatest('web', 'hits', 'country')]),
    widget('pages', 'Pages', [18, 4, 6, 8], { kind: 'table', bars: ['hits'] }, [
      ask('web', ['hits', 'visitors'], { dimensions: ['path'], order: [{ by: 'hits' }] }),
    ]),
    widget('browsers', 'Browsers', [0, 12, 12, 8], { kind: 'bar' }, [greatest('web', 'hits', 'browser')]),
    widget('far', 'Far below', [0, 60, 12, 8], { kind: 'line' }, [overTime('web', ['bytes'])]),
  ]),
}
