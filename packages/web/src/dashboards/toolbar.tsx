import type { Grain } from '@almanac/core/time/grain.ts'
import { Globe, Layers, SlidersHorizontal } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { Source } from '../api/sources.ts'
import { Button } from '../ui/button.tsx'
import { SearchSelect } from '../ui/search-select.tsx'
import { Select } from '../ui/select.tsx'
import { ToggleGroup } from '../ui/toggle-group.tsx'
import type { DashboardRange } from './dashboard-range.ts'
import { type DashboardSearch, DEFAULT_RANGE } from './dashboard-search.ts'
import { offeredGrains, whyUnreadable } from './grain-choice.ts'
import { RangePicker } from './range-picker.tsx'
import { timezoneLabel, timezoneOptions } from './timezone-options.ts'

interface Props {
  readonly search: DashboardSearch
  readonly range: DashboardRange | undefined
  readonly grain: Grain | undefined
  readonly timezone: string
  readonly ownTimezone: string
  readonly sources: readonly Source[]
  readonly onChange: (search: DashboardSearch) => void
}

/** All that decides what the page shows. Each control writes into the address and nothing else. */
export function Toolbar(props: Props): ReactElement {
  const [isOpen, setOpen] = useState(false)
  return (
    <div className="flex flex-wrap items-center gap-2">
      <RangeControl {...props} />
      <Button className="sm:hidden" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
        <SlidersHorizontal size={14} aria-hidden /> Filters
      </Button>
      <div className={`${isOpen ? 'flex' : 'hidden'} flex-wrap items-center gap-2 max-sm:w-full sm:contents`}>
        <GrainControl {...props} />
        <BotsControl {...props} />
        <span className="flex-1 max-lg:hidden" />
        <SourceControl {...props} />
        <TimezoneControl {...props} />
      </div>
    </div>
  )
}

function RangeControl({ search, range, timezone, onChange }: Props): ReactElement {
  const { range: _, from: __, to: ___, ...others } = search
  const isCustom = search.range === undefined && search.from !== undefined
  return (
    <RangePicker
      label={range?.label ?? 'All time'}
      preset={isCustom ? 'custom' : (search.range ?? DEFAULT_RANGE)}
      range={range}
      timezone={timezone}
      onPreset={(id) => onChange(id === DEFAULT_RANGE ? others : { ...others, range: id })}
      onCustom={(custom) => onChange({ ...others, ...custom })}
    />
  )
}

function GrainControl({ search, range, grain, onChange }: Props): ReactElement {
  const { grain: chosen, ...others } = search
  const isChosen = chosen !== undefined && chosen === grain
  return (
    <ToggleGroup
      label="Grain"
      value={isChosen ? chosen : 'auto'}
      options={[
        { id: 'auto' as const, label: 'Auto' },
        ...offeredGrains(range).map((id) => ({
          id,
          label: GRAIN_LABELS[id],
          unavailable: range && whyUnreadable(range, id),
        })),
      ]}
      onChange={(next) => onChange(next === 'auto' ? others : { ...others, grain: next })}
    />
  )
}

const GRAIN_LABELS: Record<Grain, string> = {
  minute: '1 min',
  quarter_hour: '15 min',
  hour: 'Hour',
  day: 'Day',
  week: 'Week',
  month: 'Month',
  quarter: 'Quarter',
  year: 'Year',
}

function BotsControl({ search, onChange }: Props): ReactElement {
  const { bots, ...others } = search
  return (
    <ToggleGroup
      label="People and bots"
      value={bots ?? 'all'}
      options={[
        { id: 'all', label: 'All' },
        { id: 'people', label: 'People' },
        { id: 'bots', label: 'Bots' },
      ]}
      onChange={(next) => onChange(next === 'all' ? others : { ...others, bots: next })}
    />
  )
}

const ALL_SOURCES = ''

function SourceControl({ search, sources, onChange }: Props): ReactElement {
  const { source = [], ...others } = search
  const known = sources.map(({ name, label }) => ({ id: name, label: label || name }))
  const [only] = source
  const isUnknown = only !== undefined && !known.some(({ id }) => id === only)
  return (
    <Select
      label="Source"
      icon={<Layers size={14} aria-hidden className="text-faint" />}
      value={only ?? ALL_SOURCES}
      options={[{ id: ALL_SOURCES, label: 'All sources' }, ...known, ...(isUnknown ? [{ id: only, label: only }] : [])]}
      onChange={(next) => onChange(next === ALL_SOURCES ? others : { ...others, source: [next] })}
    />
  )
}

function TimezoneControl({ search, timezone, ownTimezone, onChange }: Props): ReactElement {
  const { timezone: _, ...others } = search
  return (
    <SearchSelect
      label="Time zone"
      icon={<Globe size={14} aria-hidden className="text-faint" />}
      value={timezone}
      valueLabel={timezoneLabel(timezone)}
      options={() => timezoneOptions(Temporal.Now.instant(), ownTimezone)}
      onChange={(next) => onChange(next === ownTimezone ? others : { ...others, timezone: next })}
    />
  )
}
