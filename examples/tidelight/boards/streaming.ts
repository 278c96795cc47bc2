import { defineBoard } from 'almanac/boards'

/** What a streaming service lives by: do people watch, and does it play. */
export default defineBoard({
  title: 'Streaming',
  description: 'What members watch, and whether it plays.',
  range: '28d',
  compare: [{ with: 'previous_week', toDate: true }],
  variables: [
    { name: 'genre', label: 'Genre', cube: 'streaming', dimension: 'genre' },
    { name: 'platform', label: 'Platform', cube: 'streaming', dimension: 'platform' },
  ],
  tabs: [
    {
      id: 'main',
      title: 'Main',
      sections: [
        {
          id: 'plays',
          title: 'What is watched',
          widgets: [
            {
              id: 'viewers',
              title: 'Viewers',
              place: { x: 0, y: 0, w: 6, h: 4 },
              chart: { kind: 'number', sparkline: true },
              data: [{ from: 'cube', cube: 'streaming', measures: ['viewers'], grain: 'board', totals: [[]] }],
            },
            {
              id: 'minutes',
              title: 'Minutes watched',
              place: { x: 6, y: 0, w: 6, h: 4 },
              chart: { kind: 'number', sparkline: true },
              data: [{ from: 'cube', cube: 'streaming', measures: ['minutes'], grain: 'board', totals: [[]] }],
            },
            {
              id: 'completion',
              title: 'Watched to the end',
              place: { x: 12, y: 0, w: 6, h: 4 },
              chart: { kind: 'number', sparkline: true, target: { value: 0.6, label: 'Goal' } },
              data: [{ from: 'cube', cube: 'streaming', measures: ['completion_rate'], grain: 'board', totals: [[]] }],
            },
            {
              id: 'failures',
              title: 'Plays that fail',
              place: { x: 18, y: 0, w: 6, h: 4 },
              chart: { kind: 'number', sparkline: true, bands: [{ from: 0.02, tone: 'bad' }] },
              data: [{ from: 'cube', cube: 'streaming', measures: ['failure_rate'], grain: 'board', totals: [[]] }],
            },
            {
              id: 'genres',
              title: 'Minutes by genre',
              place: { x: 0, y: 4, w: 16, h: 9 },
              chart: { kind: 'stacked_area', series: 'genre' },
              data: [
                {
                  from: 'cube',
                  cube: 'streaming',
                  measures: ['minutes'],
                  dimensions: ['genre'],
                  grain: 'board',
                  compare: 'none',
                },
              ],
            },
            {
              id: 'titles',
              title: 'Most watched titles',
              place: { x: 16, y: 4, w: 8, h: 9 },
              chart: { kind: 'ranked_list' },
              data: [
                {
                  from: 'cube',
                  cube: 'streaming',
                  measures: ['plays'],
                  dimensions: ['title'],
                  top: { by: 'plays', count: 10, rest: true },
                  order: [{ by: 'plays' }],
                },
              ],
            },
          ],
        },
        {
          id: 'quality',
          title: 'Whether it plays',
          widgets: [
            {
              id: 'state',
              title: 'Website and apps, by the hour',
              place: { x: 0, y: 0, w: 24, h: 5 },
              chart: {
                kind: 'status_timeline',
                by: 'source',
                value: 'failure_rate',
                bands: [
                  { to: 0.03, tone: 'good', label: 'Plays' },
                  { from: 0.03, to: 0.2, tone: 'warning', label: 'Some fail' },
                  { from: 0.2, tone: 'bad', label: 'Many fail' },
                ],
              },
              data: [
                {
                  from: 'cube',
                  cube: 'streaming',
                  measures: ['failure_rate'],
                  dimensions: ['source'],
                  grain: 'hour',
                  range: '7d',
                  compare: 'none',
                },
              ],
            },
            {
              id: 'errors',
              title: 'Why plays fail',
              place: { x: 0, y: 5, w: 12, h: 8 },
              chart: { kind: 'stacked_bar', series: 'error' },
              data: [
                {
                  from: 'cube',
                  cube: 'streaming',
                  measures: ['failures'],
                  dimensions: ['error'],
                  filters: [{ dimension: 'error', op: 'not_empty' }],
                  grain: 'board',
                  compare: 'none',
                },
              ],
            },
            {
              id: 'evenings',
              title: 'When they watch',
              place: { x: 12, y: 5, w: 12, h: 8 },
              chart: { kind: 'line' },
              data: [
                {
                  from: 'cube',
                  cube: 'streaming',
                  measures: ['plays'],
                  grain: 'hour',
                  range: '7d',
                  compare: [{ with: 'previous_week' }],
                },
              ],
            },
          ],
        },
      ],
    },
  ],
})
