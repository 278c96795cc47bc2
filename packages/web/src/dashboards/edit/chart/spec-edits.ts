import type { ChartKind, ChartSpec } from '@almanac/core/charts/chart-spec.ts'
import { KIND_OPTIONS } from '../kinds/kind-options.ts'

/** A spec while it is written: any of its kind's keys, whose values may be wrong for a moment. */
type SpecFields = Readonly<Record<string, unknown>>

/** With one option set, or left to the drawing again. Empty lists and texts of choice stand for nothing chosen. */
export function withOption(chart: ChartSpec, key: string, value: unknown): ChartSpec {
  const { [key]: _, ...rest } = chart as SpecFields
  const isNothing = value === undefined || (Array.isArray(value) && value.length === 0)
  return (isNothing ? rest : { ...rest, [key]: value }) as ChartSpec
}

export function optionOf(chart: ChartSpec, key: string): unknown {
  return (chart as SpecFields)[key]
}

/** As another kind: options that both have stay, as long as their choices are the same. */
export function asKind(chart: ChartSpec, kind: ChartKind): ChartSpec {
  if (chart.kind === kind) return chart
  const old = new Map(KIND_OPTIONS[chart.kind].map((field) => [field.key, field]))
  const kept = KIND_OPTIONS[kind].filter((field) => old.get(field.key)?.type === field.type)
  const keys = [...kept.map(({ key }) => key), ...(BY_COLUMN_KINDS.has(kind) ? BY_COLUMN : [])]
  const entries = keys.flatMap((key) => {
    const value = optionOf(chart, key)
    return value === undefined ? [] : [[key, value] as const]
  })
  return { kind, ...REQUIRED[kind], ...Object.fromEntries(entries) } as ChartSpec
}

const BY_COLUMN = ['labels', 'formats', 'colours'] as const

/** What these kinds can't be without. */
const REQUIRED: Partial<Record<ChartKind, SpecFields>> = {
  text: { text: '' },
  image: { address: '', alternative: '' },
  embed: { address: '' },
}

const BY_COLUMN_KINDS: ReadonlySet<ChartKind> = new Set(
  (Object.keys(KIND_OPTIONS) as ChartKind[]).filter((kind) => REQUIRED[kind] === undefined),
)

/** What a column is called, how its numbers read, which colour it has: one value of a record, or none. */
export function withEntry(
  chart: ChartSpec,
  record: (typeof BY_COLUMN)[number],
  key: string,
  value: string | number | undefined,
): ChartSpec {
  const { [key]: _, ...others } = chart[record] ?? {}
  const next = value === undefined ? others : { ...others, [key]: value }
  return withOption(chart, record, Object.keys(next).length === 0 ? undefined : next)
}

/** Names of columns that the data no longer has are left out; everything else stays. */
export function withoutGoneColumns(chart: ChartSpec, columns: readonly string[]): ChartSpec {
  const known = new Set(columns)
  return KIND_OPTIONS[chart.kind].reduce((next, field) => {
    const value = optionOf(next, field.key)
    if (field.type === 'column' && typeof value === 'string' && !known.has(value)) {
      return withOption(next, field.key, undefined)
    }
    if (field.type !== 'columns' || !Array.isArray(value)) return next
    const kept = value.filter((name) => known.has(name))
    return kept.length === value.length ? next : withOption(next, field.key, kept)
  }, chart)
}
