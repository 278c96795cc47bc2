import { formatRange } from '@almanac/core/charts/format/format-time.ts'
import { ALL_TIME, rangeLabel } from '@almanac/core/time/range-expression.ts'
import { RANGE_PRESETS, type RangePresetId } from '@almanac/core/time/range-preset.ts'
import { parseTypedRange } from '@almanac/core/time/spoken-range.ts'

interface RangeOption {
  /** What is understood of it: the text of a range. */
  readonly id: string
  readonly label: string
}

export interface RangeGroup {
  readonly id: string
  readonly label: string
  readonly options: readonly RangeOption[]
}

const UP_TO_NOW = [
  'now-15m to now',
  'now-1h to now',
  'now-6h to now',
  '24h',
  '7d',
  'now-14d to now',
  '28d',
  '30d',
  '90d',
  'now-3M to now',
  'now-6M to now',
  '12mo',
  'now-2y to now',
]
const TO_DATE = ['now/w to now', 'now/M to now', 'now/q to now', 'now/y to now']

/** All ranges that have a name, in the order in which they are offered, under the ones that were used lately. */
export function rangeGroups(recent: readonly string[]): RangeGroup[] {
  const calendar = (Object.keys(RANGE_PRESETS) as RangePresetId[]).filter((id) => !UP_TO_NOW.includes(id))
  const groups = [
    { id: 'recent', label: 'Used lately', options: recent.map(optionOf) },
    { id: 'last', label: 'Up to now', options: UP_TO_NOW.map(optionOf) },
    { id: 'calendar', label: 'Calendar', options: [...calendar, ALL_TIME].map(optionOf) },
    { id: 'to-date', label: 'To date', options: TO_DATE.map(optionOf) },
  ]
  return groups.filter(({ options }) => options.length > 0)
}

/** The range that was typed, if it is one, before those whose name holds what was typed. */
export function offeredGroups(
  groups: readonly RangeGroup[],
  typed: string,
  now: Temporal.ZonedDateTime,
  firstDayOfWeek: number,
): RangeGroup[] {
  const found = foundGroups(groups, typed)
  const parsed = parseTypedRange(typed, now, firstDayOfWeek)
  if ('problem' in parsed) return found
  const { text, range } = parsed
  const label = rangeLabel(text) === text ? formatRange(range) : rangeLabel(text)
  const others = found.map((group) => ({ ...group, options: group.options.filter(({ id }) => id !== text) }))
  return [
    { id: 'typed', label: 'As typed', options: [{ id: text, label }] },
    ...others.filter(({ options }) => options.length > 0),
  ]
}

/** Those whose name, or whose expression, holds what was typed. */
export function foundGroups(groups: readonly RangeGroup[], typed: string): RangeGroup[] {
  const wanted = typed.trim().toLowerCase()
  return groups
    .map((group) => ({
      ...group,
      options: group.options.filter(({ id, label }) => `${label} ${id}`.toLowerCase().includes(wanted)),
    }))
    .filter(({ options }) => options.length > 0)
}

const optionOf = (id: string): RangeOption => ({ id, label: rangeLabel(id) })
