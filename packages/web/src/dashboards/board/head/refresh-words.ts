import type { Refresh } from '../choice/board-search.ts'

/** How often a board is refreshed, in words. */
export const REFRESH_WORDS: Readonly<Record<Refresh, string>> = {
  off: 'Off',
  live: 'Live: with each event',
  '10s': 'Every 10 seconds',
  '30s': 'Every 30 seconds',
  '1m': 'Every minute',
  '5m': 'Every 5 minutes',
  '15m': 'Every 15 minutes',
  '1h': 'Every hour',
}
