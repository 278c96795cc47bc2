import type { MeasureFormat } from '@almanac/core/cubes/measure.ts'
import { queryOptions } from '@tanstack/react-query'
import { request } from './request.ts'

/** What can be asked of a cube. */
export interface CubeEntry {
  readonly name: string
  readonly label: string
  readonly description?: string
  readonly timezone: string
  readonly firstDayOfWeek: number
  readonly fiscalYearStart: number
  readonly dimensions: readonly CubeDimension[]
  readonly measures: readonly CubeMeasure[]
}

export interface CubeDimension {
  readonly name: string
  readonly label: string
  readonly description?: string
  readonly type: string
  readonly kind: string
}

interface CubeMeasure {
  readonly name: string
  readonly label: string
  readonly description?: string
  readonly format: MeasureFormat
  readonly currency?: string
  readonly better: 'higher' | 'lower'
  /** How it adds up. */
  readonly class: string
  readonly formula?: string
}

export const cubesQuery = queryOptions({
  queryKey: ['cubes'],
  queryFn: ({ signal }) => request<{ cubes: CubeEntry[] }>('/api/v1/cubes', { signal }).then(({ cubes }) => cubes),
  staleTime: 5 * 60_000,
})
