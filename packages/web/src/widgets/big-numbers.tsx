import type { Measure } from '@almanac/core/cubes/measure.ts'
import { ArrowDown, ArrowUp, Minus } from 'lucide-react'
import type { ReactElement } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { type Delta, deltaText } from '../dashboards/delta.ts'
import { formatNumber } from './format-number.ts'
import type { Loadable } from './loadable.ts'
import { Sparkline } from './sparkline.tsx'
import { ErrorNote, StaleBadge } from './widget-notes.tsx'

export interface BigNumber {
  readonly name: string
  readonly measure: Pick<Measure, 'label' | 'format'>
  readonly value: number
  readonly previous: number | undefined
  readonly delta: Delta | undefined
}

interface Props {
  readonly numbers: Loadable<readonly BigNumber[]>
  /** The shapes come with another answer, and may be there later or not at all. */
  readonly shapes: ReadonlyMap<string, readonly number[]>
  /** The range that the deltas compare with, in words. */
  readonly comparedWith: { readonly short: string; readonly exact: string } | undefined
  readonly names: readonly string[]
  readonly selected: string
  readonly onSelect: (name: string) => void
}

/** The headline figures. Each is also the switch that brings its measure into the chart below. */
export function BigNumbersView(props: Props): ReactElement {
  const { numbers, names, selected, onSelect } = props
  if (!numbers.data && numbers.error) {
    return (
      <div className="h-54 border-b border-line lg:h-27">
        <ErrorNote error={numbers.error} retry={numbers.retry} isFlat />
      </div>
    )
  }
  return (
    <div className="relative border-b border-line" aria-busy={!numbers.data || numbers.isSuperseded}>
      <ToggleButtonGroup
        aria-label="Measure of the chart"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[selected]}
        onSelectionChange={(keys) => {
          for (const key of keys) onSelect(String(key))
        }}
        className="grid grid-cols-2 lg:grid-cols-4"
      >
        {names.map((name) => (
          <Tile key={name} name={name} {...props} />
        ))}
      </ToggleButtonGroup>
      <div className="absolute top-2 right-2">
        <StaleBadge error={numbers.data && numbers.error} />
      </div>
    </div>
  )
}

function Tile({ name, numbers, shapes, comparedWith }: Props & { name: string }): ReactElement {
  const number = numbers.data?.find((one) => one.name === name)
  return (
    <ToggleButton id={name} className={TILE}>
      {number ? (
        <>
          <span className="text-muted">{number.measure.label}</span>
          <span className={`flex items-end justify-between gap-3 ${numbers.isSuperseded ? 'superseded' : ''}`}>
            <Figure number={number} />
            <Sparkline
              values={shapes.get(name) ?? []}
              className="hidden h-7 w-full max-w-28 min-w-0 text-accent sm:block"
            />
          </span>
          <DeltaLine number={number} comparedWith={comparedWith} isSuperseded={numbers.isSuperseded} />
        </>
      ) : (
        <TileSkeleton />
      )}
    </ToggleButton>
  )
}

function Figure({ number }: { number: BigNumber }): ReactElement {
  const text = formatNumber(number.value, number.measure.format)
  return (
    <span
      key={text}
      title={formatNumber(number.value, number.measure.format, 'exact')}
      data-measure={number.name}
      className="settle figures text-xl leading-8 font-semibold tracking-tight whitespace-nowrap sm:text-2xl sm:leading-8.5"
    >
      {text}
    </span>
  )
}

interface DeltaProps {
  readonly number: BigNumber
  readonly comparedWith: Props['comparedWith']
  readonly isSuperseded: boolean
}

function DeltaLine({ number, comparedWith, isSuperseded }: DeltaProps): ReactElement {
  const { delta, measure, previous } = number
  if (!delta) return <span className="h-4.5" />
  const tone = delta.kind === 'change' ? delta.tone : 'neutral'
  const before = formatNumber(previous, measure.format, 'exact')
  return (
    <span
      title={comparedWith && `${before} in ${comparedWith.exact}`}
      className={`figures flex h-4.5 items-center gap-1 overflow-hidden text-sm whitespace-nowrap ${isSuperseded ? 'superseded' : ''}`}
    >
      <span className={`inline-flex items-center gap-0.5 font-medium ${TONES[tone]}`}>
        <DeltaIcon delta={delta} />
        {deltaText(delta)}
      </span>
      <span className="truncate text-faint max-sm:sr-only">
        {comparedWith && `${delta.kind === 'new' ? 'none in' : 'vs'} ${comparedWith.short}`}
      </span>
    </span>
  )
}

function DeltaIcon({ delta }: { delta: Delta }): ReactElement {
  if (delta.kind === 'new' || delta.ratio > 0) return <ArrowUp size={12} strokeWidth={2.5} aria-hidden />
  return delta.ratio < 0 ? (
    <ArrowDown size={12} strokeWidth={2.5} aria-hidden />
  ) : (
    <Minus size={12} strokeWidth={2.5} aria-hidden />
  )
}

function TileSkeleton(): ReactElement {
  return (
    <>
      <span className="skeleton h-5 w-16" />
      <span className="skeleton h-8 w-28" />
      <span className="skeleton h-4.5 w-36 max-w-full" />
    </>
  )
}

const TONES = { good: 'text-positive', bad: 'text-negative', neutral: 'text-muted' }

const TILE = [
  'relative flex h-27 min-w-0 flex-col gap-1 border-line px-4 pt-3 text-left transition-colors duration-100',
  'not-last:border-r max-lg:nth-[2n]:border-r-0 max-lg:nth-[n+3]:border-t hover:bg-hover focus-visible:-outline-offset-2',
  'after:absolute after:inset-x-0 after:-bottom-px after:h-0.5 selected:after:bg-accent',
].join(' ')
