import type { CubeEntry } from '../../api/cubes.ts'

const dimension = (name: string, label: string, type = 'string') => ({ name, label, type, kind: 'expression' })

/** A cube as the server describes it, with one measure of each sort that matters here. */
export const WEB: CubeEntry = {
  name: 'web',
  label: 'Web',
  description: 'Page views',
  timezone: 'UTC',
  firstDayOfWeek: 1,
  fiscalYearStart: 1,
  dimensions: [
    dimension('country', 'Country'),
    dimension('device', 'Device'),
    dimension('channel', 'Channel'),
    dimension('status', 'Status', 'number'),
  ],
  measures: [
    { name: 'hits', label: 'Hits', format: 'integer', better: 'higher', class: 'additive' },
    { name: 'visitors', label: 'Visitors', format: 'integer', better: 'higher', class: 'mergeable' },
    { name: 'daily_mean', label: 'Daily mean', format: 'decimal', better: 'higher', class: 'window' },
  ],
}
