import type { Widget, WidgetData } from '@almanac/core/boards/board.ts'
import type { ChartKind } from '@almanac/core/charts/chart-spec.ts'
import { isStatic } from '@almanac/core/charts/static-kinds.ts'
import type { CubeEntry } from '../../../api/cubes.ts'
import { KINDS } from './kind-catalogue.ts'

type Titled = Pick<Widget, 'title' | 'data' | 'chart'>

/** What a widget is called until somebody gives it a name: `Visitors by channel`. */
export function defaultTitle(kind: ChartKind, data: readonly WidgetData[], cubes: readonly CubeEntry[]): string {
  if (isStatic(kind)) return ''
  const [first] = data
  switch (first?.from) {
    case 'cube': {
      const cube = cubes.find(({ name }) => name === first.cube)
      const measures = first.measures.map((name) => cube?.measures.find((one) => one.name === name)?.label ?? name)
      const dimensions = first.dimensions.map(
        (name) => cube?.dimensions.find((one) => one.name === name)?.label ?? name,
      )
      const figures = joined(measures)
      return dimensions.length === 0 ? figures : `${figures} by ${joined(dimensions.map(lowered))}`
    }
    case 'cohorts':
      return 'Who came back'
    default:
      return KINDS[kind].label
  }
}

/**
 * A title that nobody has written goes with the data. `base` is the widget as it was last valid: data that lacks something
 * for a moment says nothing about the title.
 */
export function withFollowingTitle<T extends Titled>(base: Titled, after: T, cubes: readonly CubeEntry[]): T {
  const isOurs = base.title === defaultTitle(base.chart.kind, base.data, cubes)
  if (after.title !== base.title || !isOurs) return after
  const isWhole = after.data.every((data) => data.from !== 'cube' || data.measures.length > 0)
  return isWhole ? { ...after, title: defaultTitle(after.chart.kind, after.data, cubes) } : after
}

function joined(labels: readonly string[]): string {
  const [first = '', second] = labels
  if (second === undefined) return first
  return labels.length === 2 ? `${first} and ${lowered(second)}` : `${first} and ${labels.length - 1} more`
}

/** In the middle of a sentence; an abbreviation stays as it is. */
function lowered(label: string): string {
  return /^\p{Lu}\p{Ll}/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label
}
