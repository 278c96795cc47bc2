import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { AppError } from '@almanac/core/errors.ts'
import { isTimeZone } from '@almanac/core/time/moment.ts'
import { metricsOf, planOf } from './prom-plan.ts'
import { parsePromDuration, parsePromTime } from './prom-time.ts'
import { parsePromql, parseSelector } from './promql.ts'
import { answerSeries, type RunQuery, type Series, type SeriesAnswer, type Steps } from './query-range.ts'
import { type StepPlan, stepPlan } from './step-plan.ts'

/** What of Prometheus' HTTP API is answered: https://prometheus.io/docs/prometheus/latest/querying/api/ */
export interface PromDeps {
  readonly definitions: () => readonly CubeDefinition[]
  readonly runQuery: RunQuery
  /** Milliseconds. */
  readonly now: () => number
}

/** What stands under `data`, and what the reader has to know of it. */
export interface PromAnswer {
  readonly data: unknown
  readonly warnings?: readonly string[]
}

export interface PromParameters {
  readonly query?: string | undefined
  readonly time?: string | undefined
  readonly start?: string | undefined
  readonly end?: string | undefined
  readonly step?: string | undefined
  readonly limit?: number | undefined
  readonly matches: readonly string[]
  /** Not Prometheus': the zone of days and longer buckets. */
  readonly timezone?: string | undefined
}

/** As Prometheus: what is longer is drawn by nobody. */
const MAX_POINTS = 11_000

export async function queryRange(
  parameters: PromParameters,
  deps: PromDeps,
  signal?: AbortSignal,
): Promise<PromAnswer> {
  const expression = parsePromql(needed('query', parameters.query))
  const steps = stepsOf(parameters)
  if (expression.kind === 'number') {
    const points = momentsOf(steps).map((moment) => [moment, expression.value] as const)
    return { data: { resultType: 'matrix', result: [matrixSeries({ labels: {}, points })] } }
  }
  const plan = planOf(expression, deps.definitions())
  const how = stepPlan(steps.step / 1000, plan.measure)
  const timezone = zoneOf(parameters)
  const request = { plan, steps, stepPlan: how, timezone, now: deps.now() }
  const { series, warnings } = await answerSeries(request, deps.runQuery, signal)
  return { data: { resultType: 'matrix', result: series.map(matrixSeries) }, warnings }
}

/** The value of the day that holds the moment: a cube has no value of an instant. */
export async function queryInstant(
  parameters: PromParameters,
  deps: PromDeps,
  signal?: AbortSignal,
): Promise<PromAnswer> {
  const expression = parsePromql(needed('query', parameters.query))
  const now = deps.now()
  const moment = parameters.time === undefined ? now : parsePromTime('time', parameters.time)
  if (expression.kind === 'number') {
    return { data: { resultType: 'scalar', result: sample([moment, expression.value]) } }
  }
  const { series, warnings } = await instantSeries(expression, moment, parameters, deps, signal)
  const result = series.map(({ labels, points }) => ({ metric: labels, value: sample(points[0] as [number, number]) }))
  return { data: { resultType: 'vector', result }, warnings }
}

export function labels({ matches }: PromParameters, { definitions }: PromDeps): PromAnswer {
  const cubes = cubesOf(matches, definitions())
  return { data: ['__name__', ...new Set(cubes.flatMap(({ dimensions }) => Object.keys(dimensions)).toSorted())] }
}

/** Of a dimension: those with the greatest figures in the range, by default the last 30 days. */
export async function labelValues(
  label: string,
  parameters: PromParameters,
  deps: PromDeps,
  signal?: AbortSignal,
): Promise<PromAnswer> {
  const cubes = cubesOf(parameters.matches, deps.definitions())
  if (label === '__name__')
    return {
      data: metricsOf(cubes)
        .map(({ metric }) => metric)
        .toSorted(),
    }
  const limit = Math.min(parameters.limit || MAX_LABEL_VALUES, MAX_LABEL_VALUES)
  const values = new Set<string>()
  for (const cube of cubes.filter(({ dimensions }) => Object.hasOwn(dimensions, label))) {
    const measure = Object.entries(cube.measures).find(
      ([, { class: kind }]) => kind === 'additive' || kind === 'mergeable',
    )
    if (!measure) continue
    const { rows } = await deps.runQuery(
      {
        cube: cube.name,
        measures: [measure[0]],
        dimensions: [label],
        filters: [],
        segments: [],
        ...rangeOf(parameters, deps.now()),
        compare: [],
        having: [],
        totals: [],
        order: [],
        limit,
      },
      signal,
    )
    for (const row of rows) if (row[label] !== '' && row[label] !== null) values.add(String(row[label]))
  }
  return { data: [...values].toSorted().slice(0, limit) }
}

