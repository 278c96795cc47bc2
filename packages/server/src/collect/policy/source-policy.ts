import { BlockList } from 'node:net'
import type { PrivacyMode, SourceSettings } from '@almanac/core/sources/source-settings.ts'
import { matchesAnyGlob } from './path-globs.ts'
import { plainAddress } from './plain-address.ts'
import { createRateLimit, type RateLimit } from './rate-limit.ts'

/** A source's settings, ready for use on the way of an event. What is undefined lets everything through. */
export interface SourcePolicy {
  readonly privacy: PrivacyMode
  readonly respectDoNotTrack: boolean
  readonly respectGlobalPrivacyControl: boolean
  readonly isAllowedHost?: (host: string) => boolean
  readonly isBlockedAddress?: (address: string) => boolean
  readonly isBlockedPath?: (path: string) => boolean
  readonly rateLimit?: RateLimit
}

/** Of each source that restricts nothing: there is one such object, so that comparing with it is the quick way past all checks. */
export const OPEN_POLICY: SourcePolicy = {
  privacy: 'full',
  respectDoNotTrack: false,
  respectGlobalPrivacyControl: false,
}

type PolicySettings = Omit<SourceSettings, 'siteHosts' | 'visitRule' | 'timezone'>

export function compilePolicy(settings: PolicySettings): SourcePolicy {
  const { privacy, respectDoNotTrack, respectGlobalPrivacyControl, eventsPerSecond } = settings
  const { allowedOrigins, blockedAddresses, blockedPaths } = settings
  const policy: SourcePolicy = {
    privacy,
    respectDoNotTrack,
    respectGlobalPrivacyControl,
    ...(allowedOrigins.length > 0 && { isAllowedHost: hostList(allowedOrigins) }),
    ...(blockedAddresses.length > 0 && { isBlockedAddress: addressList(blockedAddresses) }),
    ...(blockedPaths.length > 0 && { isBlockedPath: matchesAnyGlob(blockedPaths) }),
    ...(eventsPerSecond !== null && { rateLimit: createRateLimit(eventsPerSecond) }),
  }
  return isOpen(policy) ? OPEN_POLICY : policy
}

function isOpen({ privacy, respectDoNotTrack, respectGlobalPrivacyControl, ...filters }: SourcePolicy): boolean {
  const restricts = respectDoNotTrack || respectGlobalPrivacyControl || Object.keys(filters).length > 0
  return privacy === 'full' && !restricts
}

/** `*.example.com` is every host below `example.com`, and not that one itself. */
function hostList(entries: readonly string[]): (host: string) => boolean {
  const hosts = new Set(entries)
  const suffixes = entries.filter((entry) => entry.startsWith('*.')).map((entry) => entry.slice(1))
  return (host) => hosts.has(host) || suffixes.some((suffix) => host.length > suffix.length && host.endsWith(suffix))
}

function addressList(entries: readonly string[]): (address: string) => boolean {
  const blocked = new BlockList()
  for (const entry of entries) {
    const [network = '', prefix] = entry.split('/')
    const family = network.includes(':') ? 'ipv6' : 'ipv4'
    const plain = plainAddress(network)
    if (prefix !== undefined) blocked.addSubnet(network, Number(prefix), family)
    else if (plain !== undefined) blocked.addAddress(plain.text, plain.family)
  }
  return (address) => {
    const plain = plainAddress(address)
    return plain !== undefined && blocked.check(plain.text, plain.family)
  }
}
