import type { SourceKind, SourceSettings, SourceSettingsChange } from '@almanac/core/sources/source-settings.ts'
import { queryOptions } from '@tanstack/react-query'
import { request } from './request.ts'

export type Environment = 'production' | 'sandbox'

export interface Source {
  /** For keys, commands and filters. */
  readonly name: string
  /** For people. */
  readonly label: string
  readonly kind: SourceKind
  readonly settings: SourceSettings
  readonly createdAt: string
}

interface NewSource {
  readonly name: string
  readonly label: string
  readonly kind?: SourceKind
  readonly settings?: SourceSettingsChange
}

interface ReasonCount {
  readonly reason: string
  readonly count: number
}

export interface HealthCounts {
  readonly accepted: number
  readonly duplicates: number
  readonly rejected: readonly ReasonCount[]
  /** Dropped because the settings say so. */
  readonly filtered: readonly ReasonCount[]
}

export interface SourceHealth {
  /** Over the last minute. */
  readonly eventsPerSecond: number
  readonly lastEventAt: string | null
  readonly lastHour: HealthCounts
  readonly today: HealthCounts
}

export interface SourceName {
  readonly protocol: string
  readonly name: string
  readonly source: string
  readonly environment: Environment
}

export const sourcesQuery = queryOptions({
  queryKey: ['sources'],
  queryFn: ({ signal }) => request<{ sources: Source[] }>('/api/v1/sources', { signal }).then(({ sources }) => sources),
  staleTime: 60_000,
})

export function sourceQuery(name: string) {
  return queryOptions({
    queryKey: ['sources', name],
    queryFn: ({ signal }) => request<{ source: Source }>(sourcePath(name), { signal }).then(({ source }) => source),
  })
}

/** Asked again every two seconds while somebody looks. Without an environment, of both. */
export function healthQuery(name: string, environment?: Environment) {
  const query = environment ? `?environment=${environment}` : ''
  return queryOptions({
    queryKey: ['sources', name, 'health', environment],
    queryFn: ({ signal }) => request<SourceHealth>(`${sourcePath(name)}/health${query}`, { signal }),
    refetchInterval: 2000,
  })
}

export const sourceNamesQuery = queryOptions({
  queryKey: ['source-names'],
  queryFn: ({ signal }) =>
    request<{ names: SourceName[] }>('/api/v1/source-names', { signal }).then(({ names }) => names),
})

export async function createSource(source: NewSource): Promise<void> {
  await request<unknown>('/api/v1/sources', { method: 'POST', body: source })
}

/** Only what is given changes. */
export async function updateSource(
  name: string,
  change: { readonly label?: string; readonly settings?: SourceSettingsChange },
): Promise<Source> {
  return (await request<{ source: Source }>(sourcePath(name), { method: 'PATCH', body: change })).source
}

export async function addSourceName(name: SourceName): Promise<void> {
  await request<unknown>('/api/v1/source-names', { method: 'POST', body: name })
}

/** Where the events of a source can be followed as they arrive. */
export function liveEventsPath(name: string): string {
  return `${sourcePath(name)}/events/live`
}

function sourcePath(name: string): string {
  return `/api/v1/sources/${encodeURIComponent(name)}`
}