const MAX_LABEL_VALUES = 1000

/** The series of the day that holds the end of the range. */
export async function series(parameters: PromParameters, deps: PromDeps, signal?: AbortSignal): Promise<PromAnswer> {
  if (parameters.matches.length === 0) throw new AppError('invalid_query', 'no match[] parameter provided')
  const moment = parameters.end === undefined ? deps.now() : parsePromTime('end', parameters.end)
  const found: Series['labels'][] = []
  for (const match of parameters.matches) {
    const answer = await instantSeries(parseSelector(match), Math.min(moment, deps.now()), parameters, deps, signal)
    found.push(...answer.series.map(({ labels }) => labels))
  }
  return { data: found }
}

export function metadata(metric: string | undefined, { definitions }: PromDeps): PromAnswer {
  const known = metricsOf(definitions()).filter((one) => metric === undefined || one.metric === metric)
  return {
    data: Object.fromEntries(
      known.map(({ metric: name, measure }) => [
        name,
        [{ type: 'gauge', help: measure.description ?? measure.label, unit: '' }],
      ]),
    ),
  }
}

/** Tells clients which requests they can make, among them labels by `match[]`. */
export const BUILD_INFO: PromAnswer = {
  data: {
    version: '2.45.0',
    revision: '',
    branch: '',
    buildUser: '',
    buildDate: '',
    goVersion: '',
    application: 'Almanac',
  },
}

const BY_DAY: StepPlan = {
  grain: 'day',
  mode: 'bucket',
  warning: 'a query at an instant is answered with the value of the day that holds it',
}

async function instantSeries(
  expression: Parameters<typeof planOf>[0],
  moment: number,
  parameters: PromParameters,
  deps: PromDeps,
  signal: AbortSignal | undefined,
): Promise<SeriesAnswer> {
  const timezone = zoneOf(parameters)
  const plan = planOf(expression, deps.definitions())
  const steps = { start: moment, end: moment, step: 1000 }
  return answerSeries({ plan, steps, stepPlan: BY_DAY, timezone, now: deps.now() }, deps.runQuery, signal)
}

function zoneOf({ timezone }: PromParameters): string | undefined {
  if (timezone === undefined || isTimeZone(timezone)) return timezone
  const message = `invalid parameter "timezone": expected a time zone such as Europe/Berlin, got "${timezone}"`
  throw new AppError('invalid_query', message)
}

function stepsOf(parameters: PromParameters): Steps {
  const start = parsePromTime('start', needed('start', parameters.start))
  const end = parsePromTime('end', needed('end', parameters.end))
  const step = parsePromDuration('step', needed('step', parameters.step))
  if (end < start)
    throw new AppError('invalid_query', 'invalid parameter "end": end timestamp must not be before start time')
  if ((end - start) / step > MAX_POINTS) {
    const message =
      'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)'
    throw new AppError('invalid_query', message)
  }
  return { start, end, step }
}

function momentsOf({ start, end, step }: Steps): number[] {
  return Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, i) => start + i * step)
}

function needed(name: string, value: string | undefined): string {
  if (value !== undefined && value !== '') return value
  throw new AppError('invalid_query', `invalid parameter "${name}": it is missing`)
}

/** Those whose metrics match; all of them without a matcher. */
function cubesOf(matches: readonly string[], definitions: readonly CubeDefinition[]): readonly CubeDefinition[] {
  if (matches.length === 0) return definitions
  const named = new Set(matches.map((match) => planOf(parseSelector(match), definitions).cube))
  return definitions.filter((cube) => named.has(cube))
}

const DAYS_30_MS = 30 * 86_400_000

function rangeOf({ start, end }: PromParameters, now: number): { from: string; to: string } {
  const to = end === undefined ? now : parsePromTime('end', end)
  const from = start === undefined ? to - DAYS_30_MS : parsePromTime('start', start)
  // A range of no length is a question about that moment.
  return { from: new Date(from).toISOString(), to: new Date(Math.max(to, from + 1)).toISOString() }
}

function matrixSeries({ labels, points }: Series): { metric: Series['labels']; values: [number, string][] } {
  return { metric: labels, values: points.map(sample) }
}

/** Seconds, and the value as text: JSON has neither NaN nor the infinities. */
function sample([moment, value]: readonly [number, number]): [number, string] {
  const text = Number.isFinite(value) ? String(value) : Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
  return [moment / 1000, text]
}
