import { type Channel, LEVELS } from '@almanac/core/links/channel.ts'
import { isNetworkPlaceholder } from '@almanac/core/links/network-placeholder.ts'
import type { TrackingLink } from './tracking-link.ts'

/** Installs of one channel that no click explains. */
export interface NamedInstalls extends Channel {
  readonly source: string
  readonly environment: string
  readonly installs: number
}

/**
 * Gives each channel's installs to the one link that has its names. A level that the link leaves to the network's placeholder
 * fits any name. Of several links the one with the most names of its own gets them, then one that is not archived, then the
 * oldest.
 */
export function installsByName(
  links: readonly TrackingLink[],
  channels: readonly NamedInstalls[],
): ReadonlyMap<string, number> {
  const ranked = links.filter(({ network }) => network !== '').toSorted(byRank)
  const bySource = Map.groupBy(ranked, scopeOf)
  const installs = new Map<string, number>()
  for (const channel of channels) {
    const link = bySource.get(scopeOf(channel))?.find((candidate) => hasNames(candidate, channel))
    if (link) installs.set(link.code, (installs.get(link.code) ?? 0) + channel.installs)
  }
  return installs
}

const scopeOf = ({ source, environment, network }: Channel & { source: string; environment: string }) =>
  `${environment} ${source} ${network}`

function byRank(one: TrackingLink, other: TrackingLink): number {
  return (
    openLevels(one) - openLevels(other) ||
    Number(one.archivedAt !== null) - Number(other.archivedAt !== null) ||
    one.createdAt.getTime() - other.createdAt.getTime() ||
    (one.code < other.code ? -1 : 1)
  )
}

const openLevels = (channel: Channel) => LEVELS.filter((level) => isNetworkPlaceholder(channel[level])).length

function hasNames(link: Channel, channel: Channel): boolean {
  return LEVELS.every((level) => isNetworkPlaceholder(link[level]) || link[level] === channel[level])
}
