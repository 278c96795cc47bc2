import type { Environment } from '../accounts/api-key.ts'
import { type Channel, LEVELS } from './channel.ts'
import { isNetworkPlaceholder } from './network-placeholder.ts'

/** An address of ours that counts whoever follows it, for one source in one environment, and sends them on to `target`. */
export interface TrackingLink extends Channel {
  /** The end of its address, `/l/<code>`. It is never given to another link. */
  readonly code: string
  readonly source: string
  readonly environment: Environment
  /** For people. */
  readonly label: string
  /** With placeholders in path, query or fragment, see `redirect-address.ts`. */
  readonly target: string
  /** Properties of every click, and values for placeholders; the request's parameters go first. */
  readonly parameters: Readonly<Record<string, string>>
  readonly createdAt: Date
  /** From then on its address leads nowhere; its figures stay. */
  readonly archivedAt: Date | null
}

/**
 * The address to give away. What is left to the ad network's own placeholders stands in it, for the network to fill in;
 * everything else stays with the link.
 */
export function trackingUrl(baseUrl: string, link: TrackingLink): string {
  const { code, parameters } = link
  const levels = LEVELS.filter((level) => level !== 'network').map((level) => [level, link[level]] as const)
  const left = [...levels, ...Object.entries(parameters)].filter(([, value]) => isNetworkPlaceholder(value))
  const query = left.map(([name, value]) => `${encodeURIComponent(name)}=${placeholderInUrl(value)}`).join('&')
  return `${baseUrl.replace(/\/$/, '')}/l/${code}${query === '' ? '' : `?${query}`}`
}

/** Networks look for their placeholders letter by letter. */
function placeholderInUrl(value: string): string {
  return encodeURIComponent(value).replaceAll(/%(24|5B|5D|7B|7D)/g, (encoded) => decodeURIComponent(encoded))
}
