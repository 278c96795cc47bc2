import type { ChartOf } from '../../chart-spec.ts'
import type { Look } from '../../drawing.ts'
import type { NumberFormat } from '../../format/format-number.ts'
import { formatOf } from '../../roles.ts'
import { type Extent, extentOf, logExtent } from '../value-scale.ts'
import type { Series, SeriesSet, SeriesSpec } from './series.ts'

/** What the kinds along an axis have in common beside their series. */
export interface AxesSpec extends SeriesSpec {
  readonly kind: string
  readonly legend?: ChartOf<'line'>['legend']
  readonly targets?: ChartOf<'line'>['targets']
  readonly bands?: ChartOf<'line'>['bands']
  readonly scale?: ChartOf<'line'>['scale']
  readonly fromZero?: boolean | undefined
  readonly curve?: ChartOf<'line'>['curve']
  readonly points?: boolean | undefined
  readonly gaps?: ChartOf<'line'>['gaps']
}

/** A series and the way it is drawn. */
export interface Layer {
  readonly series: Series
  readonly as: 'line' | 'area' | 'bar'
  readonly isStacked: boolean
  readonly isRight: boolean
}

/** What is drawn after the reader's choice in the legend. */
export interface Shown {
  readonly layers: readonly Layer[]
  /** Comparisons that are drawn: beyond a few lines they are in the readings alone. */
  readonly ghosts: ReadonlySet<string>
  readonly notes: readonly string[]
}

/** The legend's key of a comparison: it hides all that is drawn of it. */
export const comparisonKey = (name: string) => `~compare:${name}`

const MOST_GHOSTS = 12

export function shownOf(layers: readonly Layer[], { comparisons }: SeriesSet, look: Look): Shown {
  const shown = layers.filter(({ series }) => !look.hidden.has(series.key))
  const wanted = comparisons.filter(({ name }) => !look.hidden.has(comparisonKey(name)))
  // A comparison that is left alone is still one of all series, whose own figures are off.
  const drawn = shown.length === 0 && wanted.length > 0 ? layers.map(withoutValues) : shown
  const isTooMuch = drawn.length * wanted.length > MOST_GHOSTS
  return {
    layers: drawn,
    ghosts: new Set(isTooMuch ? [] : wanted.map(({ name }) => name)),
    notes: isTooMuch ? ['The compared values are told for each place, and not drawn.'] : [],
  }
}

const withoutValues = (layer: Layer): Layer => ({
  ...layer,
  series: { ...layer.series, values: layer.series.values.map(() => null) },
})

/** Numbers of different formats have an axis each: the first on the left, another on the right. */
export function isOnRight(spec: AxesSpec, series: Series, all: readonly Series[]): boolean {
  const [first] = all
  return first !== undefined && familyOf(formatOf(spec, series.column)) !== familyOf(formatOf(spec, first.column))
}

/** Formats that can share an axis. */
function familyOf({ format, currency, unit }: NumberFormat): string {
  const name = format === 'integer' ? 'decimal' : format
  return `${name} ${format === 'currency' ? (currency ?? '') : ''} ${unit ?? ''}`
}

/** What the layers of one side reach over, stacks and what they are compared with included. */
export function extentOfSide(
  { layers, ghosts }: Shown,
  isRight: boolean,
  count: number,
  isLog: boolean,
): Extent | undefined {
  const own = layers.filter((layer) => layer.isRight === isRight)
  const free = own.filter(({ isStacked }) => !isStacked)
  const lists = free.flatMap(({ series }) => [
    series.values,
    ...drawnGhosts(series, ghosts).map(({ values }) => values),
  ])
  if (isLog) return logExtent(lists.flat())
  const stacked = own.filter(({ isStacked }) => isStacked).map(({ series }) => series)
  const stacks = [
    stacked.map(({ values }) => values),
    ...[...ghosts].map((name) =>
      stacked.flatMap((series) =>
        series.ghosts.filter(({ compared }) => compared.name === name).map(({ values }) => values),
      ),
    ),
  ]
  return extentOf([...lists.flat(), ...stacks.flatMap((lists) => stackEnds(lists, count))])
}

export const drawnGhosts = ({ ghosts }: Series, names: ReadonlySet<string>) =>
  ghosts.filter(({ compared }) => names.has(compared.name))

/** How far stacks reach up and, with what is below zero, down. */
function stackEnds(lists: readonly (readonly (number | null)[])[], count: number): (number | null)[] {
  if (lists.length === 0) return []
  const ends: (number | null)[] = []
  for (let at = 0; at < count; at++) {
    let [up, down] = [0, 0]
    for (const values of lists) {
      const value = values[at] ?? 0
      if (value > 0) up += value
      else down += value
    }
    ends.push(up, down)
  }
  return ends
}
