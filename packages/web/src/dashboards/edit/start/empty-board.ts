import type { Board } from '@almanac/core/boards/board.ts'
import { USUAL_COMPARISON } from '../../toolbar/comparison-words.ts'

export const DEFAULT_TITLE = 'New dashboard'

/** What a new board begins with. */
export function emptyBoard(): Board {
  return {
    title: DEFAULT_TITLE,
    range: '28d',
    grain: 'auto',
    compare: [USUAL_COMPARISON],
    refresh: 'live',
    filters: [],
    variables: [],
    annotations: { isShown: true, tags: [], queries: [] },
    tabs: [{ id: 'main', title: 'Main', sections: [{ id: 'main', isCollapsed: false, widgets: [] }] }],
  }
}
