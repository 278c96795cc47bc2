import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { AppError } from '@almanac/core/errors.ts'
import type { QueryFilter } from '@almanac/core/query/filter.ts'
import type { Query, QueryAnswer, Row } from '@almanac/core/query/query.ts'
import { GRAINS, type Grain } from '@almanac/core/time/grain.ts'

/**
 * What Grafana's JSON data source asks for (the plug-ins simpod-json-datasource and the older SimpleJson): a target is a
 * measure of a cube, `web:visitors`, with options in its payload.
 */
export interface GrafanaDeps {
  readonly definitions: () => readonly CubeDefinition[]
  readonly runQuery: (query: Query, signal?: AbortSignal) => Promise<QueryAnswer>
}

export interface GrafanaTarget {
  readonly target: string
  readonly type?: string | undefined
  readonly payload: GrafanaPayload
}

export interface GrafanaPayload {
  readonly dimensions: readonly string[]
  /** Absent: by the width of the panel. */
  readonly grain?: Grain | undefined
  /** How many series, by their figures over the whole range. */
  readonly top?: number | undefined
  readonly timezone?: string | undefined
}

export interface GrafanaRequest {
  /** Instants. */
  readonly from: string
  readonly to: string
  readonly intervalMs: number
  readonly filters: readonly { readonly key: string; readonly operator: string; readonly value: string }[]
}

export type GrafanaAnswer =
  | { readonly target: string; readonly datapoints: readonly (readonly [number | null, number])[] }
  | {
      readonly type: 'table'
      readonly columns: readonly { readonly text: string; readonly type: string }[]
      readonly rows: readonly (readonly unknown[])[]
    }

export interface GrafanaMetric {
  readonly label: string
  readonly value: string
  readonly payloads: readonly object[]
}

const DEFAULT_TOP = 10

/** All that can be asked for, with the options of each. */
export function grafanaMetrics({ definitions }: GrafanaDeps): GrafanaMetric[] {
  return definitions().flatMap((cube) =>
    Object.entries(cube.measures).map(([name, measure]) => ({
      label: `${cube.label}: ${measure.label}`,
      value: `${cube.name}:${name}`,
      payloads: [
        { name: 'dimensions', label: 'By', type: 'multi-select', options: dimensionOptions(cube) },
        {
          name: 'grain',
          label: 'Grain',
          type: 'select',
          options: [{ label: 'Automatic', value: 'auto' }, ...GRAIN_OPTIONS],
        },
        { name: 'top', label: 'Series at most', type: 'input', placeholder: String(DEFAULT_TOP) },
        { name: 'timezone', label: 'Time zone', type: 'input', placeholder: cube.calendar.timezone },
      ],
    })),
  )
}

const GRAIN_OPTIONS = GRAINS.map((grain) => ({ label: grain.replace('_', ' of an '), value: grain }))

function dimensionOptions({ dimensions }: CubeDefinition): { label: string; value: string }[] {
  return Object.entries(dimensions).map(([value, { label }]) => ({ label, value }))
}

/** The names of all dimensions, for filters on a whole dashboard. */
export function grafanaTagKeys({ definitions }: GrafanaDeps): string[] {
  return [...new Set(definitions().flatMap(({ dimensions }) => Object.keys(dimensions)))].toSorted()
}

/** Series of one target, or its table. Filters on dimensions that the target's cube lacks do not concern it. */
export async function grafanaTarget(
  target: GrafanaTarget,
  request: GrafanaRequest,
  deps: GrafanaDeps,
  signal?: AbortSignal,
): Promise<GrafanaAnswer[]> {
  const { cube, measure } = targetOf(target.target, deps.definitions())
  const query = queryOf(target, request, cube, measure)
  const { rows, columns, meta } = await deps.runQuery(query, signal)
  if (meta.truncated) {
    throw new AppError('too_large', `${target.target} has more than ${query.limit} values`, {
      hint: 'Ask for fewer series, a coarser grain or a shorter range.',
    })
  }
  if (target.type !== 'table') return seriesOf(rows, query, measure, cube)
  return [
    {
      type: 'table',
      columns: columns.map(({ label, type }) => ({ text: label, type })),
      rows: rows.map((row) => columns.map(({ name, type }) => (type === 'time' ? timeOf(row) : row[name]))),
    },
  ]
}

function targetOf(text: string, definitions: readonly CubeDefinition[]): { cube: CubeDefinition; measure: string } {
  const [cubeName, measure = ''] = text.split(':')
  const cube = definitions.find(({ name }) => name === cubeName)
  if (cube && Object.hasOwn(cube.measures, measure)) return { cube, measure }
  throw new AppError(
    'invalid_query',
    `there is no metric "${text}": expected a cube and a measure such as web:visitors`,
  )
}

function queryOf(
  { type, payload }: GrafanaTarget,
  request: GrafanaRequest,
  cube: CubeDefinition,
  measure: string,
): Query {
  const { dimensions, timezone, top = DEFAULT_TOP } = payload
  const isWhole = type === 'table' && payload.grain === undefined
  return {
    cube: cube.name,
    measures: [measure],
    dimensions: [...dimensions],
    filters: request.filters.filter(({ key }) => Object.hasOwn(cube.dimensions, key)).map(filterOf),
    segments: [],
    from: request.from,
    to: request.to,
    ...(!isWhole && { grain: payload.grain ?? grainFor(request.intervalMs) }),
    ...(timezone !== undefined && { timezone }),
    compare: [],
    having: [],
    ...(dimensions.length > 0 && { top: { by: measure, count: top, direction: 'desc' as const, rest: false } }),
    totals: [],
    order: [],
    limit: 100_000,
  }
}

const GRAIN_MS: readonly (readonly [Grain, number])[] = [
  ['minute', 60_000],
  ['quarter_hour', 900_000],
  ['hour', 3_600_000],
  ['day', 86_400_000],
  ['week', 604_800_000],
  ['month', 2_419_200_000],
]

/** The finest of which no two share a point of the panel. */
function grainFor(intervalMs: number): Grain {
  return GRAIN_MS.find(([, ms]) => ms >= intervalMs)?.[0] ?? 'year'
}

function filterOf({ key: dimension, operator, value }: GrafanaRequest['filters'][number]): QueryFilter {
  switch (operator) {
    case '=':
      return { dimension, op: 'in', values: [value] }
    case '!=':
      return { dimension, op: 'not_in', values: [value] }
    case '=~':
      return { dimension, op: 'contains', values: [value] }
    case '!~':
      return { dimension, op: 'not_contains', values: [value] }
    case '<':
      return { dimension, op: 'range', to: value }
    default:
      throw new AppError('invalid_query', `the filter ${dimension} ${operator} ${value} is not answered here`, {
        hint: 'Expected one of = != =~ !~ (contains) <.',
      })
  }
}

function seriesOf(rows: readonly Row[], query: Query, measure: string, cube: CubeDefinition): GrafanaAnswer[] {
  const byName = Map.groupBy(rows, (row) => query.dimensions.map((name) => String(row[name] ?? '')).join(', '))
  return [...byName].map(([name, found]) => ({
    target: query.dimensions.length > 0 ? name || '(none)' : (cube.measures[measure]?.label ?? measure),
    datapoints: found.map((row) => [numberOf(row[measure]), timeOf(row)] as const),
  }))
}

const timeOf = (row: Row) => Date.parse(String(row.time))

function numberOf(value: Row[string] | undefined): number | null {
  return value === null || value === undefined ? null : Number(value)
}
