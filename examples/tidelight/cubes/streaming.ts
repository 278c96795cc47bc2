import { average, column, count, defineCube, formula, persons, property, ratio, sum } from 'almanac/cubes'

/** What members watch, and whether it plays: one row for each attempt and for each end of a play. */
export default defineCube({
  name: 'streaming',
  label: 'Streaming',
  description: 'Plays, minutes watched and plays that failed',
  base: {
    table: 'events',
    time: 'occurred_at',
    where: `name IN ('play_started', 'play_finished', 'play_failed')`,
    person: 'visitor_id',
  },
  dimensions: {
    title: property('title'),
    genre: property('genre'),
    kind: property('kind'),
    quality: property('quality'),
    started_by: property('startMethod', { label: 'Started by' }),
    error: property('error'),
    country: column('country'),
    device: column('device_type', { label: 'Device' }),
    platform: column('app_platform', { label: 'Platform' }),
    source: column('source'),
    environment: column('environment'),
  },
  measures: {
    plays: count({ only: `name = 'play_started'` }),
    viewers: persons({ only: `name = 'play_started'` }),
    minutes: sum('toFloat64OrZero(toString(properties.minutesWatched))', {
      label: 'Minutes watched',
      format: 'integer',
    }),
    minutes_per_viewer: formula('minutes / viewers', { format: 'decimal' }),
    average_minutes: average('toFloat64OrZero(toString(properties.minutesWatched))', {
      label: 'Minutes of a play',
      only: `name = 'play_finished'`,
      format: 'decimal',
    }),
    failures: count({ only: `name = 'play_failed'`, label: 'Plays that failed', better: 'lower' }),
    failure_rate: ratio(
      { only: `name = 'play_failed'` },
      { only: `name IN ('play_started', 'play_failed')` },
      { label: 'Share of plays that fail', format: 'percent', better: 'lower' },
    ),
    completion_rate: ratio(
      { only: `name = 'play_finished' AND toString(properties.completed) = 'true'` },
      { only: `name = 'play_finished'` },
      { label: 'Watched to the end', format: 'percent' },
    ),
  },
  defaultFilters: { environment: ['production'] },
  rollups: [
    { dimensions: [] },
    ...(['title', 'genre', 'quality', 'platform', 'device', 'country', 'error'] as const).map((dimension) => ({
      dimensions: [dimension],
    })),
  ],
})
