import { type Channel, LEVELS } from './channel.ts'
import { isNetworkPlaceholder } from './network-placeholder.ts'

interface LinkInUrl extends Channel {
  readonly code: string
  readonly parameters: Readonly<Record<string, string>>
}

/**
 * The address to give away. What is left to the ad network's own placeholders stands in it, for the network to fill in;
 * everything else stays with the link.
 */
export function trackingUrl(baseUrl: string, link: LinkInUrl): string {
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
